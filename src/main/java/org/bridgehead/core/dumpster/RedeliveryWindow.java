package org.bridgehead.core.dumpster;

import java.time.Duration;
import java.time.Instant;

/**
 * The time from and to which a newly active mailbox node wants delivered mail again (BEHAVIOUR 4.2). Both ends belong to
 * it. Clocks of hubs and nodes differ, and a hub books a delivery a moment after the store has logged it; so the window
 * reaches further than the loss on both sides, and the duplicate filter drops what was not lost.
 *
 * @param from its beginning
 * @param to its end; not before the beginning
 */
public record RedeliveryWindow(Instant from, Instant to) {
    /** Checks the order. */
    public RedeliveryWindow {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a window ends after it begins: " + from + " to " + to);
        }
    }

    /**
     * The window for a loss.
     *
     * @param lastKept time of the last record that the surviving log has; nothing older was lost
     * @param failover when the surviving copy was mounted
     * @param marginBefore how much further back to ask; not negative
     * @param marginAfter how much further on; not negative
     */
    public static RedeliveryWindow ofLoss(
            Instant lastKept, Instant failover, Duration marginBefore, Duration marginAfter) {
        Instant from = lastKept.isAfter(failover) ? failover : lastKept;
        return new RedeliveryWindow(from.minus(marginBefore), failover.plus(marginAfter));
    }

    /** Whether {@code at} is within it. */
    public boolean contains(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
