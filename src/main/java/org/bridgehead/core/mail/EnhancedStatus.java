package org.bridgehead.core.mail;

import java.util.Optional;

/**
 * An enhanced mail system status code of RFC 3463.
 *
 * @param kind 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int kind, int subject, int detail) {
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
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        int kind = number(text, 0, first);
        int subject = number(text, first + 1, second);
        int detail = number(text, second + 1, text.length());
        boolean known = first == 1 && (kind == 2 || kind == 4 || kind == 5);
        return known && second > 0 && subject >= 0 && detail >= 0
                ? Optional.of(new EnhancedStatus(kind, subject, detail))
                : Optional.empty();
    }

    /** One to three digits; -1 = something else. */
    private static int number(String text, int from, int to) {
        if (to <= from || to - from > 3) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
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
