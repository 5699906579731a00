package org.bridgehead.core.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;

/**
 * One message to hand in.
 *
 * @param number in the order of sending, over all scenes
 * @param label what people call it: a file name or a subject
 * @param from reverse path; empty = the null sender
 * @param to recipients
 * @param via hub or edge it is handed to
 * @param anonymous by a stranger
 * @param octets header and body, lines ended by CR LF
 */
public record Letter(
        int number,
        String label,
        Optional<EmailAddress> from,
        List<EmailAddress> to,
        String via,
        boolean anonymous,
        byte[] octets) {
    private static final int MOST_LINE = 1 << 20;

    /** Copies the list. */
    public Letter {
        to = List.copyOf(to);
    }

    /** The envelope as a mail program makes it. */
    public Envelope envelope() {
        boolean eightBit = hasEightBit(octets.length);
        return new Envelope(
                from,
                to.stream().map(Recipient::of).toList(),
                eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
                eightBit && hasEightBit(headerEnd()),
                Optional.empty(),
                Optional.empty());
    }

    private boolean hasEightBit(int end) {
        for (int i = 0; i < end; i++) {
            if (octets[i] < 0) {
                return true;
            }
        }
        return false;
    }

    private int headerEnd() {
        for (int i = 0; i + 3 < octets.length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n' && octets[i + 2] == '\r' && octets[i + 3] == '\n') {
                return i;
            }
        }
        return octets.length;
    }

    /** Why no server of the organisation may take it (DECISIONS 4.2): the first such octet; empty = it may. */
    public Optional<String> defect() {
        int line = 0;
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            boolean pairedCr = octet == '\r' && i + 1 < octets.length && octets[i + 1] == '\n';
            boolean pairedLf = octet == '\n' && i > 0 && octets[i - 1] == '\r';
            if (octet == 0 || (octet == '\r' && !pairedCr) || (octet == '\n' && !pairedLf)) {
                return Optional.of((octet == 0 ? "NUL" : octet == '\r' ? "bare CR" : "bare LF") + " at octet " + i);
            }
            line = octet == '\n' ? 0 : line + 1;
            if (line >= MOST_LINE) {
                return Optional.of("line too long at octet " + i);
            }
        }
        return Optional.empty();
    }

    /** Whether these octets are the letter behind header fields that were prepended to it. */
    public boolean endsOff(byte[] arrived) {
        int offset = arrived.length - octets.length;
        return offset >= 0
                && Arrays.equals(arrived, offset, arrived.length, octets, 0, octets.length)
                && (offset < 2 || arrived[offset - 1] == '\n' && arrived[offset - 2] == '\r');
    }
}
