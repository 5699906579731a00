package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.Optional;
import org.bridgehead.core.queue.QueueStatus;

/**
 * One queue as operators see it (BEHAVIOUR 3.1). An immutable value.
 *
 * @param identity {@code SERVER\NEXTHOP}
 * @param number the same within the server, shorter; good as long as the hub lives
 * @param deliveryType how it delivers
 * @param nextHopDomain the site, server, domain or connector it leads to
 * @param status its state
 * @param messages copies waiting, resting, held or being sent
 * @param urgent how many of these wait in line and are urgent
 * @param unhurried how many of these wait in line and may wait
 * @param failures failed attempts in a row
 * @param lastRetry when it last failed; empty = not since the last success
 * @param nextRetry when it is tried again
 * @param lastError why it waits; empty when it does not
 * @param reason one sentence for people: why messages wait, and for what; empty when none does
 */
public record QueueView(
        String identity,
        int number,
        DeliveryType deliveryType,
        String nextHopDomain,
        QueueStatus status,
        int messages,
        int urgent,
        int unhurried,
        int failures,
        Optional<Instant> lastRetry,
        Optional<Instant> nextRetry,
        String lastError,
        String reason) {
    /** The queue without its server. */
    public String name() {
        return identity.substring(identity.indexOf('\\') + 1);
    }
}
