package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.Snapshot;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.Stage;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.io.spool.Recovered;
import org.bridgehead.io.spool.Recovery;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hub or edge over its lives: each start is a new node with what the spool holds. Longer than most files: what starts a
 * life, ends it, and stands over it has one lock.
 */
final class TransportServer implements ServerHandle {
    private static final Logger LOG = LoggerFactory.getLogger(TransportServer.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration RESTART = Duration.ofSeconds(1);
    private static final int MOST_CRASHES = 20;

    /** What a life of the server is made of. */
    record Parts(
            Spool spool,
            EngineClock clock,
            Activity activity,
            Threads threads,
            ExecutorService loops,
            ExecutorService pool,
            Network network,
            Drivers.Shared drivers,
            Supplier<Snapshot> snapshot,
            Outbound.Dialer dialer,
            StandingOrders orders,
            Optional<Troubles> troubles,
            Faults faults) {}

    private final String name;
    private final Parts parts;
    private final List<Door> doors = new ArrayList<>();
    /** Its receive connectors at the start; each has a door, in this order behind the default one. */
    private final List<String> connectors;

    private volatile Optional<Reply> scripted = Optional.empty();
    private volatile @Nullable HubNode node;
    private volatile @Nullable HubNode fallen;
    private @Nullable Outbound outbound;
    private @Nullable Recovery held;
    private volatile List<String> unsent = List.of();
    private Consumer<Boolean> onChange = up -> {};
    private Runnable onRelease = () -> {};
    private Consumer<SpoolRecord.Accepted> onMail = message -> {};
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();

    TransportServer(String name, Parts parts) {
        this.name = name;
        this.parts = parts;
        this.connectors = parts.network().routes().topology().receiveConnectors().values().stream()
                .filter(connector -> Names.same(connector.server(), name))
                .map(ReceiveConnector::name)
                .toList();
    }

    /** Adds a listener; the first one is the default. */
    void add(Door door) {
        doors.add(door);
    }

    /** The node of the present life; empty between lives. */
    Optional<HubNode> node() {
        return Optional.ofNullable(node).filter(HubNode::isAlive);
    }

    /** The bugs that ended lives of the server. */
    List<Throwable> bugs() {
        return List.copyOf(bugs);
    }

    /** Why it does not run, when a bug is the reason. */
    Optional<String> trouble() {
        return isRunning() || bugs.isEmpty()
                ? Optional.empty()
                : Optional.of("stopped by a bug: " + bugs.get(bugs.size() - 1));
    }

    /**
     * A bug ended a life: what it was working on is counted, and the next life begins by itself, so that a message that
     * crashes the server is set aside after the second time (BEHAVIOUR 3.2). A server that keeps crashing stays down.
     */
    private void crashed(HubNode life, Optional<InternalId> suspect) {
        if (parts.troubles().filter(all -> all.madeFall(name)).isEmpty()) {
            life.bug().ifPresent(bugs::add);
        }
        suspect.ifPresent(message -> {
            int crashes = parts.orders().crashed(message);
            LOG.error("{}: message {} has crashed it {} times", name, message, crashes);
            try {
                parts.orders().save();
            } catch (IOException e) {
                LOG.error("{}: that cannot be remembered over a restart: {}", name, e.toString());
            }
        });
        boolean again = bugs.size() <= MOST_CRASHES;
        if (!again) {
            LOG.error("{} stays down: it has crashed {} times", name, bugs.size());
        }
        later(() -> fall(life, again));
    }

    /** Not in the hub's own thread, which cannot wait for its own end. */
    private void later(Runnable work) {
        Activity.Scope scope = parts.activity().scope();
        scope.begin();
        try {
            parts.pool().execute(() -> {
                try {
                    work.run();
                } finally {
                    scope.end();
                }
            });
        } catch (RejectedExecutionException closed) {
            scope.end();
            LOG.debug("{}: nothing more is done, it is being closed", name, closed);
        }
    }

    /** Nobody is let in, and nothing is sent on, where no hub is; a while later there is one again. */
    private synchronized void fall(HubNode dead, boolean again) {
        if (node != dead) {
            return;
        }
        kill();
        if (again) {
            fallen = dead;
            Instant at = parts.clock().now().plus(RESTART);
            Runnable rising = () -> later(() -> restart(dead));
            parts.clock()
                    .turns()
                    .ifPresentOrElse(
                            turns -> turns.want(at, name, rising),
                            () -> parts.clock().schedule(at, rising));
        }
    }

    /** Whether a bug has stopped it and it is about to start by itself. */
    boolean isFallen() {
        return fallen != null;
    }

    private synchronized void restart(HubNode dead) {
        if (fallen != dead) {
            return; // somebody was faster, or wants it down
        }
        try {
            start();
        } catch (IllegalStateException e) {
            LOG.error("{} does not come up again: {}", name, e.getMessage());
        }
    }

    Admission admission() {
        return node().map(HubNode::admission)
                .orElseGet(() -> Admission.of(parts.snapshot().get().settings()));
    }

    Optional<Reply> scripted() {
        return scripted;
    }

    /** Those of its doors that were not free after they had been closed. */
    List<String> stuckPorts() {
        return doors.stream()
                .filter(Door::isStuck)
                .map(door -> name + ": " + door.address())
                .toList();
    }

    /** Connections that are open to its doors. */
    int openSessions() {
        return doors.stream().mapToInt(Door::sessions).sum();
    }

    /**
     * An operator tells the present life something; nothing happens between lives.
     *
     * @param onlyIf whether to do nothing when it names nothing here
     * @return how many queues or messages it named, once that is done; what stands is remembered then, not yet saved
     */
    CompletableFuture<Integer> operate(Operation operation, boolean onlyIf) {
        return node().map(life -> life.operate(operation, onlyIf, parts.orders()::remember))
                .orElseGet(() -> CompletableFuture.completedFuture(0));
    }

    /** Agents came or went: the present life asks those that are there now. */
    void agentsChanged() {
        node().ifPresent(life -> {
            List<Stage> stages = parts.snapshot().get().agents();
            life.post((hub, now) -> hub.agents(stages, now));
        });
    }

    StandingOrders orders() {
        return parts.orders();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress smtp() {
        return doors.get(0).address();
    }

    /** Where its receive connectors listen, by name. */
    SortedMap<String, HostPort> connectors() {
        SortedMap<String, HostPort> found = Names.map();
        for (int i = 0; i < connectors.size(); i++) {
            found.put(connectors.get(i), Endpoints.at(doors.get(i + 1).address()));
        }
        return found;
    }

    @Override
    public boolean isRunning() {
        return node().isPresent();
    }

    @Override
    public void start() {
        open();
        recover();
    }

    /** Begins a life: its doors are open, what the spool held waits for {@link #recover()}. */
    synchronized void open() {
        if (isRunning()) {
            throw new IllegalStateException(name + " runs already");
        }
        try {
            held = parts.spool().beginRecovery(new Shard(name));
            Drivers drivers = new Drivers(parts.drivers());
            HubNode life = new HubNode(
                    parts.snapshot().get(),
                    parts.spool(),
                    parts.clock(),
                    parts.activity().scope(),
                    parts.threads(),
                    drivers);
            life.begin(parts.spool().nextLife(new Shard(name)), parts.orders().orders());
            life.onCrash(suspect -> crashed(life, suspect));
            life.onRelease(onRelease);
            life.onMail(onMail);
            parts.troubles().ifPresent(all -> life.onTaken(message -> all.taken(name, message.id())));
            Outbound connections =
                    new Outbound(life, parts.spool(), parts.dialer(), parts.loops(), parts.pool(), parts.troubles());
            drivers.bind(life, connections);
            life.start();
            node = life;
            fallen = null;
            outbound = connections;
            unsent = List.of();
            for (Door door : doors) {
                door.open();
            }
            parts.network().listens(name, smtp());
            onChange.accept(true);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot start: " + e.getMessage(), e);
        }
    }

    /** Tries again what the spool held when the present life began. */
    synchronized void recover() {
        HubNode life = node;
        Recovery recovery = held;
        held = null;
        if (life == null || recovery == null) {
            return;
        }
        life.activity().begin();
        parts.pool().execute(() -> {
            try {
                life.recover(recovery, this::report);
            } catch (IOException e) {
                LOG.error("{}: reading the spool ended early, what is left waits for the next start", name, e);
            } finally {
                life.activity().end();
            }
        });
    }

    /** Passes on what a mailbox server asks for; false = it does not run. */
    boolean redeliver(RedeliveryRequest request) {
        Optional<HubNode> life = node().filter(HubNode::isAlive);
        life.ifPresent(its -> its.post((hub, now) -> hub.redeliver(
                request.number(),
                request.storageGroup(),
                request.window().from(),
                request.window().to(),
                now)));
        return life.isPresent();
    }

    private void report(Recovered.Torn torn) {
        LOG.error("{}: damaged record moved aside: {}: {}", name, torn.where(), torn.why());
    }

    @Override
    public synchronized void kill() {
        parts.faults().cut();
        doors.forEach(Door::kill);
        if (outbound != null) {
            outbound.kill();
        }
        HubNode life = node;
        if (life != null) {
            life.kill();
        }
        node = null;
        fallen = null;
        outbound = null;
        if (life != null) {
            onChange.accept(false);
        }
    }

    /** Who is told when it starts ({@code true}) or ends. */
    void onChange(Consumer<Boolean> told) {
        onChange = told;
    }

    @Override
    public synchronized void drain() {
        long end = System.nanoTime() + DRAIN.toNanos();
        doors.forEach(door -> door.drain(left(end)));
        HubNode life = node;
        if (life != null && life.isAlive()) {
            life.post((hub, now) -> hub.operated(new Operation.Drain(), now));
            try {
                life.awaitQuiet(left(end));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            unsent = unsettled();
        }
        kill();
    }

    /** Who is told, in the hub's thread, when nothing is left to do of a message; before the start. */
    void onRelease(Runnable told) {
        onRelease = told;
    }

    /** Who is told of each message before the hub is; before the start. */
    void onMail(Consumer<SpoolRecord.Accepted> told) {
        onMail = told;
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    /** One line for each queue that holds mail, or one for all; when it was drained, as of then. */
    List<String> unsettled() {
        if (node().isEmpty()) {
            return unsent;
        }
        int all = messages();
        List<String> lines = new ArrayList<>();
        for (QueueView queue : all > 0 ? queues() : List.<QueueView>of()) {
            if (queue.messages() > 0) {
                lines.add(
                        queue.identity() + ": " + queue.messages() + (queue.messages() == 1 ? " message" : " messages")
                                + (queue.lastError().isEmpty() ? "" : " (" + queue.lastError() + ")"));
            }
        }
        return all > 0 && lines.isEmpty() ? List.of(name + ": " + all + " messages") : lines;
    }

    @Override
    public void reply(int code, String text) {
        scripted = Optional.of(refusal(code, text));
    }

    static Reply refusal(int code, String text) {
        if (code < 400 || code > 599) {
            throw new IllegalArgumentException("a refusal has a code of 400 to 599: " + code);
        }
        return Reply.of(code, code < 500 ? "4.3.2" : "5.3.2", text);
    }

    @Override
    public void accept() {
        scripted = Optional.empty();
    }

    @Override
    public Faults faults() {
        return parts.faults();
    }

    @Override
    public List<QueueView> queues() {
        Optional<HubNode> life = node();
        if (life.isEmpty()) {
            return List.of();
        }
        try {
            return life.get().queues().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + " does not answer", e);
        }
    }

    @Override
    public int messages() {
        return node().map(HubNode::messages).orElse(0);
    }
}
