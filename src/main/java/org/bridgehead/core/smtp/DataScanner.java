package org.bridgehead.core.smtp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every octet of a message once: takes off dots (RFC 5321 section 4.5.2) and finds the end where DATA is
 * spoken, and notices what no message may contain: a bare CR, a bare LF, a NUL, a line too long. Only CR LF . CR LF
 * ends the data, whatever came before, so that no two servers can disagree on where a message ends. Octets are passed
 * on in runs, without copying.
 */
final class DataScanner {
    /** Takes runs of octets of the message. */
    interface Octets {
        void octets(byte[] data, int from, int to);
    }

    private enum At {
        LINE_START,
        IN_LINE,
        AFTER_CR,
        AFTER_DOT,
        AFTER_DOT_CR
    }

    private static final int CR = 13;
    private static final int LF = 10;

    private final boolean dots;
    private final int longestLine;
    private At at = At.LINE_START;
    private long lines = 1;
    private long lineOctets;
    private int mask;
    private boolean ended;
    private boolean stopped;
    private @Nullable Reply problem;

    /**
     * A new message.
     *
     * @param dots whether DATA is spoken (else BDAT, whose end is known by counting)
     */
    DataScanner(boolean dots, int longestLine) {
        this.dots = dots;
        this.longestLine = longestLine;
    }

    /**
     * Reads on, up to the end of the message; answers where it stopped. What precedes a problem is passed on, nothing
     * behind it: whoever takes the octets sees the same ones before the problem however the input was cut.
     */
    int scan(byte[] data, int from, int to, Octets sink) {
        int start = from;
        int pos = from;
        while (pos < to && !ended) {
            if (at == At.IN_LINE) {
                pos = line(data, pos, to);
            } else if (at == At.LINE_START && dots && data[pos] == '.') {
                pass(data, start, pos, sink);
                at = At.AFTER_DOT;
                start = ++pos;
            } else {
                boolean withheld = at == At.AFTER_DOT_CR;
                pos += between(data[pos]);
                start = withheld ? pos : start;
            }
            if (problem != null) {
                pass(data, start, pos, sink);
                stopped = true;
            }
        }
        if (at != At.AFTER_DOT_CR) {
            pass(data, start, pos, sink);
        }
        return pos;
    }

    /** The message ends here; for BDAT. */
    void finish() {
        if (at == At.AFTER_CR) {
            found("Bare CR");
        }
    }

    boolean ended() {
        return ended;
    }

    /** The first thing found that no message may contain. */
    Optional<Reply> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether an octet above 127 has been seen. */
    boolean eightBit() {
        return mask < 0;
    }

    /** Reads within a line, up to CR or to the end of what is there. */
    private int line(byte[] data, int from, int to) {
        // Two more for CR LF.
        int room = problem == null ? Math.min(to - from, (int) (longestLine - 1 - lineOctets)) : to - from;
        int end = from + room;
        int pos = from;
        int seen = mask;
        while (pos < end) {
            byte c = data[pos];
            if (c <= CR && c >= 0 && (c == CR || c == LF || c == 0)) {
                break;
            }
            seen |= c;
            pos++;
        }
        mask = seen;
        lineOctets += pos - from;
        if (lineOctets + 2 > longestLine) {
            tooLong();
        }
        if (pos == end) {
            return pos;
        }
        if (data[pos] == CR) {
            at = At.AFTER_CR;
        } else {
            found(data[pos] == LF ? "Bare LF" : "NUL");
        }
        return pos + 1;
    }

    /** Everything but the inside of a line; answers how many octets were used. */
    private int between(byte c) {
        switch (at) {
            case AFTER_CR:
                return afterCr(c);
            case AFTER_DOT:
                at = c == CR ? At.AFTER_DOT_CR : At.IN_LINE;
                return c == CR ? 1 : 0;
            case AFTER_DOT_CR:
                if (c == LF) {
                    ended = true;
                    return 1;
                }
                found("Bare CR");
                at = At.IN_LINE;
                return 0;
            default:
                at = At.IN_LINE;
                return 0;
        }
    }

    private int afterCr(byte c) {
        if (c == LF) {
            at = At.LINE_START;
            lines++;
            lineOctets = 0;
            return 1;
        }
        found("Bare CR");
        at = At.IN_LINE;
        return 0;
    }

    private void pass(byte[] data, int from, int to, Octets sink) {
        if (from < to && !stopped) {
            sink.octets(data, from, to);
        }
    }

    /** The code Exchange gives for bare line feeds and invalid characters. */
    private void found(String what) {
        if (problem == null) {
            problem = Reply.of(550, "5.6.11", what + " in line " + lines + " of the message");
        }
    }

    private void tooLong() {
        if (problem == null) {
            problem = Reply.of(552, "5.6.0", "Line " + lines + " is longer than " + longestLine + " octets");
        }
    }
}
