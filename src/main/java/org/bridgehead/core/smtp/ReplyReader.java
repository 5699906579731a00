package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts what a peer sends into replies (RFC 5321 section 4.2), bounded in line length and number of lines. A bare LF
 * ends a line, too: nothing of a reply is forwarded, so leniency is safe here and some devices need it. After a fault
 * nothing more is read. Not thread-safe.
 */
final class ReplyReader {
    static final int LONGEST_LINE = 2_048;
    static final int MOST_LINES = 256;

    private final ArrayDeque<PeerReply> replies = new ArrayDeque<>();
    private final byte[] line = new byte[LONGEST_LINE];
    private List<String> lines = new ArrayList<>();
    private int length;
    private int code;
    private String fault = "";

    void feed(byte[] octets, int offset, int count) {
        for (int i = offset; i < offset + count && fault.isEmpty(); i++) {
            if (octets[i] == '\n') {
                ended();
            } else if (length == LONGEST_LINE) {
                fault = "reply line longer than " + LONGEST_LINE;
            } else {
                line[length++] = octets[i];
            }
        }
    }

    /** The next complete reply; empty when there is none yet. */
    Optional<PeerReply> next() {
        return Optional.ofNullable(replies.poll());
    }

    /** What was wrong with the octets behind the complete replies; empty when nothing was. */
    Optional<String> fault() {
        return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
    }

    /** Whether everything fed was consumed. */
    boolean isEmpty() {
        return replies.isEmpty() && length == 0 && lines.isEmpty() && fault.isEmpty();
    }

    /** Forgets everything, as RFC 3207 section 4.2 asks for when TLS starts. */
    void clear() {
        replies.clear();
        lines = new ArrayList<>();
        length = 0;
        fault = "";
    }

    private void ended() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        byte[] octets = Arrays.copyOf(line, end);
        length = 0;
        int number = number(octets);
        char separator = end > 3 ? (char) octets[3] : ' ';
        if (number < 200 || number > 599 || (separator != ' ' && separator != '-')) {
            fault = "malformed reply: " + printable(octets, 0, Math.min(end, 80));
        } else if (!lines.isEmpty() && number != code) {
            fault = "reply with two codes: " + code + ", " + number;
        } else if (lines.size() == MOST_LINES) {
            fault = "reply with more than " + MOST_LINES + " lines";
        } else {
            code = number;
            lines.add(printable(octets, Math.min(4, end), end));
            if (separator == ' ') {
                replies.add(new PeerReply(code, lines));
                lines = new ArrayList<>();
            }
        }
    }

    private static int number(byte[] octets) {
        int number = 0;
        for (int i = 0; i < 3; i++) {
            if (i >= octets.length || octets[i] < '0' || octets[i] > '9') {
                return -1;
            }
            number = number * 10 + octets[i] - '0';
        }
        return number;
    }

    private static String printable(byte[] octets, int from, int to) {
        String text = new String(octets, from, to - from, StandardCharsets.UTF_8);
        return text.chars().noneMatch(Character::isISOControl) ? text : text.replaceAll("\\p{Cntrl}", "?");
    }
}
