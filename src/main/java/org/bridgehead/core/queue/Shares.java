package org.bridgehead.core.queue;

import org.bridgehead.core.mail.Priority;

/**
 * What of the connections to one next hop each kind of copy may take at a time, so that none keeps the others waiting: a
 * tenth for copies with many recipients, which keep a server busy for long; and with priorities 3, 15 and 2 of 20 for high,
 * normal and low ones (BEHAVIOUR 3.2). Everybody may have one. An immutable value.
 *
 * @param connections to the next hop, as many as may be open
 * @param byPriority whether priorities count
 */
public record Shares(int connections, boolean byPriority) {
    private static final int LONG = 10;
    private static final int OF = 20;
    private static final int HIGH = 3;
    private static final int NORMAL = 15;
    private static final int LOW = 2;

    /** Checks the number. */
    public Shares {
        if (connections < 1) {
            throw new IllegalArgumentException("no connection to share: " + connections);
        }
    }

    /** For copies with many recipients. */
    int forLong() {
        return Math.max(1, connections / LONG);
    }

    /** For copies of a priority. */
    int of(Priority priority) {
        if (!byPriority) {
            return connections;
        }
        int share = switch (priority) {
            case HIGH -> HIGH;
            case NORMAL -> NORMAL;
            case LOW -> LOW;
        };
        return (connections * share + OF - 1) / OF;
    }
}
