package org.bridgehead.engine;

import java.time.Instant;

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

    /** Stops the timer. */
    void close();
}
