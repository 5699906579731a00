package org.bridgehead.core.hub;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.queue.QueuedCopy;

/**
 * What message tracking learns of queued copies: deferred, sent or delivered, resubmitted (BEHAVIOUR 3.4). Keeps
 * nothing; used by the {@link Queues} and their {@link Attempts} on the hub's thread.
 */
final class QueueTracking {
    private final Desk desk;
    private final Ledger ledger;

    QueueTracking(Desk desk, Ledger ledger) {
        this.desk = desk;
        this.ledger = ledger;
    }

    /** The component that transmits to {@code target}. */
    static TrackingEvent.Source source(Target target) {
        return target instanceof Target.Mailbox
                ? TrackingEvent.Source.STOREDRIVER
                : target instanceof Target.Foreign ? TrackingEvent.Source.GATEWAY : TrackingEvent.Source.SMTP;
    }

    void defer(QueuedCopy copy, TrackingEvent.Source source, String status, String why) {
        String queue = copy.recipients().get(0).hop().queueName();
        track(TrackingEvent.Kind.DEFER, source, copy, Optional.of(queue), status, why);
    }

    void delivered(MailCopy from, List<QueuedCopy.Stop> stops, Target target) {
        desk.track(
                target instanceof Target.Mailbox ? TrackingEvent.Kind.DELIVER : TrackingEvent.Kind.SEND,
                source(target),
                from.item().accepted(),
                addresses(stops),
                Optional.of(target.displayName()),
                "2.0.0",
                "");
    }

    void resubmitted(QueuedCopy copy) {
        track(TrackingEvent.Kind.RESUBMIT, TrackingEvent.Source.QUEUE, copy, Optional.empty(), "", "routed afresh");
    }

    private void track(
            TrackingEvent.Kind kind,
            TrackingEvent.Source source,
            QueuedCopy copy,
            Optional<String> nextHop,
            String status,
            String reason) {
        desk.track(
                kind,
                source,
                ledger.copyOf(copy).item().accepted(),
                addresses(copy.recipients()),
                nextHop,
                status,
                reason);
    }

    private static List<EmailAddress> addresses(List<QueuedCopy.Stop> stops) {
        return Lists.map(stops, stop -> stop.recipient().address());
    }
}
