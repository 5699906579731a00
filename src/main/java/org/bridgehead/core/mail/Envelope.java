package org.bridgehead.core.mail;

import java.util.List;
import java.util.Optional;

/**
 * The envelope of RFC 5321 section 2.3.1: who sends to whom, and how the octets may travel.
 *
 * @param sender the reverse path; empty = the null sender of reports
 * @param recipients at least one
 * @param body the declared BODY type
 * @param smtpUtf8 whether SMTPUTF8 was declared (RFC 6531)
 * @param ret the RET parameter
 * @param envid the ENVID value as given, xtext still encoded
 */
public record Envelope(
        Optional<EmailAddress> sender,
        List<Recipient> recipients,
        BodyType body,
        boolean smtpUtf8,
        Optional<DsnReturn> ret,
        Optional<String> envid) {
    /** Copies the list. */
    public Envelope {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("an envelope has a recipient");
        }
    }

    /** A plain envelope without extensions. */
    public static Envelope of(Optional<EmailAddress> sender, List<Recipient> recipients) {
        return new Envelope(sender, recipients, BodyType.SEVEN_BIT, false, Optional.empty(), Optional.empty());
    }

    /** The envelope of a message that the organisation itself writes: from nobody, so that nobody hears when it fails. */
    public static Envelope ofReport(EmailAddress to, BodyType body, boolean smtpUtf8) {
        return new Envelope(
                Optional.empty(), List.of(Recipient.of(to)), body, smtpUtf8, Optional.empty(), Optional.empty());
    }

    /** The same envelope from another sender. */
    public Envelope from(Optional<EmailAddress> other) {
        return new Envelope(other, recipients, body, smtpUtf8, ret, envid);
    }

    /** The same envelope for other recipients. */
    public Envelope to(List<Recipient> others) {
        return new Envelope(sender, others, body, smtpUtf8, ret, envid);
    }
}
