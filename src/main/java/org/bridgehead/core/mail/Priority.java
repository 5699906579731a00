package org.bridgehead.core.mail;

import java.util.Locale;
import java.util.Optional;

/**
 * How urgent the sender calls a message (BEHAVIOUR 3.2). Only where the organisation queues by priority does it change
 * anything.
 */
public enum Priority {
    /** Goes first. */
    HIGH,
    /** What says nothing of it. */
    NORMAL,
    /** Goes when nothing else wants to. */
    LOW;

    /** Most octets of a message that is high; a longer one is normal. */
    private static final long MOST_HIGH = 250 * 1024;

    /**
     * What a header field says: {@code Importance: high} (RFC 2156), {@code Priority: urgent} (the same) or {@code
     * X-Priority: 1}; empty = nothing that is known.
     */
    public static Optional<Priority> ofField(String value) {
        String word = firstWord(value.strip()).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "high", "urgent", "1", "2" -> Optional.of(HIGH);
            case "normal", "3" -> Optional.of(NORMAL);
            case "low", "non-urgent", "4", "5" -> Optional.of(LOW);
            default -> Optional.empty();
        };
    }

    private static String firstWord(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (" (;".indexOf(value.charAt(i)) >= 0) {
                return value.substring(0, i);
            }
        }
        return value;
    }

    /** The word for people, and of the field Importance. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it counts for with this many octets: long messages are not high. */
    public Priority forSize(long octets) {
        return this == HIGH && octets > MOST_HIGH ? NORMAL : this;
    }
}
