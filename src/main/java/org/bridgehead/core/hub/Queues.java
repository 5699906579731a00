package org.bridgehead.core.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.queue.QueuedCopy.Stop;
import org.bridgehead.core.queue.RetrySchedule;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RetrySettings;
import org.jspecify.annotations.Nullable;

/**
 * The delivery queues of a server: where each copy waits, and when a queue is tried again (BEHAVIOUR 1.4, 3.1, 3.2;
 * DECISIONS 2.3). What an outcome means is the {@link Attempts}' to say. Owned by the hub's thread. Longer than most files:
 * every way in and out of a queue is here.
 *
 * <p>A copy for another site waits in the queue of the first site on its way, its home. When no hub there answers, it is
 * passed over to the queue of the following candidate at once; when none of them answers, it goes home and waits for the
 * ladder. A candidate that failed in the same round is not tried again.
 */
final class Queues implements Connections.Owner, Attempts.Owner {
    /** What the queues work with. */
    record Parts(Desk desk, Ledger ledger, Reporter reporter, Shelf shelf, Poison poison, Dumpsters dumpsters) {}

    /** Recipients of one copy that go into one queue. */
    private record Party(NextHop hop, List<Stop> stops) {
        static Party of(Map<String, Party> parties, String queue, NextHop hop) {
            return parties.computeIfAbsent(queue, name -> new Party(hop, new ArrayList<>()));
        }
    }

    private final Desk desk;
    private final Ledger ledger;
    private final Connections connections;
    private final Shelf shelf;
    private final Deadlines deadlines;
    private final QueueTracking tracking;
    private final Attempts attempts;
    private final Apart apart;
    private final Operators operators;
    private final BiConsumer<MailCopy, List<Integer>> resubmit;
    private final Names.Index<DeliveryQueue> queues = new Names.Index<>();
    private final SiteCandidates candidates = new SiteCandidates(queues);
    /** Waiting queues that copies joined lately, with how many of these may be put out of memory. */
    private final TreeMap<String, Integer> joined = new TreeMap<>(Names.ORDER);

    /**
     * No queue yet.
     *
     * @param resubmit takes recipients of a copy through the categorizer again
     */
    Queues(Parts parts, BiConsumer<MailCopy, List<Integer>> resubmit) {
        this.desk = parts.desk();
        this.ledger = parts.ledger();
        this.shelf = parts.shelf();
        this.resubmit = resubmit;
        this.connections = new Connections(desk, this);
        this.deadlines = new Deadlines(desk, ledger, parts.reporter(), shelf);
        this.tracking = new QueueTracking(desk, ledger);
        Removal removal = new Removal(desk, ledger, deadlines);
        this.apart = new Apart(desk, deadlines, removal);
        this.attempts = new Attempts(parts, deadlines, tracking, apart, this);
        this.operators = new Operators(new Operators.Parts(
                desk, ledger, shelf, connections, attempts, apart, removal, parts.poison(), queues));
    }

    Connections connections() {
        return connections;
    }

    /** Puts a copy where it belongs now; recipients whose home queue waits go to the next site that may be tried. */
    @Override
    public void offer(QueuedCopy copy) {
        if (copy.recipients().size() == 1) {
            place(copy, candidates.firstOpen(copy.recipients().get(0).hop()));
            return;
        }
        Map<String, Party> parties = new LinkedHashMap<>();
        @Nullable NextHop before = null;
        @Nullable Party party = null;
        for (Stop stop : copy.recipients()) {
            if (party == null || stop.hop() != before) {
                NextHop hop = candidates.firstOpen(stop.hop());
                party = Party.of(parties, hop.queueName(), hop);
                before = stop.hop();
            }
            party.stops.add(stop);
        }
        parties.values().forEach(each -> place(copy.only(each.stops), each.hop));
    }

    /** Puts a copy into one queue. */
    private void place(QueuedCopy copy, NextHop hop) {
        DeliveryQueue queue = queue(hop);
        if (apart.hasWishes() && operators.catches(queue, copy)) {
            return;
        }
        if (queue.mayTry() && !(hop instanceof NextHop.Unreachable)) {
            queue.add(copy);
            connections.pump(queue);
        } else {
            deadlines.expire(copy).ifPresent(waiting -> join(queue, waiting, hop));
        }
    }

