package org.bridgehead.whatif.trace;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;

/**
 * A message to trace, as it is handed in. Immutable.
 *
 * @param sender reverse path; empty = the null sender of reports
 * @param recipients at least one
 * @param size octets
 * @param header what its header says; empty = a plain one without anything
 * @param server hub or edge that it is handed to
 * @param authenticated by a user of the organisation; else by a stranger
 */
public record TracedMail(
        Optional<EmailAddress> sender,
        List<EmailAddress> recipients,
        long size,
        Optional<HeaderFacts> header,
        String server,
        boolean authenticated) {
    /** Copies the list. */
    public TracedMail {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty() || size < 0) {
            throw new IllegalArgumentException("a message has a recipient and no negative size");
        }
    }

    /** The envelope as a mail program makes it: BODY and SMTPUTF8 as the message needs them (RFC 6152, RFC 6531). */
    Envelope envelope() {
        boolean eightBit = header.filter(HeaderFacts::eightBit).isPresent();
        boolean utf8 = header.filter(HeaderFacts::utf8Header).isPresent();
        return new Envelope(
                sender,
                recipients.stream().map(Recipient::of).toList(),
                eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
                utf8,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What the door learns of the header.
     *
     * @param number of the message, for the Message-ID that the server gives where there is none
     */
    HeaderFacts facts(int number) {
        MessageId given = new MessageId("<trace-" + number + "@" + server + ">");
        return header.orElseGet(() -> new HeaderFacts(given, "", 0, false, false, Optional.empty()));
    }
}
