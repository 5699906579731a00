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
        byte[] out = new byte[length + dots(octets, offset, length)];
        int size = 0;
        for (int i = offset; i < offset + length; i++) {
            byte octet = octets[i];
            if (octet == '.' && position == Position.LINE_START) {
                out[size++] = '.';
            }
            out[size++] = octet;
            position = after(position, octet);
        }
        return out;
    }

    /** What follows the last part: the final dot, after a CR LF where the message does not end in one. */
    public byte[] end() {
        return (position == Position.LINE_START ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private int dots(byte[] octets, int offset, int length) {
        Position at = position;
        int dots = 0;
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] == '.' && at == Position.LINE_START) {
                dots++;
            }
            at = after(at, octets[i]);
        }
        return dots;
    }

    private static Position after(Position position, byte octet) {
        if (octet == '\r') {
            return Position.AFTER_CR;
        }
        return octet == '\n' && position == Position.AFTER_CR ? Position.LINE_START : Position.INSIDE;
    }
}
