package org.bridgehead.engine;

import java.time.Instant;
import java.util.Optional;

/** The time that hubs live by, and the one timer. Implementations are safe for any thread. */
interface EngineClock {
    /** The time now. */
    Instant now();

    /**
     * Runs {@code action} once at {@code at} or soon after.
     *
     * @return cancels it
     */
    Runnable schedule(Instant at, Runnable action);

    /** The turns that hubs take in lockstep; empty = each does what it wants at once. */
    default Optional<Lockstep> turns() {
        return Optional.empty();
    }

    /** Stops the timer. */
    void close();
}
