package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueueStatus;

/**
 * One queue as operators see it.
 *
 * @param identity {@code SERVER\NEXTHOP}
 * @param status its state
 * @param messages copies waiting or being sent
 * @param failures failed attempts in a row
 * @param nextRetry when it is tried again
 * @param lastError why it waits; empty when it does not
 */
public record QueueView(
        String identity,
        QueueStatus status,
        int messages,
        int failures,
        Optional<Instant> nextRetry,
        String lastError) {
    /** How a queue of the server {@code self} stands, whose connections are in {@code states}. */
    static QueueView of(String self, DeliveryQueue queue, List<Link.State> states) {
        int sending = (int) states.stream().filter(s -> s == Link.State.BUSY).count();
        QueueStatus status = queue.isSuspended()
                ? QueueStatus.SUSPENDED
                : queue.retryAt().isPresent()
                        ? QueueStatus.RETRY
                        : sending > 0
                                ? QueueStatus.ACTIVE
                                : states.contains(Link.State.OPENING) ? QueueStatus.CONNECTING : QueueStatus.READY;
        return new QueueView(
                self + "\\" + queue.name(),
                status,
                queue.size() + queue.unloadedSize() + sending,
                queue.failures(),
                queue.retryAt(),
                queue.lastError());
    }
}
