package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;

/**
 * Makes a message transparent for DATA (RFC 5321 section 4.5.2): a dot at the beginning of a line is doubled, where
 * only CR LF makes a line; nothing else changes. One instance per message, fed in order; not thread-safe.
 */
public final class DotStuffer {
    private enum Position {
        LINE_START,
        INSIDE,
        AFTER_CR
    }

    private Position position = Position.LINE_START;

    /** The encoded octets of the next part of the message. */
    public byte[] encode(byte[] octets, int offset, int length) {
        int end = offset + length;
        byte[] out = new byte[length + dots(octets, offset, end)];
        int size = 0;
        int copied = offset;
        for (int i = offset; size + end - copied < out.length; i++) {
            if (octets[i] == '.' && startsLine(octets, offset, i)) {
                System.arraycopy(octets, copied, out, size, i - copied);
                size += i - copied;
                out[size++] = '.';
                copied = i;
            }
        }
        System.arraycopy(octets, copied, out, size, end - copied);
        position = after(octets, offset, end);
        return out;
    }

    /** What follows the last part: the final dot, after a CR LF where the message does not end in one. */
    public byte[] end() {
        return (position == Position.LINE_START ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private int dots(byte[] octets, int offset, int end) {
        int dots = 0;
        for (int i = offset; i < end; i++) {
            if (octets[i] == '.' && startsLine(octets, offset, i)) {
                dots++;
            }
        }
        return dots;
    }

    /** Looks back from a dot, which is rare, so that every other octet costs one comparison. */
    private boolean startsLine(byte[] octets, int offset, int i) {
        return after(octets, offset, i) == Position.LINE_START;
    }

    private Position after(byte[] octets, int offset, int end) {
        if (end == offset) {
            return position;
        }
        byte last = octets[end - 1];
        if (last == '\r') {
            return Position.AFTER_CR;
        }
        boolean afterCr = end - 2 >= offset ? octets[end - 2] == '\r' : position == Position.AFTER_CR;
        return last == '\n' && afterCr ? Position.LINE_START : Position.INSIDE;
    }
}
