package org.bridgehead.core.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.routing.MxPlan;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.Rotation;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.SendConnector;

/**
 * Opens, reuses and closes connections: which server is tried first, which one next, how many at once (BEHAVIOUR 1.4,
 * 3.2). What becomes of the messages is decided by the {@link Queues} it reports to. Owned by the hub's thread.
 */
final class Connections {
    /** Copies waiting per connection being opened before another one is opened beside it. */
    private static final int BACKLOG_PER_OPENING = 10;

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

        /** An attempt ended; {@code overtaken}: the topology has changed since it began. */
        void transmitted(
                DeliveryQueue queue,
                QueuedCopy copy,
                Target target,
                List<RecipientOutcome> outcomes,
                boolean overtaken);

        /** The transmission for a copy. */
        Transmission transmission(QueuedCopy copy, Target target);
    }

    private final Desk desk;
    private final Owner owner;
    private final TreeMap<ConnectionId, Link> links = new TreeMap<>();
    private final TreeMap<String, List<Link>> byQueue = Names.map();
    private int busy;
    private final TreeMap<Long, Link> resolving = new TreeMap<>();
    /** Servers that did not answer, with the time of the next probe. */
    private final TreeMap<String, Instant> nextProbe = Names.map();

    private long lastConnection;
    private boolean draining;

    Connections(Desk desk, Owner owner) {
        this.desk = desk;
        this.owner = owner;
    }

    /** Sends what can be sent of a queue. */
    void pump(DeliveryQueue queue) {
        if (!queue.mayTry() || draining || queue.hop() instanceof NextHop.Unreachable) {
            return;
        }
        for (Link link : linksOf(queue)) {
            if (queue.isEmpty()) {
                return;
            }
            if (link.state() == Link.State.IDLE) {
                transmit(link, queue.take());
            }
        }
        while (queue.mayTry() && !queue.isEmpty() && mayOpen(queue)) {
            open(queue);
        }
    }

    void connected(ConnectionId id, ConnectOutcome outcome) {
        Link link = link(id);
        DeliveryQueue queue = link.queue();
        if (outcome instanceof ConnectOutcome.Ready) {
            link.idle();
            nextProbe.remove(healthKey(link.target()));
            owner.succeeded(queue);
            pump(queue);
            rest(link);
            return;
        }
        String why = link.target().displayName() + ": " + reason(outcome);
        markDead(link.target());
        remove(link);
        boolean last = !tryNext(link) && linksOf(queue).isEmpty();
        if (last && !(link.isProbe() && queue.isEmpty())) {
            owner.failed(queue, link.begun(), why);
        }
    }

    void resolved(long id, MxAnswer answer) {
        Link link = resolving.remove(id);
        if (link == null) {
            throw new IllegalStateException("no MX look-up " + id + " is under way");
        }
        remove(link);
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
    }

    private void plan(Link link, NextHop.Dns hop, List<MxPlan.Mx> records) {
        MxPlan plan = MxPlan.of(
                hop.domain(), records, List.of(desk.self()), link.queue().nextTurn());
        if (plan instanceof MxPlan.Refused no) {
            owner.refused(link.queue(), no.status(), no.reason());
            return;
        }
        link.candidates(((MxPlan.Hosts) plan)
                .hosts().stream()
                        .map(host -> (Target) new Target.Host(hop.connector(), new HostPort(host, SMTP_PORT)))
                        .toList());
        tryNext(link);
    }

    void transmitted(ConnectionId id, List<RecipientOutcome> outcomes, boolean usable) {
        Link link = link(id);
        QueuedCopy copy = link.finish();
        busy--;
        Target target = link.target();
        boolean pressed = outcomes.stream().anyMatch(Connections::isServerTrouble);
        if (pressed) {
            markDead(target);
        }
        boolean spent = link.sent() >= limits().messagesPerConnection();
        if (!usable || pressed || spent || draining) {
            close(link);
        }
        owner.transmitted(link.queue(), copy, target, outcomes, link.isOvertaken());
        pump(link.queue());
        rest(link);
        if (isUnused(link.queue())) {
            owner.unused(link.queue());
        }
    }

    /** Whether the outcome speaks of the server, not of the message: another server may take it now. */
    static boolean isServerTrouble(RecipientOutcome outcome) {
        return outcome instanceof RecipientOutcome.Deferred deferred
                && deferred.status().subject() == 3;
    }

    /** Opens nothing more; what is being sent ends. */
    void drain() {
        draining = true;
        for (Link link : List.copyOf(links.values())) {
            if (link.state() == Link.State.IDLE) {
                close(link);
            }
        }
    }

    /** Copies being sent. */
    int busy() {
        return busy;
    }

    /** What is being sent was routed by a topology that is gone. */
    void overtake() {
        links.values().stream().filter(link -> link.state() == Link.State.BUSY).forEach(Link::markOvertaken);
    }

    /** The connections of a queue in the order of opening; not to be kept. */
    private List<Link> linksOf(DeliveryQueue queue) {
        return byQueue.getOrDefault(queue.name(), List.of());
    }

    boolean isUnused(DeliveryQueue queue) {
        return linksOf(queue).isEmpty();
    }

    private void put(Link link) {
        links.put(link.id(), link);
        byQueue.computeIfAbsent(link.queue().name(), name -> new ArrayList<>()).add(link);
    }

    private void remove(Link link) {
        links.remove(link.id());
        List<Link> own = byQueue.get(link.queue().name());
        if (own != null && own.remove(link) && own.isEmpty()) {
            byQueue.remove(link.queue().name());
        }
    }

    private Link link(ConnectionId id) {
        Link link = links.get(id);
        if (link == null) {
            throw new IllegalStateException("no connection " + id);
        }
        return link;
    }

    private ConnectionLimits limits() {
        return desk.snapshot().settings().connections();
    }

    private boolean mayOpen(DeliveryQueue queue) {
        List<Link> own = linksOf(queue);
        long opening = own.stream()
                .filter(link -> link.state() == Link.State.OPENING && !link.isProbe())
                .count();
        return own.size() < limits().maxPerNextHop()
                && links.size() < limits().maxOutbound()
                && (opening == 0 || queue.size() > opening * BACKLOG_PER_OPENING);
    }

    private void open(DeliveryQueue queue) {
        Link link = new Link(new ConnectionId(++lastConnection), queue, desk.now());
        if (queue.hop() instanceof NextHop.Dns dns) {
            put(link);
            long number = desk.number();
            resolving.put(number, link);
            desk.emit(new HubEffect.ResolveMx(number, dns.domain()));
            return;
        }
        List<Target> targets = targets(queue);
        link.candidates(targets);
        if (!tryNext(link)) {
            owner.failed(queue, link.begun(), "4.4.4 nobody is there to take it");
        } else if (desk.snapshot().settings().routing().loadBalancing() == LoadBalancing.HEALTHY) {
            probe(queue, targets);
        }
    }

    /**
     * A dead server leaves the rotation and is probed beside it (BEHAVIOUR 1.4.4): tried in its turn, it would hand its
     * share to one neighbour. When all are dead, the order itself tries them.
     */
    private void probe(DeliveryQueue queue, List<Target> targets) {
        if (isDead(healthKey(targets.get(0)))) {
            return;
        }
        for (Target target : targets) {
            Instant due = nextProbe.get(healthKey(target));
            if (due != null && !due.isAfter(desk.now())) {
                markDead(target);
                Link link = Link.probe(new ConnectionId(++lastConnection), queue, desk.now());
                link.candidates(List.of(target));
                tryNext(link);
            }
        }
    }

    private boolean tryNext(Link link) {
        Optional<Target> next = link.advance(new ConnectionId(++lastConnection));
        next.ifPresent(target -> {
            put(link);
            desk.emit(new HubEffect.Connect(link.id(), target));
        });
        return next.isPresent();
    }

    private List<Target> targets(DeliveryQueue queue) {
        NextHop hop = queue.hop();
        long turn = queue.nextTurn();
        if (hop instanceof NextHop.Mailbox mailbox) {
            return List.of(new Target.Mailbox(mailbox.server()));
        }
        if (hop instanceof NextHop.Sites sites) {
            return peers(desk.snapshot().routes().hubsOf(sites.candidates().get(0)), turn);
        }
        if (hop instanceof NextHop.Servers servers) {
            return peers(servers.servers(), turn);
        }
        if (hop instanceof NextHop.SmartHosts hosts) {
            return smartHosts(hosts, turn);
        }
        NextHop.Foreign foreign = (NextHop.Foreign) hop;
        return List.of(new Target.Foreign(foreign.connector(), foreign.endpoint()));
    }

    private List<Target> peers(List<String> servers, long turn) {
        return Rotation.order(
                        servers, turn, desk.snapshot().settings().routing().loadBalancing(), this::isDead)
                .stream()
                .map(server -> (Target) new Target.Peer(server))
                .toList();
    }

    private List<Target> smartHosts(NextHop.SmartHosts hop, long turn) {
        List<String> names = hop.hosts().stream().map(HostPort::toString).toList();
        return Rotation.order(names, turn, desk.snapshot().settings().routing().loadBalancing(), this::isDead).stream()
                .map(name ->
                        (Target) new Target.Host(hop.connector(), hop.hosts().get(names.indexOf(name))))
                .toList();
    }

    private boolean isDead(String server) {
        return nextProbe.containsKey(server);
    }

    /** Exchangers of foreign domains are not remembered: there is no end to them. */
    private void markDead(Target target) {
        if (!(target instanceof Target.Host host) || isSmartHost(host)) {
            nextProbe.put(
                    healthKey(target), desk.now().plus(desk.snapshot().retry().glitchInterval()));
        }
    }

    private boolean isSmartHost(Target.Host host) {
        SendConnector connector = desk.snapshot().topology().sendConnectors().get(host.connector());
        return connector != null && connector.smartHosts().contains(host.host());
    }

    private static String healthKey(Target target) {
        return target instanceof Target.Host host ? host.host().toString() : target.displayName();
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
        remove(link);
        desk.emit(new HubEffect.Close(link.id()));
    }

    /** A connection without work is kept a while, then closed. */
    private void rest(Link link) {
        if (link.state() != Link.State.IDLE || links.get(link.id()) != link) {
            return;
        }
        if (draining) {
            close(link);
            return;
        }
        int sent = link.sent();
        desk.timers().at(desk.now().plus(KEEP_IDLE), () -> {
            if (links.get(link.id()) == link && link.state() == Link.State.IDLE && link.sent() == sent) {
                close(link);
                if (isUnused(link.queue())) {
                    owner.unused(link.queue());
                }
            }
        });
    }

    /** For views: the connections of a queue that are being opened or in use. */
    List<Link.State> states(DeliveryQueue queue) {
        return linksOf(queue).stream().map(Link::state).toList();
    }
}
