package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.Optional;
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
        String lastError) {}
