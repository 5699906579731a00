package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.queue.QueuedCopy.Stop;
import org.bridgehead.core.routing.NextHop;

/**
 * Attempts to transmit a copy: what goes over the wire, and what becomes of each recipient when the attempt has ended
 * (BEHAVIOUR 3.1, 3.2). Delivered and bounced ones are settled here; the others go back to the {@link Queues} that own
 * this. Owned by the hub's thread.
 */
final class Attempts {
    /** Where recipients go that need another attempt. */
    interface Owner {
        /** The copy is to be tried again over its queue. */
        void offer(QueuedCopy copy);

        /** The copy is to be resolved and routed afresh. */
        void resubmit(QueuedCopy copy);
    }

    private final Desk desk;
    private final Ledger ledger;
    private final Reporter reporter;
    private final Dumpsters dumpsters;
    private final Deadlines deadlines;
    private final QueueTracking tracking;
    private final Apart apart;
    private final Owner owner;
    /** Counts topologies: what rests since an earlier one is routed afresh. */
    private long generation;

    Attempts(Queues.Parts parts, Deadlines deadlines, QueueTracking tracking, Apart apart, Owner owner) {
        this.desk = parts.desk();
        this.ledger = parts.ledger();
        this.reporter = parts.reporter();
        this.dumpsters = parts.dumpsters();
        this.deadlines = deadlines;
        this.tracking = tracking;
        this.apart = apart;
        this.owner = owner;
    }

    /** What goes over the wire for a copy. */
    Transmission transmission(QueuedCopy copy) {
        MailCopy from = ledger.copyOf(copy);
        SpoolRecord.Accepted accepted = from.item().accepted();
        return new Transmission(
                copy.copy(),
                from.envelope(Lists.map(copy.recipients(), Stop::recipient)),
                state(copy, from),
                accepted.facts().header(),
                accepted.body(),
                Lists.map(copy.recipients(), stop -> new Transmission.Place(stop.index(), stop.storageGroup())));
    }

    private TransferState state(QueuedCopy copy, MailCopy from) {
        TransferState state = from.item().state().tracedBy(desk.self());
        // Only who expands a group needs to know; a list of all groups with each leaf would outgrow XSTATE.
        if (!copy.resolved()) {
            for (String group : from.expanded()) {
                state = state.withExpanded(group);
            }
        }
        if (!copy.resolved()) {
            state = state.withRules(from.item().rules());
        }
        if (from.hasOwnSender() && state.origin().isEmpty()) {
            state = from.item()
                    .accepted()
                    .envelope()
                    .sender()
                    .map(state::sentBy)
                    .orElse(state);
        }
        state = copy.resolved() ? state.with(TransferState.Flag.RESOLVED) : state.without(TransferState.Flag.RESOLVED);
        return copy.again() ? state.with(TransferState.Flag.AGAIN) : state;
    }

    /** An attempt over a link ended. */
    void ended(Link link, QueuedCopy copy, List<RecipientOutcome> outcomes) {
        DeliveryQueue queue = link.queue();
        Target target = link.target();
        boolean overtaken = link.isOvertaken();
        if (outcomes.size() != copy.recipients().size()) {
            throw new IllegalStateException(
                    outcomes.size() + " outcomes for " + copy.recipients().size() + " recipients");
        }
        Outcomes sorted = Outcomes.of(copy, outcomes);
        if (!sorted.delivered().isEmpty()) {
            delivered(ledger.copyOf(copy), sorted.delivered(), target, link.reports());
        }
        if (!sorted.bounced().isEmpty()) {
            reporter.fail(ledger.copyOf(copy), QueueTracking.source(target), sorted.bounced(target.displayName()));
        }
        if (!sorted.lost().isEmpty()) {
            lost(queue, copy.only(sorted.lost()), sorted, target, overtaken);
        }
        if (!sorted.next().isEmpty()) {
            next(queue, copy.only(sorted.next()), overtaken);
        }
        if (!sorted.deferred().isEmpty()) {
            QueuedCopy deferred = copy.only(sorted.deferred());
            tracking.defer(deferred, QueueTracking.source(target), sorted.status(), sorted.why());
            rest(queue, deferred, sorted.why(), overtaken);
        }
    }

