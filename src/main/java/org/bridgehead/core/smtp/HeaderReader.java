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

    /** A header that was read once, for several questions. Immutable. */
    public static final class Reading {
        private final HeaderScanner scanner;

        private Reading(HeaderScanner scanner) {
            this.scanner = scanner;
        }

        /**
         * What the transport needs to know of the message.
         *
         * @param eightBit whether an octet of the message is above 127
         * @param substitute stands for a Message-ID that is not there
         */
        public HeaderFacts facts(boolean eightBit, MessageId substitute) {
            return scanner.facts(() -> substitute, eightBit);
        }

        /** How urgent the header calls the message. */
        public Priority priority() {
            return scanner.priority();
        }

        /**
         * What a message that lacks a Message-ID gets in front: the field, and an empty line where it has no header at
         * all.
         *
         * @return empty when it has one
         */
        public String missingMessageId(MessageId substitute) {
            return scanner.hasMessageId()
                    ? ""
                    : TraceHeaders.messageId(substitute) + (scanner.needsSeparator() ? "\r\n" : "");
        }
    }

    /**
     * Reads the header of a message.
     *
     * @param octets header and body, lines ended by CR LF
     * @param fields names, in small letters, of header fields to read beside those that are always read
     */
    public static Reading of(byte[] octets, List<String> fields) {
        HeaderScanner scanner = new HeaderScanner(Math.max(1, octets.length), fields);
        scanner.take(octets, 0, octets.length);
        scanner.finish();
        return new Reading(scanner);
    }

    /**
     * What the transport needs to know of a message.
     *
     * @param octets header and body, lines ended by CR LF
     * @param fields names, in small letters, of header fields to read beside those that are always read
     * @param substitute stands for a Message-ID that is not there
     */
    public static HeaderFacts read(byte[] octets, List<String> fields, MessageId substitute) {
        return of(octets, fields).facts(hasEightBit(octets, octets.length), substitute);
    }

    /** The same, where no rule looks at the header. */
    public static HeaderFacts read(byte[] octets, MessageId substitute) {
        return read(octets, List.of(), substitute);
    }

    /** How urgent the header calls the message. */
    public static Priority priority(byte[] octets) {
        return of(octets, List.of()).priority();
    }

    /** As {@link Reading#missingMessageId}. */
    public static String missingMessageId(byte[] octets, MessageId substitute) {
        return of(octets, List.of()).missingMessageId(substitute);
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
