package org.bridgehead.core.smtp;

import java.util.Optional;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.MessageId;

/**
 * What the door would learn of a message that lies here as a whole, by the scanners that look at one while it arrives.
 *
 * @param facts of its header
 * @param refusal what no message may contain (DECISIONS 4.2); empty = it may be taken
 */
public record WholeMessage(HeaderFacts facts, Optional<Reply> refusal) {
    /**
     * Looks at a message.
     *
     * @param octets header and body, lines ended by CR LF; not kept
     * @param limits of lines and of the header
     * @param substitute stands for a missing Message-ID
     */
    public static WholeMessage of(byte[] octets, ReceiveLimits limits, MessageId substitute) {
        DataScanner data = new DataScanner(false, limits.maxTextLine());
        data.scan(octets, 0, octets.length, (run, from, to) -> {});
        data.finish();
        HeaderScanner header = new HeaderScanner(limits.maxHeaderSize());
        header.take(octets, 0, octets.length);
        Optional<Reply> tooLong = header.tooLong()
                ? Optional.of(Reply.of(552, "5.3.4", "Header exceeds " + limits.maxHeaderSize() + " octets"))
                : Optional.empty();
        header.finish();
        return new WholeMessage(
                header.facts(() -> substitute, data.eightBit()), data.problem().or(() -> tooLong));
    }
}
