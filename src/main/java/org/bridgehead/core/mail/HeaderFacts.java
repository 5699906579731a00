package org.bridgehead.core.mail;

import java.util.List;
import java.util.Optional;

/**
 * What the transport needs to know of a message's header, read once at the door while the octets pass.
 *
 * @param messageId Message-ID; the one that was prepended when the sender gave none
 * @param subject the raw Subject value, unfolded, at most 255 characters; empty when absent
 * @param receivedLines number of Received fields, our own line for this hop not counted
 * @param eightBit whether any octet above 127 occurs in the message
 * @param utf8Header whether any octet above 127 occurs in the header
 * @param autoSubmitted the Auto-Submitted value other than {@code no} (RFC 3834)
 * @param fields those further fields that rules of the organisation look at, in order
 */
public record HeaderFacts(
        MessageId messageId,
        String subject,
        int receivedLines,
        boolean eightBit,
        boolean utf8Header,
        Optional<String> autoSubmitted,
        List<HeaderField> fields) {
    /** Copies the list. */
    public HeaderFacts {
        fields = List.copyOf(fields);
    }

    /** Without further fields. */
    public HeaderFacts(
            MessageId messageId,
            String subject,
            int receivedLines,
            boolean eightBit,
            boolean utf8Header,
            Optional<String> autoSubmitted) {
        this(messageId, subject, receivedLines, eightBit, utf8Header, autoSubmitted, List.of());
    }

    /** As the next server reads it, which adds a Received line. */
    public HeaderFacts withLine() {
        return new HeaderFacts(messageId, subject, receivedLines + 1, eightBit, utf8Header, autoSubmitted, fields);
    }
}
