package org.bridgehead.engine;

import java.time.Duration;
import java.time.Instant;

/** The virtual time of an organisation: it moves only by these calls. Safe for any thread, one mover at a time. */
public interface ClockHandle {
    /** The time that all servers believe in. */
    Instant now();

    /** Whether it is virtual; real time can only be read. */
    boolean isVirtual();

    /**
     * Moves on, doing on the way all that falls due: retries, delay reports, expiry.
     *
     * @throws IllegalStateException when the organisation runs in real time, or something hangs
     */
    void advance(Duration step);

    /**
     * Waits until nothing is under way, without moving on.
     *
     * @throws IllegalStateException when something hangs
     */
    void runUntilIdle();
}
