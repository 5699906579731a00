package org.bridgehead.core.smtp;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;

/**
 * A reply as a peer gave it (RFC 5321 section 4.2), control characters replaced.
 *
 * @param code 200 to 599
 * @param lines the texts of its lines, at least one, possibly empty
 */
record PeerReply(int code, List<String> lines) {
    private static final int LONGEST_TEXT = 1_000;

    PeerReply {
        lines = List.copyOf(lines);
    }

    boolean isPositive() {
        return code / 100 == 2;
    }

    boolean isTransient() {
        return code / 100 == 4;
    }

    boolean isPermanent() {
        return code / 100 == 5;
    }

    /** The peer ends the connection (RFC 5321 section 3.8). */
    boolean isClosing() {
        return code == 421;
    }

    /** The code the peer gave at the beginning of its text; its class digit follows the reply code (RFC 2034). */
    Optional<EnhancedStatus> enhanced() {
        return isPositive() || isTransient() || isPermanent()
                ? EnhancedStatus.tryParse(firstWord(lines.get(0)))
                        .map(s -> new EnhancedStatus(code / 100, s.subject(), s.detail()))
                : Optional.empty();
    }

    /** {@link #enhanced()}, or the general code of the class where the peer gave none. */
    EnhancedStatus status() {
        return enhanced().orElseGet(() -> new EnhancedStatus(isPermanent() ? 5 : isPositive() ? 2 : 4, 0, 0));
    }

    /** Code and all texts in one line, bounded; an enhanced code that is repeated on every line is given once. */
    String text() {
        StringBuilder out = new StringBuilder().append(code);
        String repeated = enhanced().isPresent() ? firstWord(lines.get(0)) : "";
        for (int i = 0; i < lines.size() && out.length() < LONGEST_TEXT; i++) {
            String line = lines.get(i);
            boolean repeats = i > 0 && !repeated.isEmpty() && firstWord(line).equals(repeated);
            String text = repeats ? line.substring(repeated.length()).strip() : line.strip();
            if (!text.isEmpty()) {
                out.append(' ').append(text);
            }
        }
        return out.length() > LONGEST_TEXT ? out.substring(0, LONGEST_TEXT) : out.toString();
    }

    private static String firstWord(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? line : line.substring(0, blank);
    }
}
