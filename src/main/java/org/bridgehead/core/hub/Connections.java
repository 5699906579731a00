package org.bridgehead.core.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.routing.MxPlan;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.HostPort;

/**
 * Opens, reuses and closes connections: how many at once, and the next server when one does not answer (BEHAVIOUR 1.4,
 * 3.2). Which server is tried first is the {@link ServerOrder}'s to say; what becomes of the messages is decided by the
 * {@link Queues} it reports to. Longer than most files: every event of a connection is answered here. Owned by the hub's thread.
 */
final class Connections {
    private static final Duration KEEP_IDLE = Duration.ofSeconds(10);
    private static final int SMTP_PORT = 25;

    /** Who decides what an outcome means for the messages. */
    interface Owner {
        /** Every server failed, and no other connection of the queue is left. */
        void failed(DeliveryQueue queue, Instant begun, String why);

        /** No server can ever take the mail of this queue. */
        void refused(DeliveryQueue queue, EnhancedStatus status, String why);

        /** The last connection of a queue is closed. */
        void unused(DeliveryQueue queue);

        /** A server answered. */
        void succeeded(DeliveryQueue queue);

        /** An attempt over a link ended. */
        void transmitted(Link link, QueuedCopy copy, List<RecipientOutcome> outcomes);

        /** The transmission for a copy. */
        Transmission transmission(QueuedCopy copy, Target target);
    }

    private final Desk desk;
    private final Owner owner;
    private final ServerHealth health;
    private final ServerOrder order;
    private final Links links = new Links();
    private final ConnectionRoom room;
    private final Map<Long, Link> resolving = new LinkedHashMap<>();
    private int busy;
    private long lastConnection;
    private boolean draining;

    Connections(Desk desk, Owner owner) {
        this.desk = desk;
        this.owner = owner;
        this.health = new ServerHealth(desk);
        this.order = new ServerOrder(desk, health);
        this.room = new ConnectionRoom(desk, links);
    }

    /** Sends what can be sent of a queue. */
    void pump(DeliveryQueue queue) {
        if (!queue.mayTry() || draining || queue.hop() instanceof NextHop.Unreachable) {
            return;
        }
        for (Link link : links.of(queue)) {
            if (queue.isEmpty()) {
                return;
            }
            if (link.state() == Link.State.IDLE) {
                queue.take(room.shares(queue)).ifPresent(copy -> transmit(link, copy));
            }
        }
        while (queue.mayTry() && room.wantsMore(queue) && mayOpen(queue)) {
            open(queue);
        }
    }

    /** Whether there is room for another connection; one that is kept without work gives way. */
    private boolean mayOpen(DeliveryQueue queue) {
        if (room.isFull()) {
            links.firstIn(Link.State.IDLE).ifPresent(this::closeUnused);
        }
        return room.has(queue);
    }

    private void closeUnused(Link link) {
        close(link);
        if (isUnused(link.queue())) {
            owner.unused(link.queue());
        }
    }

    /** Connections have ended or are open now: those that waited for room come first. */
    private void serveWaiting() {
        for (int turns = room.waiting(); turns > 0; turns--) {
            room.next().ifPresent(this::pump);
        }
    }

    void connected(ConnectionId id, ConnectOutcome outcome) {
        Link link = links.get(id);
        DeliveryQueue queue = link.queue();
        if (outcome instanceof ConnectOutcome.Ready ready) {
            links.opened(link, ready.reports());
            queue.answered();
            health.markAlive(link.target());
            owner.succeeded(queue);
            pump(queue);
            rest(link);
        } else {
            unconnected(link, link.target().displayName() + ": " + reason(outcome));
        }
        serveWaiting();
    }

    private void unconnected(Link link, String why) {
        DeliveryQueue queue = link.queue();
        health.markDead(link.target());
        links.remove(link);
        if (tryNext(link)) {
            return;
        }
        if (!links.of(queue).isEmpty()) {
            room.refused(queue);
        } else if (!(link.isProbe() && queue.isEmpty())) {
            owner.failed(queue, link.begun(), why);
        }
    }

    void resolved(long id, MxAnswer answer) {
        Link link = resolving.remove(id);
        if (link == null) {
            throw new IllegalStateException("no MX look-up " + id + " is under way");
        }
        links.remove(link);
        if (!(link.queue().hop() instanceof NextHop.Dns hop)) {
            pump(link.queue());
        } else if (answer instanceof MxAnswer.Unavailable unavailable) {
            owner.failed(link.queue(), link.begun(), "DNS: " + unavailable.why());
        } else if (answer instanceof MxAnswer.NoDomain) {
            owner.refused(
                    link.queue(),
                    EnhancedStatus.of("5.4.4"),
                    "SMTPSEND.DNS.NonExistentDomain; nonexistent domain " + hop.domain());
        } else {
            plan(link, hop, ((MxAnswer.Found) answer).records());
        }
        serveWaiting();
    }

    private void plan(Link link, NextHop.Dns hop, List<MxPlan.Mx> records) {
        MxPlan plan = MxPlan.of(
                hop.domain(), records, List.of(desk.self()), link.queue().nextTurn());
        if (plan instanceof MxPlan.Refused no) {
            owner.refused(link.queue(), no.status(), no.reason());
            return;
        }
        link.candidates(Lists.map(
                ((MxPlan.Hosts) plan).hosts(),
                host -> new Target.Host(hop.connector(), new HostPort(host, SMTP_PORT))));
        tryNext(link);
    }