    /** More than one transaction takes; the next one follows at once. */
    private void next(DeliveryQueue queue, QueuedCopy copy, boolean overtaken) {
        if (overtaken) {
            owner.resubmit(copy.rested());
            return;
        }
        queue.addFirst(copy);
        if (!queue.mayTry()) {
            deadlines.watch(queue, copy);
        }
    }

    /** An earlier life noted that these were delivered, and did no more about it. */
    void noted(MailCopy from, DeliveryNote note, List<DeliveryNote.Part> parts) {
        if (!parts.isEmpty()) {
            desk.focus(from.item().id());
            from.markArrived(RecipientBits.of(Lists.map(parts, DeliveryNote.Part::index)));
            NextHop gone =
                    new NextHop.Unreachable("delivered to " + note.target().displayName());
            List<Stop> stops =
                    Lists.map(parts, part -> new Stop(part.index(), part.recipient(), gone, part.storageGroup()));
            delivered(from, stops, note.target(), note.reports());
        }
    }

    private void delivered(MailCopy from, List<Stop> stops, Target target, boolean reports) {
        tracking.delivered(from, stops, target);
        if (target instanceof Target.Mailbox mailbox) {
            dumpsters.delivered(from, stops, mailbox.server());
            reporter.delivered(from, stops, target.displayName());
        } else if (!reports) {
            reporter.relayed(from, stops, target.displayName());
        } else {
            ledger.settle(from, Lists.map(stops, Stop::index));
        }
    }

    /** The attempt ended with its connection, or the server is in trouble: the next server, a few times, then a rest. */
    private void lost(DeliveryQueue queue, QueuedCopy copy, Outcomes sorted, Target target, boolean overtaken) {
        QueuedCopy again = copy.afterLoss(sorted.endUnknown());
        if (sorted.endUnknown()) {
            ledger.copyOf(copy).item().markAgain();
        }
        tracking.defer(copy, QueueTracking.source(target), sorted.status(), target.displayName() + ": " + sorted.why());
        if (caught(queue, again, sorted.why(), overtaken)) {
            return;
        }
        if (overtaken) {
            owner.resubmit(again.rested());
        } else if (again.losses() < Math.max(2, servers(queue) + 1)) {
            queue.addFirst(again);
            if (!queue.mayTry()) {
                deadlines.watch(queue, again);
            }
        } else {
            rest(queue, again, sorted.why(), false);
        }
    }

    private int servers(DeliveryQueue queue) {
        NextHop hop = queue.hop();
        return hop instanceof NextHop.Sites sites
                ? desk.snapshot().routes().hubsOf(sites.candidates().get(0)).size()
                : hop instanceof NextHop.Servers named
                        ? named.servers().size()
                        : hop instanceof NextHop.SmartHosts hosts
                                ? hosts.hosts().size()
                                : 1;
    }

    /** One message waits by itself, its queue goes on. */
    private void rest(DeliveryQueue queue, QueuedCopy copy, String why, boolean overtaken) {
        if (!caught(queue, copy, why, overtaken)) {
            Instant until = desk.now().plus(desk.snapshot().retry().messageInterval());
            apart.rest(queue.name(), copy, until, why, onward(copy, overtaken));
        }
    }

    private boolean caught(DeliveryQueue queue, QueuedCopy copy, String why, boolean overtaken) {
        return apart.hasWishes() && apart.catches(queue.name(), copy, why, onward(copy, overtaken));
    }

    /** Takes a copy that stood apart back on its way, the old one unless the topology has changed meanwhile. */
    Runnable onward(QueuedCopy copy, boolean overtaken) {
        long then = overtaken ? generation - 1 : generation;
        return () -> {
            if (then == generation) {
                owner.offer(copy.rested());
            } else {
                owner.resubmit(copy.rested());
            }
        };
    }

    /** The topology changed: what rests now is routed afresh when its rest ends. */
    void overtake() {
        generation++;
    }
}
