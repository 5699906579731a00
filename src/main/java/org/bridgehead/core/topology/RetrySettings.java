package org.bridgehead.core.topology;

import java.time.Duration;

/**
 * The retry ladder and its companions (BEHAVIOUR 3.2).
 *
 * @param glitchCount first retries of a queue
 * @param glitchInterval between them
 * @param transientCount retries after those
 * @param transientInterval between them
 * @param interval between all further ones
 * @param mailboxInterval between retries of a mailbox delivery queue
 * @param messageInterval before a single message is tried again after a 4yz
 * @param delayNotification when the sender hears of a delay
 * @param expiration when trying ends
 * @param idleBeforeResubmit when a queue that sent nothing is categorised again
 * @param resolverInterval before an unavailable directory is asked again
 */
public record RetrySettings(
        int glitchCount,
        Duration glitchInterval,
        int transientCount,
        Duration transientInterval,
        Duration interval,
        Duration mailboxInterval,
        Duration messageInterval,
        Duration delayNotification,
        Duration expiration,
        Duration idleBeforeResubmit,
        Duration resolverInterval) {
    /** The documented defaults of a hub. */
    public static final RetrySettings HUB = new RetrySettings(
            4,
            Duration.ofMinutes(1),
            6,
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(4),
            Duration.ofDays(2),
            Duration.ofHours(12),
            Duration.ofMinutes(30));
}