    void transmitted(ConnectionId id, List<RecipientOutcome> outcomes, boolean usable) {
        Link link = links.get(id);
        QueuedCopy copy = link.finish();
        link.queue().ended(copy);
        desk.focus(copy.copy().message());
        busy--;
        Target target = link.target();
        boolean pressed = isPressed(outcomes);
        if (pressed) {
            health.markDead(target);
        }
        if (!pressed && !isLost(outcomes)) {
            room.answered(link.queue());
        }
        boolean spent = link.sent() >= limits().messagesPerConnection();
        if (!usable || pressed || spent || draining) {
            close(link);
        }
        if (!usable) {
            closeIdle(link);
        }
        if (pressed || isLost(outcomes)) {
            room.refused(link.queue());
        }
        owner.transmitted(link, copy, outcomes);
        serveWaiting();
        pump(link.queue());
        rest(link);
        if (isUnused(link.queue())) {
            owner.unused(link.queue());
        }
    }

    /** Connections to the same server that had nothing to do may have broken with this one, and nobody noticed. */
    private void closeIdle(Link broken) {
        for (Link other : List.copyOf(links.of(broken.queue()))) {
            if (other.state() == Link.State.IDLE && other.target().equals(broken.target())) {
                close(other);
            }
        }
    }

    private static boolean isPressed(List<RecipientOutcome> outcomes) {
        for (RecipientOutcome outcome : outcomes) {
            if (isServerTrouble(outcome)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLost(List<RecipientOutcome> outcomes) {
        for (RecipientOutcome outcome : outcomes) {
            if (Outcomes.isLost(outcome)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the outcome speaks of the server, not of the message: another server may take it now. */
    static boolean isServerTrouble(RecipientOutcome outcome) {
        return outcome instanceof RecipientOutcome.Deferred deferred
                && deferred.status().subject() == 3;
    }

    /** Opens nothing more; what is being sent ends. */
    void drain() {
        draining = true;
        links.in(Link.State.IDLE).forEach(this::close);
    }

    /** Copies being sent. */
    int busy() {
        return busy;
    }

    /** What is being sent was routed by a topology that is gone. */
    void overtake() {
        links.in(Link.State.BUSY).forEach(Link::markOvertaken);
    }

    boolean isUnused(DeliveryQueue queue) {
        return links.of(queue).isEmpty();
    }

    private ConnectionLimits limits() {
        return desk.snapshot().settings().connections();
    }

    private void open(DeliveryQueue queue) {
        Link link = new Link(new ConnectionId(++lastConnection), queue, desk.now());
        if (queue.hop() instanceof NextHop.Dns dns) {
            links.put(link);
            long number = desk.number();
            resolving.put(number, link);
            desk.emit(new HubEffect.ResolveMx(number, dns.domain()));
            return;
        }
        List<Target> targets = order.targets(queue);
        link.candidates(targets);
        if (!tryNext(link)) {
            owner.failed(queue, link.begun(), "4.4.4 nobody is there to take it");
        } else if (order.isByHealth()) {
            probe(queue, targets);
        }
    }

    /**
     * A dead server leaves the rotation and is probed beside it (BEHAVIOUR 1.4.4): tried in its turn, it would hand its
     * share to one neighbour. When all are dead, the order itself tries them.
     */
    private void probe(DeliveryQueue queue, List<Target> targets) {
        if (health.isDead(targets.get(0))) {
            return;
        }
        for (Target target : targets) {
            if (health.isProbeDue(target)) {
                health.markDead(target);
                Link link = Link.probe(new ConnectionId(++lastConnection), queue, desk.now());
                link.candidates(List.of(target));
                tryNext(link);
            }
        }
    }

    private boolean tryNext(Link link) {
        Optional<Target> next = link.advance(new ConnectionId(++lastConnection));
        if (next.isPresent()) {
            links.put(link);
            desk.emit(new HubEffect.Connect(link.id(), next.get()));
        }
        return next.isPresent();
    }

    private static String reason(ConnectOutcome outcome) {
        return outcome.match(
                ready -> "ready",
                refused -> refused.status() + " " + refused.reply(),
                unreachable -> "4.4.1 " + unreachable.reason());
    }

    private void transmit(Link link, QueuedCopy copy) {
        link.busyWith(copy);
        busy++;
        desk.emit(new HubEffect.Transmit(link.id(), owner.transmission(copy, link.target())));
    }

    private void close(Link link) {
        links.remove(link);
        desk.emit(new HubEffect.Close(link.id()));
    }

    /** A connection without work is kept a while, then closed. */
    private void rest(Link link) {
        if (link.state() != Link.State.IDLE || !links.contains(link)) {
            return;
        }
        if (draining) {
            close(link);
            return;
        }
        if (link.rests(desk.now())) {
            closeAt(link, desk.now().plus(KEEP_IDLE));
        }
    }

    /** Waits for its end: once for each connection, and not for each message that it carries. */
    private void closeAt(Link link, Instant at) {
        desk.timers().at(at, () -> {
            Instant end = link.restingSince().plus(KEEP_IDLE);
            if (!links.contains(link) || link.state() != Link.State.IDLE) {
                link.unwatched();
            } else if (end.isAfter(desk.now())) {
                closeAt(link, end);
            } else {
                closeUnused(link);
                serveWaiting();
            }
        });
    }

    /** For views: what of a queue is being sent. */
    List<QueuedCopy> sending(DeliveryQueue queue) {
        return links.of(queue).stream().flatMap(link -> link.current().stream()).toList();
    }

    /** For views: all connections, being opened or open. */
    int open() {
        return links.size();
    }

    /** For views: how many connections of a queue are in a state. */
    int count(DeliveryQueue queue, Link.State state) {
        int count = 0;
        for (Link link : links.of(queue)) {
            count += link.state() == state ? 1 : 0;
        }
        return count;
    }
}
