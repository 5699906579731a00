package org.bridgehead.core.queue;

import java.time.Duration;
import org.bridgehead.core.topology.RetrySettings;

/** The retry ladder (BEHAVIOUR 3.2): how long a queue waits after its n-th failure in a row. */
public final class RetrySchedule {
    private RetrySchedule() {}

    /**
     * Wait of a queue to another server: glitches first, then transient failures, then the long interval.
     *
     * @param failures failed attempts in a row, at least 1
     */
    public static Duration afterFailure(RetrySettings settings, int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("there is no wait before the first failure");
        }
        if (failures <= settings.glitchCount()) {
            return settings.glitchInterval();
        }
        return failures <= settings.glitchCount() + settings.transientCount()
                ? settings.transientInterval()
                : settings.interval();
    }

    /** Wait of a mailbox delivery queue: always the same. */
    public static Duration mailbox(RetrySettings settings) {
        return settings.mailboxInterval();
    }
}
