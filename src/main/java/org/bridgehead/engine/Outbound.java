package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.bridgehead.core.hub.ConnectOutcome;
import org.bridgehead.core.hub.ConnectionId;
import org.bridgehead.core.hub.DeliveryNote;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.Scram;
import org.bridgehead.io.net.EventLoop;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;
import org.bridgehead.io.net.TimeLimits;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outgoing connections of one node: performs {@code Connect}, {@code Transmit} and {@code Close}. Each connection
 * does one thing at a time, because the hub waits for its answer. Those in clear are served by one event loop; whatever may
 * wait runs side by side in the pool. Longer than most files: the three ways of a message out, by a loop, by a thread and by a
 * driver, end in the same place.
 */
final class Outbound {
    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);
    /** How exact the time limits of a transaction are. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private static final TimeLimits LIMITS = TimeLimits.rfc5321();
    private static final EnhancedStatus CONNECTION_LOST = EnhancedStatus.of("4.4.2");
    private static final EnhancedStatus DRIVER_TROUBLE = EnhancedStatus.of("4.4.0");

    /** How a node reaches others. */
    interface Dialer {
        /** What keeps connections to the target from working now; empty = the way is free. */
        Optional<String> obstacle(Target target);

        /** The same for a connection that leads to one node of a mailbox server. */
        default Optional<String> obstacle(Target target, RealNode node) {
            return obstacle(target);
        }

        /** How slow the way to the target is. */
        default Pace pace(Target target) {
            return Pace.FULL;
        }

        /** Where the target is reached and how it is spoken to, or why it cannot be reached. */
        Route route(Target target, Optional<Scram.Salted> salted);

        /** The driver of a foreign connector. */
        Optional<ConnectorDriver> driver(Target.Foreign target);
    }

    /** The answer of a {@link Dialer}. */
    sealed interface Route {
        /**
         * There.
         *
         * @param address of the peer
         * @param settings of the dialogue
         * @param real the mailbox node that it is; empty = none, or an embedded one
         */
        record To(InetSocketAddress address, SmtpConnection.Settings settings, Optional<RealNode> real)
                implements Route {
            To(InetSocketAddress address, SmtpConnection.Settings settings) {
                this(address, settings, Optional.empty());
            }
        }

        /**
         * No way.
         *
         * @param why one line
         */
        record Barred(String why) implements Route {}
    }

    /** What a thread of the pool is to do when it has done what it is at. */
    private static final class Errands {
        private final Outbound of;
        private @Nullable Runnable next;

        Errands(Outbound of) {
            this.of = of;
        }
    }

    private static final ThreadLocal<@Nullable Errands> ERRANDS = new ThreadLocal<>();

    /** An open connection and where it leads. */
    private record Leg(SmtpConnection connection, Target target, Optional<RealNode> real) {}

    private final HubNode node;
    private final Spool spool;
    private final Shard shard;
    private final Dialer dialer;
    private final ExecutorService pool;
    private final ExecutorService loops;
    private final Optional<Troubles> troubles;
    private final ConcurrentHashMap<ConnectionId, Leg> open = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ConnectionId, Target.Foreign> foreign = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<SmtpConnection, Boolean> dialing = new ConcurrentHashMap<>();
    private volatile Optional<Scram.Salted> salted = Optional.empty();
    private volatile boolean cut;
    /** There once the first connection needs it. */
    private @Nullable EventLoop loop;

    /**
     * The connections of a node.
     *
     * @param loops a thread for an event loop, once there is a connection for it
     * @param troubles what was scripted to go wrong; empty = nothing is
     */
    Outbound(
            HubNode node,
            Spool spool,
            Dialer dialer,
            ExecutorService loops,
            ExecutorService pool,
            Optional<Troubles> troubles) {
        this.node = node;
        this.spool = spool;
        this.shard = new Shard(node.name());
        this.dialer = dialer;
        this.pool = pool;
        this.troubles = troubles;
        this.loops = loops;
    }

    /** The loop; empty when the system has no descriptor left for one, or the node has died. */
    private synchronized Optional<EventLoop> loop() {
        if (loop == null && !cut) {
            try {
                EventLoop fresh = EventLoop.open(TICK);
                loops.execute(fresh);
                loop = fresh;
            } catch (IOException e) {
                LOG.warn("{}: connections have threads of their own: {}", node.name(), e.toString());
            }
        }
        return Optional.ofNullable(loop);
    }

    void connect(HubEffect.Connect effect) {
        Duration latency = dialer.pace(effect.target()).latency();
        boolean late = latency.compareTo(LIMITS.banner()) > 0;
        after(late ? LIMITS.banner() : latency, () -> {
            ConnectOutcome outcome = late
                    ? new ConnectOutcome.Unreachable(
                            "no greeting within " + LIMITS.banner().toMinutes() + " minutes")
                    : dial(effect.connection(), effect.target());
            node.bring(List.of((hub, now) -> hub.connected(effect.connection(), outcome, now)));
        });
    }

    /** Works in the pool, once so much time has passed, in which nothing is under way (DECISIONS 6.1). */
    private void after(Duration delay, Runnable work) {
        if (delay.isZero()) {
            inPool(work);
        } else {
            node.after(delay, () -> inPool(work));
        }
    }

    /**
     * What the hub wants next while a thread of the pool brings it an answer, that thread does itself: mostly it is the
     * next message for the same connection.
     */
    private void inPool(Runnable work) {
        node.activity().begin();
        Errands errands = ERRANDS.get();
        if (errands != null && errands.of == this && errands.next == null) {
            errands.next = work;
        } else {
            pool.execute(() -> workOn(work));
        }
    }

    private void workOn(Runnable first) {
        Errands errands = new Errands(this);
        ERRANDS.set(errands);
        try {
            Runnable work = first;
            while (work != null) {
                errands.next = null;
                work.run();
                node.activity().end();
                work = errands.next;
            }
        } finally {
            ERRANDS.remove();
        }
    }

    private ConnectOutcome dial(ConnectionId id, Target target) {
        if (target instanceof Target.Foreign endpoint) {
            if (dialer.driver(endpoint).isEmpty()) {
                return new ConnectOutcome.Unreachable("no connector driver serves " + endpoint.endpoint()
                        + " (is camel-core-engine on the class path?)");
            }
            foreign.put(id, endpoint);
            return new ConnectOutcome.Ready(false);
        }
        Route route = dialer.route(target, salted);
        if (route instanceof Route.Barred barred) {
            return new ConnectOutcome.Unreachable(barred.why());
        }
        Route.To to = (Route.To) route;
        List<SmtpConnection> attempts = new ArrayList<>();
        try {
            ConnectResult result = SmtpConnection.connect(to.address(), to.settings(), attempt -> {
                attempts.add(attempt);
                dialing.put(attempt, true);
            });
            return result instanceof ConnectResult.Connected connected
                    ? taken(id, new Leg(connected.connection(), target, to.real()))
                    : failed(result);
        } catch (RuntimeException e) {
            LOG.error("{}: connecting to {} failed: this is a bug", node.name(), to.address(), e);
            return new ConnectOutcome.Unreachable("internal error: " + e);
        } finally {
            attempts.forEach(dialing::remove);
        }
    }

    private ConnectOutcome taken(ConnectionId id, Leg leg) {
        salted = leg.connection().salted().or(() -> salted);
        open.put(id, leg);
        if (cut) {
            leg.connection().abort();
        }
        return new ConnectOutcome.Ready(leg.connection().reports());
    }

    private static ConnectOutcome failed(ConnectResult result) {
        if (result instanceof ConnectResult.Refused refused) {
            return new ConnectOutcome.Refused(
                    refused.why().status(), refused.why().reply());
        }
        return new ConnectOutcome.Unreachable(
                ((ConnectResult.Lost) result).why().reason());
    }

    void transmit(HubEffect.Transmit effect) {
        Transmission mail = effect.transmission();
        Optional<Leg> way = Optional.ofNullable(open.get(effect.connection()));
        Pace pace = way.map(leg -> dialer.pace(leg.target())).orElse(Pace.FULL);
        Optional<EventLoop> free = way.filter(leg -> pace.equals(Pace.FULL)
                        && leg.real().isEmpty()
                        && leg.connection().isInClear())
                .flatMap(leg -> loop());
        if (free.isPresent()) {
            node.activity().begin();
            free.get().execute(() -> transmit(effect, way.get(), free.get()));
            return;
        }
        boolean late = pace.latency().compareTo(LIMITS.finalReply()) > 0;
        after(
                late
                        ? LIMITS.finalReply()
                        : pace.latency().plus(pace.time(mail.state().size())),
                () -> {
                    if (isPoison(mail.copy().message())) {
                        node.bring(List.of((hub, now) -> hub.transmitted(effect.connection(), List.of(), true, now)));
                        return;
                    }
                    way.filter(leg -> late).ifPresent(leg -> leg.connection().abort());
                    Optional<Target> driven = Optional.ofNullable(foreign.get(effect.connection()));
                    List<RecipientOutcome> outcomes = transmit(effect.connection(), mail);
                    note(mail, outcomes, way.map(Leg::target).or(() -> driven), reports(way));
                    Leg leg = open.get(effect.connection());
                    boolean usable = leg == null
                            ? foreign.containsKey(effect.connection())
                            : leg.connection().usable();
                    node.bring(List.of((hub, now) -> hub.transmitted(effect.connection(), outcomes, usable, now)));
                });
    }

    /** In the loop. */
    private void transmit(HubEffect.Transmit effect, Leg leg, EventLoop in) {
        Transmission mail = effect.transmission();
        if (isPoison(mail.copy().message())) {
            node.bring(List.of((hub, now) -> hub.transmitted(effect.connection(), List.of(), true, now)));
            node.activity().end();
            return;
        }
        try {
            breakIfLost(leg);
            leg.connection()
                    .transmit(
                            outgoing(mail, leg.target()),
                            new SpoolBody(spool, mail.body()),
                            in,
                            outcomes -> transmitted(effect, leg, outcomes));
        } catch (RuntimeException e) {
            LOG.error("{}: sending {} failed: this is a bug", node.name(), mail.copy(), e);
            leg.connection().abort();
            transmitted(effect, leg, all(mail, DRIVER_TROUBLE, "internal error: " + e));
        }
    }

    private void transmitted(HubEffect.Transmit effect, Leg leg, List<RecipientOutcome> outcomes) {
        SmtpConnection connection = leg.connection();
        note(effect.transmission(), outcomes, Optional.of(leg.target()), connection.reports());
        boolean usable = connection.usable();
        node.bring(List.of((hub, now) -> hub.transmitted(effect.connection(), outcomes, usable, now)));
        node.activity().end();
    }

    /** Before anything else: what stands nowhere is sent again when the process dies. */
    private void note(Transmission mail, List<RecipientOutcome> outcomes, Optional<Target> to, boolean reports) {
        to.flatMap(target -> DeliveryNote.of(mail, outcomes, target, reports))
                .ifPresent(note -> spool.note(shard, note));
    }

    /** All sockets are on one machine: nothing else breaks those whose link is lost. */
    private void breakIfLost(Leg leg) {
        leg.real()
                .map(real -> dialer.obstacle(leg.target(), real))
                .orElseGet(() -> dialer.obstacle(leg.target()))
                .ifPresent(lost -> leg.connection().abort());
    }

    /** Scripted: an outcome that no driver may bring, which ends the hub. */
    private boolean isPoison(InternalId message) {
        return troubles.filter(scripted -> scripted.crashesWith(node.name(), message))
                .isPresent();
    }

    private static boolean reports(Optional<Leg> way) {
        return way.filter(leg -> leg.connection().reports()).isPresent();
    }

    private List<RecipientOutcome> transmit(ConnectionId id, Transmission mail) {
        SpoolBody body = new SpoolBody(spool, mail.body());
        try {
            Target.Foreign endpoint = foreign.get(id);
            if (endpoint != null) {
                return dialer.driver(endpoint)
                        .map(driver -> driver.deliver(endpoint.connector(), endpoint.endpoint(), mail, body))
                        .orElseGet(() -> all(mail, DRIVER_TROUBLE, "the connector driver is gone"));
            }
            Leg leg = open.get(id);
            if (leg == null) {
                return all(mail, CONNECTION_LOST, "the connection is gone");
            }
            breakIfLost(leg);
            return leg.real()
                    .filter(node -> leg.connection().usable())
                    .map(node -> node.deliver(mail, body, leg.connection()::transmit))
                    .orElseGet(() -> leg.connection().transmit(outgoing(mail, leg.target()), body));
        } catch (RuntimeException e) {
            LOG.error("{}: sending {} failed: this is a bug", node.name(), mail.copy(), e);
            return all(mail, DRIVER_TROUBLE, "internal error: " + e);
        }
    }

    private Outgoing outgoing(Transmission mail, Target target) {
        return new Outgoing(
                mail.envelope(),
                Optional.of(mail.state()),
                mail.header().eightBit(),
                mail.header().utf8Header(),
                target instanceof Target.Peer
                        ? Optional.of(new Handover.Mark(spool.identity(), mail.copy()))
                        : Optional.empty());
    }

    private static List<RecipientOutcome> all(Transmission mail, EnhancedStatus status, String why) {
        return mail.envelope().recipients().stream()
                .map(recipient -> (RecipientOutcome) new RecipientOutcome.Deferred(status, why))
                .toList();
    }

    void close(HubEffect.Close effect) {
        foreign.remove(effect.connection());
        Leg leg = open.remove(effect.connection());
        if (leg != null) {
            node.activity().begin();
            Executor by = leg.connection().isInLoop()
                    ? loop().<Executor>map(its -> its::execute).orElse(pool)
                    : pool;
            by.execute(() -> leg.connection().close(node.activity()::end));
        }
    }

    /** Cuts every connection, as the death of the process would. */
    void kill() {
        cut = true;
        open.values().forEach(leg -> leg.connection().abort());
        dialing.keySet().forEach(SmtpConnection::abort);
        open.clear();
        synchronized (this) {
            if (loop != null) {
                loop.close();
            }
        }
    }

    /** Open connections: nothing may be left of them after a close. */
    int size() {
        return open.size();
    }
}
