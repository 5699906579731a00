package org.bridgehead.engine;

import java.time.Duration;

/** A site link or a site of a running organisation, for faults. Safe for any thread. */
public interface LinkHandle {
    /** Its name. */
    String name();

    /** Loses it: connections over it fail from now on; routes stay as they are (DECISIONS 2.1). */
    void cut();

    /** Gives it back, at full speed. */
    void mend();

    /**
     * Makes it slow: each connection over it, and each message, takes that much longer, in the time of the organisation.
     * More than 5 minutes, and nobody waits for a greeting any longer.
     *
     * @param latency {@link Duration#ZERO} = as fast as before
     */
    void slow(Duration latency);

    /**
     * Makes it narrow: messages over it take their octets' time.
     *
     * @param octetsPerSecond 0 = as wide as before
     */
    void throttle(long octetsPerSecond);
}
