package org.bridgehead.core.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a delivery status notification (RFC 3461, RFC 3464) has to say; rendering it to octets is the shell's work.
 *
 * @param about the spooled message it reports on, so that the renderer can quote it
 * @param to the sender of that message
 * @param reportingMta the server that reports
 * @param envid ENVID of the original, decoded
 * @param arrival when this server accepted the original
 * @param original Message-ID of the original
 * @param returns how much of the original to give back
 * @param recipients at least one
 */
public record DeliveryReport(
        InternalId about,
        EmailAddress to,
        String reportingMta,
        Optional<String> envid,
        Instant arrival,
        MessageId original,
        DsnReturn returns,
        List<PerRecipient> recipients) {
    /** Action field of RFC 3464 section 2.3.3. */
    public enum Action {
        /** Could not be delivered and will not be tried again. */
        FAILED,
        /** Not yet delivered, still trying. */
        DELAYED,
        /** Delivered to the mailbox. */
        DELIVERED,
        /** Handed to a system that sends no reports. */
        RELAYED,
        /** Expanded into a group. */
        EXPANDED
    }

    /**
     * What happened to one recipient.
     *
     * @param recipient as this server knows it
     * @param action what became of it
     * @param status enhanced status
     * @param diagnostic the reply or reason, one line
     * @param remoteMta the server that answered, when one did
     * @param willRetryUntil for delays: when trying ends
     */
    public record PerRecipient(
            Recipient recipient,
            Action action,
            EnhancedStatus status,
            String diagnostic,
            Optional<String> remoteMta,
            Optional<Instant> willRetryUntil) {}

    /** Copies the list. */
    public DeliveryReport {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a report names a recipient");
        }
    }
}