    /** A copy comes to a queue that waits. */
    private void join(DeliveryQueue queue, QueuedCopy copy, NextHop hop) {
        if (hop instanceof NextHop.Unreachable none) {
            tracking.defer(copy, TrackingEvent.Source.ROUTING, "4.4.4", none.reason());
        } else {
            tracking.defer(
                    copy,
                    TrackingEvent.Source.QUEUE,
                    "4.4.1",
                    queue.isSuspended() ? "queue suspended" : queue.lastError());
        }
        queue.add(copy);
        deadlines.watch(queue, copy);
        joined.merge(queue.name(), 1, Integer::sum);
    }

    /** At the end of a call: keeps the memory free for mail that can go. */
    void trim() {
        if (joined.isEmpty()) {
            return;
        }
        joined.replaceAll((name, count) -> trim(queues.get(name), count));
        joined.values().removeIf(count -> count == 0);
    }

    /** What is put away of a queue that waits no longer, nobody would fetch before its deadline; or the queue is gone. */
    private int trim(@Nullable DeliveryQueue queue, int count) {
        boolean waits = queue != null && (!queue.mayTry() || queue.hop() instanceof NextHop.Unreachable);
        return queue != null && waits ? shelf.trimLast(queue, count) : 0;
    }

    /** Whether so many copies of a message wait in queues where they can go: those of dead next hops do not count. */
    boolean isAhead(InternalId message, int copies) {
        int ready = 0;
        for (DeliveryQueue queue : queues.values()) {
            if (ready < copies && queue.mayTry() && !(queue.hop() instanceof NextHop.Unreachable)) {
                ready += queue.waiting(message);
            }
        }
        return ready >= copies;
    }

    /** Messages that wait outside memory. */
    int unloaded() {
        if (!shelf.hasUnloaded()) {
            return 0;
        }
        int unloaded = 0;
        for (DeliveryQueue queue : queues.values()) {
            unloaded += queue.unloadedSize();
        }
        return unloaded;
    }

    private DeliveryQueue queue(NextHop hop) {
        DeliveryQueue queue = queues.computeIfAbsent(hop.queueName(), name -> operators.fresh(name, hop));
        queue.leadTo(hop);
        return queue;
    }

    private DeliveryQueue queue(String name) {
        DeliveryQueue queue = queues.get(name);
        if (queue == null) {
            throw new IllegalStateException("no queue " + name);
        }
        return queue;
    }

    @Override
    public void succeeded(DeliveryQueue queue) {
        queue.succeeded(desk.now());
        shelf.reclaim(queue);
    }

    @Override
    public void unused(DeliveryQueue queue) {
        boolean done = queue.isEmpty() && queue.unloadedSize() == 0 && queue.mayTry();
        // One queue per foreign domain adds up; all others are as many as the topology has names.
        if (done
                && queue.hop() instanceof NextHop.Dns
                && queues.get(queue.name()) == queue
                && apart.of(queue.name()).isEmpty()) {
            queues.remove(queue.name());
        }
    }

    @Override
    public void refused(DeliveryQueue queue, EnhancedStatus status, String why) {
        for (QueuedCopy copy : queue.takeAll()) {
            deadlines.fail(copy, TrackingEvent.Source.DNS, status, why);
        }
    }

    @Override
    public void failed(DeliveryQueue queue, Instant begun, String why) {
        RetrySettings retry = desk.snapshot().retry();
        Duration wait = queue.hop() instanceof NextHop.Mailbox
                ? RetrySchedule.mailbox(retry)
                : RetrySchedule.afterFailure(retry, queue.failures() + 1);
        Instant next = desk.now().plus(wait);
        queue.failed(desk.now(), next, why);
        desk.timers().at(next, () -> retry(queue));
        List<QueuedCopy> waiting = queue.takeAll();
        if (isIdleTooLong(queue)) {
            queue.succeeded(desk.now());
            waiting.forEach(this::resubmit);
            return;
        }
        waiting.forEach(copy -> passOver(queue, copy, begun, why));
        shelf.trim(queue);
        deadlines.watch(queue);
    }

    private boolean isIdleTooLong(DeliveryQueue queue) {
        return !queue.lastSuccess()
                .plus(desk.snapshot().retry().idleBeforeResubmit())
                .isAfter(desk.now());
    }

    private void retry(DeliveryQueue queue) {
        if (queue.retryAt().filter(at -> !at.isAfter(desk.now())).isPresent()) {
            queue.retryNow();
            shelf.loadSome(queue);
            connections.pump(queue);
            if (connections.isUnused(queue)) {
                unused(queue);
            }
        }
    }

