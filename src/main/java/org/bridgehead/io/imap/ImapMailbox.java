package org.bridgehead.io.imap;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.HeaderTerm;
import java.io.IOException;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An IMAP connection that looks into one mailbox. For one thread at a time. */
final class ImapMailbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImapMailbox.class);
    private static final String TIMEOUT = "20000";
    private static final String INBOX = "INBOX";

    private final Store store;

    private ImapMailbox(Store store) {
        this.store = store;
    }

    /**
     * Logs in.
     *
     * @throws IOException when the server does not answer or refuses the login
     */
    static ImapMailbox open(MasterAccess access, String mailbox) throws IOException {
        String what = "IMAP at " + access.server() + " as " + access.login(mailbox) + ": ";
        try {
            Store store = Session.getInstance(settings(access.secured())).getStore("imap");
            store.connect(
                    access.server().getHostString(),
                    access.server().getPort(),
                    access.login(mailbox),
                    access.password());
            return new ImapMailbox(store);
        } catch (AuthenticationFailedException e) {
            throw new IOException(what + "login refused: " + oneLine(e), e);
        } catch (MessagingException e) {
            throw new IOException(what + oneLine(e), e);
        }
    }

    private static Properties settings(boolean secured) {
        Properties settings = new Properties();
        settings.setProperty("mail.imap.timeout", TIMEOUT);
        settings.setProperty("mail.imap.connectiontimeout", TIMEOUT);
        settings.setProperty("mail.imap.writetimeout", TIMEOUT);
        settings.setProperty("mail.imap.peek", "true");
        settings.setProperty("mail.imap.starttls.enable", String.valueOf(secured));
        settings.setProperty("mail.imap.starttls.required", String.valueOf(secured));
        return settings;
    }

    private static String oneLine(MessagingException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }

    /**
     * Whether a message anywhere in the mailbox has this value in the first header field of that name. Others further
     * down were there before the message was delivered: whoever wrote them could have written anything.
     *
     * @throws IOException when the server did not answer for every folder that it lists
     */
    boolean has(String field, String value) throws IOException {
        try {
            if (has(store.getFolder(INBOX), field, value)) {
                return true;
            }
            for (Folder folder : store.getDefaultFolder().list("*")) {
                if (holdsOtherMail(folder) && has(folder, field, value)) {
                    return true;
                }
            }
            return false;
        } catch (MessagingException e) {
            throw new IOException("IMAP search at " + store.getURLName().getHost() + ": " + oneLine(e), e);
        }
    }

    private static boolean holdsOtherMail(Folder folder) throws MessagingException {
        return (folder.getType() & Folder.HOLDS_MESSAGES) != 0
                && !folder.getFullName().equalsIgnoreCase(INBOX);
    }

    private static boolean has(Folder its, String field, String value) throws MessagingException {
        try (Folder folder = its) {
            folder.open(Folder.READ_ONLY);
            for (Message found : folder.search(new HeaderTerm(field, value))) {
                String[] values = found.getHeader(field);
                if (values != null && values.length > 0 && values[0].strip().equals(value)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether the server still listens. */
    boolean isOpen() {
        return store.isConnected();
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (MessagingException e) {
            LOG.debug("a connection to {} ended by itself: {}", store.getURLName(), e.toString());
        }
    }
}
