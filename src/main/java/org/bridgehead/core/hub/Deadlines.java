package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.DeliveryQueue.Unloaded;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.queue.QueuedCopy.Stop;
import org.bridgehead.core.queue.RetrySchedule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RetrySettings;

/**
 * How long mail may wait (BEHAVIOUR 3.2): tells senders of a delay, and gives up in the end. At most one timer per queue
 * is armed that counts, the one for its earliest deadline. Owned by the hub's thread.
 */
final class Deadlines {
    static final EnhancedStatus EXPIRED = EnhancedStatus.of("4.4.7");
    static final String EXPIRED_WORDS = "QUEUE.Expired; message expired";

    private final Desk desk;
    private final Ledger ledger;
    private final Reporter reporter;
    private final Shelf shelf;
    private final TreeMap<String, Instant> armed = Names.map();

    Deadlines(Desk desk, Ledger ledger, Reporter reporter, Shelf shelf) {
        this.desk = desk;
        this.ledger = ledger;
        this.reporter = reporter;
        this.shelf = shelf;
    }

    /** When a message that waits out of memory is due next. */
    static Instant next(Unloaded message, RetrySettings retry) {
        return next(message.submitted(), message.delayReported(), message.priority(), retry);
    }

    private static Instant next(Instant submitted, boolean delayReported, Priority priority, RetrySettings retry) {
        return submitted.plus(
                delayReported
                        ? RetrySchedule.expiration(retry, priority)
                        : RetrySchedule.delayNotification(retry, priority));
    }

    /** When a copy that waits is due next. */
    Instant next(QueuedCopy queued) {
        MailCopy copy = ledger.copyOf(queued);
        boolean reported = Lists.allMatch(queued.recipients(), stop -> copy.isDelayReported(stop.index()));
        return next(
                copy.item().state().submitted(),
                reported,
                queued.priority(),
                desk.snapshot().retry());
    }

    /** A copy joins a queue that waits. */
    void watch(DeliveryQueue queue, QueuedCopy joining) {
        arm(queue, next(joining));
    }

    /** A queue begins to wait. */
    void watch(DeliveryQueue queue) {
        if (!queue.isEmpty()) {
            queue.copies().map(this::next).min(Instant::compareTo).ifPresent(at -> arm(queue, at));
        }
        queue.oldestUnloaded()
                .map(first -> next(first, desk.snapshot().retry()))
                .ifPresent(at -> arm(queue, at));
    }

    private void arm(DeliveryQueue queue, Instant due) {
        // What is due already, and cannot be read back at once, is looked at again after a pause.
        Instant at = due.isAfter(desk.now())
                ? due
                : desk.now().plus(desk.snapshot().retry().glitchInterval());
        Instant earlier = armed.get(queue.name());
        if (earlier == null || at.isBefore(earlier)) {
            armed.put(queue.name(), at);
            desk.timers().at(at, () -> sweep(queue, at));
        }
    }

    private void sweep(DeliveryQueue queue, Instant at) {
        if (!armed.remove(queue.name(), at)) {
            return;
        }
        for (QueuedCopy copy : queue.takeAll()) {
            expire(copy).ifPresent(queue::add);
        }
        shelf.loadDue(queue);
        watch(queue);
    }

    /** Reports the delay of a copy that waits, or its end; empty when it has ended. */
    Optional<QueuedCopy> expire(QueuedCopy copy) {
        MailCopy from = ledger.copyOf(copy);
        Instant submitted = from.item().state().submitted();
        RetrySettings retry = desk.snapshot().retry();
        Instant end = submitted.plus(RetrySchedule.expiration(retry, copy.priority()));
        if (!end.isAfter(desk.now())) {
            fail(copy, TrackingEvent.Source.QUEUE, EXPIRED, EXPIRED_WORDS);
            return Optional.empty();
        }
        if (!submitted
                .plus(RetrySchedule.delayNotification(retry, copy.priority()))
                .isAfter(desk.now())) {
            reporter.delayed(from, copy.recipients(), "delivery is delayed", end);
        }
        return Optional.of(copy);
    }

    /** Ends all recipients of a copy for one reason. */
    void fail(QueuedCopy copy, TrackingEvent.Source source, EnhancedStatus status, String why) {
        reporter.fail(ledger.copyOf(copy), source, Lists.map(copy.recipients(), stop -> failure(stop, status, why)));
    }

    private static Reporter.Failure failure(Stop stop, EnhancedStatus status, String why) {
        return new Reporter.Failure(stop.index(), stop.recipient(), status, why, Optional.empty());
    }

    /** Forgets what is armed; the queues are looked at afresh. */
    void disarm(List<DeliveryQueue> queues) {
        queues.forEach(queue -> armed.remove(queue.name()));
    }
}