    /** No hub of the queue's site answered: on to the next candidate that has not failed since {@code begun}, or home. */
    private void passOver(DeliveryQueue failed, QueuedCopy copy, Instant begun, String why) {
        Instant round = copy.round().orElse(begun);
        Map<String, Party> onward = new LinkedHashMap<>();
        Map<String, Party> home = new LinkedHashMap<>();
        for (Stop stop : copy.recipients()) {
            Optional<NextHop.Sites> next = candidates.following(failed, stop.hop(), round);
            NextHop hop = next.isPresent() ? next.get() : stop.hop();
            Party.of(next.isPresent() ? onward : home, hop.queueName(), hop)
                    .stops
                    .add(stop);
        }
        home.values().forEach(party -> hold(copy.only(party.stops), why));
        onward.values().forEach(party -> {
            DeliveryQueue queue = queue(party.hop);
            queue.retryNow();
            queue.add(copy.only(party.stops).inRound(round));
            connections.pump(queue);
        });
    }

    /** Nobody on the way answers: the copy waits here, in its home queue. */
    private void hold(QueuedCopy copy, String why) {
        DeliveryQueue home = queue(SiteCandidates.home(copy.recipients().get(0).hop()));
        tracking.defer(copy, TrackingEvent.Source.QUEUE, "4.4.1", why);
        home.add(copy.rested());
        if (home.mayTry()) {
            connections.pump(home);
        } else {
            deadlines.watch(home, copy);
        }
    }

    @Override
    public Transmission transmission(QueuedCopy copy, Target target) {
        return attempts.transmission(copy);
    }

    @Override
    public void transmitted(Link link, QueuedCopy copy, List<RecipientOutcome> outcomes) {
        attempts.ended(link, copy, outcomes);
    }

    @Override
    public void resubmit(QueuedCopy copy) {
        tracking.resubmitted(copy);
        resubmit.accept(ledger.copyOf(copy), Lists.map(copy.recipients(), Stop::index));
    }

    /** The topology changed: whatever waits is routed afresh; a suspended Unreachable queue is not (BEHAVIOUR 3.1). */
    void rerouteAll() {
        attempts.overtake();
        connections.overtake();
        List<DeliveryQueue> due = queues.values().stream()
                .filter(queue -> !(queue.isSuspended() && queue.hop() instanceof NextHop.Unreachable))
                .toList();
        deadlines.disarm(due);
        List<QueuedCopy> waiting = new ArrayList<>();
        for (DeliveryQueue queue : due) {
            waiting.addAll(queue.takeAll());
            queue.succeeded(desk.now());
        }
        waiting.forEach(copy -> resubmit(copy.rested()));
        due.forEach(shelf::reclaim);
    }

    void operate(Operation operation) {
        if (operation instanceof Operation.Drain) {
            connections.drain();
        } else if (operation instanceof Operation.RetryQueue retry) {
            onQueue(retry.queue(), this::retryByOperator);
        } else if (operation instanceof Operation.DrainQueue drain) {
            onQueue(drain.queue(), this::drainByOperator);
        } else if (operation instanceof Operation.SuspendQueue suspend) {
            operators.suspend(suspend.queue(), true);
        } else if (operation instanceof Operation.ResumeQueue resume) {
            operators.suspend(resume.queue(), false);
            onQueue(resume.queue(), shelf::loadSome);
        } else {
            operators.operate(operation);
        }
    }

    private void drainByOperator(DeliveryQueue queue) {
        List<QueuedCopy> waiting = queue.takeAll();
        waiting.addAll(operators.takeResting(queue));
        waiting.forEach(copy -> resubmit(copy.rested()));
        shelf.reclaim(queue);
    }

    Attempts attempts() {
        return attempts;
    }

    Operators operators() {
        return operators;
    }

    private void retryByOperator(DeliveryQueue queue) {
        queue.restarted();
        operators.wake(queue);
        if (queue.hop() instanceof NextHop.Unreachable) {
            queue.takeAll().forEach(copy -> resubmit(copy.rested()));
            shelf.reclaim(queue);
        } else {
            shelf.loadSome(queue);
        }
    }

    private void onQueue(String name, Consumer<DeliveryQueue> action) {
        DeliveryQueue queue = queues.get(name);
        if (queue != null) {
            action.accept(queue);
            connections.pump(queue);
        }
    }

    List<QueueView> views() {
        return queues.values().stream().map(operators.views()::of).toList();
    }

    List<QueueView> waitingViews() {
        List<QueueView> waiting = new ArrayList<>();
        for (DeliveryQueue queue : queues.values()) {
            if (!queue.isEmpty() || queue.unloadedSize() > 0 || queue.retryAt().isPresent()) {
                waiting.add(operators.views().of(queue));
            }
        }
        return waiting;
    }
}
