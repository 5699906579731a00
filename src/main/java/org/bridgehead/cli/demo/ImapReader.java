package org.bridgehead.cli.demo;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPMessage;

/** Reads a mailbox as a mail program does. */
final class ImapReader {
    private static final String TIMEOUT = "20000";

    private ImapReader() {}

    /**
     * Everything in the INBOX, oldest first, octet by octet; nothing is marked as seen.
     *
     * @throws IOException when the server does not answer or refuses the login
     */
    static List<byte[]> inbox(InetSocketAddress server, String user, String password) throws IOException {
        Properties settings = new Properties();
        settings.setProperty("mail.imap.timeout", TIMEOUT);
        settings.setProperty("mail.imap.connectiontimeout", TIMEOUT);
        settings.setProperty("mail.imap.peek", "true");
        try (Store store = Session.getInstance(settings).getStore("imap")) {
            store.connect(server.getHostString(), server.getPort(), user, password);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                List<byte[]> letters = new ArrayList<>();
                for (Message message : inbox.getMessages()) {
                    letters.add(octets((IMAPMessage) message));
                }
                return letters;
            }
        } catch (MessagingException e) {
            throw new IOException("IMAP at " + server + " as " + user + ": " + e.getMessage(), e);
        }
    }

    private static byte[] octets(IMAPMessage message) throws MessagingException, IOException {
        message.setPeek(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = message.getMimeStream()) {
            in.transferTo(out);
        }
        return out.toByteArray();
    }
}
