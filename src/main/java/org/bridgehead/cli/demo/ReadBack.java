package org.bridgehead.cli.demo;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bridgehead.cli.demo.Ink.Meaning;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Logins;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.engine.MailOrganization;

/** Reads mailboxes over IMAP and compares each letter with what was sent. */
final class ReadBack {
    private final MailOrganization organization;
    private final Logins logins;
    private final Narrator narrator;

    ReadBack(MailOrganization organization, Narrator narrator) {
        this.organization = organization;
        this.logins = Logins.of(organization.organization().directory());
        this.narrator = narrator;
    }

    /**
     * Reads.
     *
     * @param readers whose mailboxes; those without one here are passed over
     * @param sent every letter that was taken
     * @throws IOException when a server does not answer
     */
    void read(Collection<EmailAddress> readers, List<Letter> sent, Tally tally) throws IOException {
        for (EmailAddress reader : readers) {
            Optional<DirectoryEntry.Mailbox> mailbox = logins.mailbox(reader.toString());
            if (mailbox.isPresent()) {
                read(mailbox.get(), sent, tally);
            }
        }
    }

    private void read(DirectoryEntry.Mailbox mailbox, List<Letter> sent, Tally tally) throws IOException {
        String user = mailbox.primaryAddress().toString();
        String server = mailbox.database().server();
        List<byte[]> letters = ImapReader.inbox(
                organization.imap(server), user, logins.password(user).orElse(user));
        boolean wrapped = organization.topology().settings().addsDisclaimers();
        int wrong = 0;
        for (byte[] octets : letters) {
            wrong += sent.stream().anyMatch(letter -> letter.endsOff(octets) || wrapped && letter.isIn(octets)) ? 0 : 1;
        }
        int stored = organization.mailbox(user).messages().size();
        tally.addReadBack(letters.size(), wrong + Math.abs(stored - letters.size()));
        narrator.line("");
        narrator.line(narrator.mark(Meaning.STRONG, "Read back over IMAP") + " from " + server + " as " + user + ": "
                + letters.size() + " of " + stored + " letters, "
                + (wrong == 0
                        ? narrator.mark(Meaning.GOOD, "each octet for octet as it was sent")
                        : narrator.mark(Meaning.BAD, wrong + " of them not as sent")));
    }
}
