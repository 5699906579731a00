package org.bridgehead.core.smtp;

import java.util.Arrays;

/**
 * Collects one command line after the other. Only CR LF ends a line; a bare CR, a bare LF and a NUL are told at once,
 * since nobody can know what the peer meant by them. Memory is bounded by the longest line allowed.
 */
final class LineReader {
    /** What has been read. */
    enum Found {
        /** Not all of a line. */
        PART,
        /** A line, in {@link #line()}. */
        LINE,
        /** A line that was longer than allowed, and is gone. */
        TOO_LONG,
        /** A bare CR, a bare LF or a NUL, or a line that does not end: nothing more can be read. */
        UNTRUSTED
    }

    private static final int CR = 13;
    private static final int LF = 10;
    /** From here on a line counts as endless. */
    private static final long ENDLESS = 1 << 20;

    private byte[] line = new byte[512];
    private int length;
    private long dropped;
    private boolean afterCr;
    private int position;

    /**
     * Reads on.
     *
     * @param longest octets of a line allowed, without CR LF
     */
    Found read(byte[] data, int from, int to, int longest) {
        int pos = from;
        if (afterCr && pos < to) {
            return ended(data, pos);
        }
        while (pos < to && (data[pos] > CR || data[pos] < 0 || !isSpecial(data[pos]))) {
            pos++;
        }
        keep(data, from, pos, longest);
        position = pos;
        if (dropped > ENDLESS) {
            return Found.UNTRUSTED;
        }
        if (pos == to) {
            return Found.PART;
        }
        position++;
        if (data[pos] != CR) {
            return Found.UNTRUSTED;
        }
        afterCr = true;
        return position < to ? ended(data, position) : Found.PART;
    }

    /** Where reading stopped. */
    int position() {
        return position;
    }

    /** The octets of the line; valid until the next call. */
    byte[] line() {
        return line;
    }

    /** How many they are. */
    int length() {
        return length;
    }

    /** Begins a new line. */
    void clear() {
        length = 0;
        dropped = 0;
        afterCr = false;
    }

    private Found ended(byte[] data, int pos) {
        position = pos + 1;
        afterCr = false;
        if (data[pos] != LF) {
            return Found.UNTRUSTED;
        }
        return dropped > 0 ? Found.TOO_LONG : Found.LINE;
    }

    private void keep(byte[] data, int from, int to, int longest) {
        int kept = Math.max(0, Math.min(to - from, longest - length));
        if (length + kept > line.length) {
            line = Arrays.copyOf(line, Math.min(longest, Math.max(2 * line.length, length + kept)));
        }
        System.arraycopy(data, from, line, length, kept);
        length += kept;
        dropped += to - from - kept;
    }

    private static boolean isSpecial(byte c) {
        return c == CR || c == LF || c == 0;
    }
}
