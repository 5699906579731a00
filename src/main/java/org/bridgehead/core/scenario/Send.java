package org.bridgehead.core.scenario;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Priority;

/**
 * Letters are handed in one after the other, without waiting for their delivery.
 *
 * @param from reverse path; empty = the null sender
 * @param to recipients of each letter, at least one
 * @param via hub or edge it is handed to, or the mailbox server from which it goes to the hubs beside it
 * @param anonymous by a stranger; else by a user who is logged in
 * @param subject of letters that are written here
 * @param text of letters that are written here, lines ended by LF
 * @param size octets that a written letter has at least; 0 = no more than its text needs
 * @param count how many letters are written, each with its number behind the subject when there are several
 * @param priority how urgent written letters are called
 * @param mail file, or folder whose {@code .eml} files are sent in name order before those; relative to the scenario
 */
public record Send(
        Optional<EmailAddress> from,
        List<EmailAddress> to,
        String via,
        boolean anonymous,
        String subject,
        String text,
        long size,
        int count,
        Priority priority,
        Optional<String> mail)
        implements Step {
    /** Copies the list and checks the number. */
    public Send {
        to = List.copyOf(to);
        if (to.isEmpty() || count < 0 || size < 0 || (count == 0 && mail.isEmpty())) {
            throw new IllegalArgumentException("nobody, or nothing to send");
        }
    }

    /** Whether there may be more than one letter. */
    public boolean isStream() {
        return count > 1 || mail.isPresent();
    }
}
