package org.bridgehead.core.mail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced mail system status code of RFC 3463.
 *
 * @param kind 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int kind, int subject, int detail) {
    private static final Pattern TEXT = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

    /** Checks the ranges. */
    public EnhancedStatus {
        if ((kind != 2 && kind != 4 && kind != 5) || subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("no enhanced status: " + kind + "." + subject + "." + detail);
        }
    }

    /** Reads {@code 5.1.1}; the text is the program's own, a bad one is a bug. */
    public static EnhancedStatus of(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("no enhanced status: " + text));
    }

    /** Reads {@code 5.1.1}; empty when the text is none. */
    public static Optional<EnhancedStatus> tryParse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new EnhancedStatus(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))));
    }

    /** Whether trying again may help (4.x.x). */
    public boolean isTransient() {
        return kind == 4;
    }

    @Override
    public String toString() {
        return kind + "." + subject + "." + detail;
    }
}
