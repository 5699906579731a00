package org.bridgehead.core.smtp;

import java.nio.ByteBuffer;
import java.util.List;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Priority;

/** Reads the header of a whole message as the door of a server reads it while it arrives. Stateless, pure. */
public final class HeaderReader {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private HeaderReader() {}

    /**
     * What the transport needs to know of a message.
     *
     * @param octets header and body, lines ended by CR LF
     * @param fields names, in small letters, of header fields to read beside those that are always read
     * @param substitute stands for a Message-ID that is not there
     */
    public static HeaderFacts read(byte[] octets, List<String> fields, MessageId substitute) {
        return read(octets, hasEightBit(octets, octets.length), fields, substitute);
    }

    /** The same, where no rule looks at the header. */
    public static HeaderFacts read(byte[] octets, MessageId substitute) {
        return read(octets, List.of(), substitute);
    }

    /** The same, where it is known whether an octet of the message is above 127. */
    public static HeaderFacts read(byte[] octets, boolean eightBit, List<String> fields, MessageId substitute) {
        HeaderScanner scanner = new HeaderScanner(Math.max(1, octets.length), fields);
        scanner.take(octets, 0, octets.length);
        scanner.finish();
        return scanner.facts(() -> substitute, eightBit);
    }

    /** How urgent the header calls the message. */
    public static Priority priority(byte[] octets) {
        HeaderScanner scanner = new HeaderScanner(Math.max(1, octets.length));
        scanner.take(octets, 0, octets.length);
        scanner.finish();
        return scanner.priority();
    }

    /**
     * What a message that lacks a Message-ID gets in front: the field, and an empty line where it has no header at all.
     *
     * @return empty when it has one
     */
    public static String missingMessageId(byte[] octets, MessageId substitute) {
        HeaderScanner scanner = new HeaderScanner(Math.max(1, octets.length));
        scanner.take(octets, 0, octets.length);
        scanner.finish();
        return scanner.hasMessageId()
                ? ""
                : TraceHeaders.messageId(substitute) + (scanner.needsSeparator() ? "\r\n" : "");
    }

    /** Whether one of the octets before {@code end} is above 127. Looks at eight of them at a time. */
    public static boolean hasEightBit(byte[] octets, int end) {
        ByteBuffer words = ByteBuffer.wrap(octets);
        int at = 0;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if ((words.getLong(at) & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; at < end; at++) {
            if (octets[at] < 0) {
                return true;
            }
        }
        return false;
    }
}
