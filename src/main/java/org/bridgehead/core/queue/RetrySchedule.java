package org.bridgehead.core.queue;

import java.time.Duration;
import org.bridgehead.core.mail.Priority;
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

    /** When the sender of a message that waits hears of it: an urgent one sooner, one that can wait later. */
    public static Duration delayNotification(RetrySettings settings, Priority priority) {
        return switch (priority) {
            case HIGH -> settings.delayNotification().dividedBy(8);
            case NORMAL -> settings.delayNotification();
            case LOW -> settings.delayNotification().multipliedBy(2);
        };
    }

    /** When a message that waits has waited too long: an urgent one is of no use that late. */
    public static Duration expiration(RetrySettings settings, Priority priority) {
        return priority == Priority.HIGH ? settings.expiration().dividedBy(6) : settings.expiration();
    }

    /** Wait of a mailbox delivery queue: always the same. */
    public static Duration mailbox(RetrySettings settings) {
        return settings.mailboxInterval();
    }
}
