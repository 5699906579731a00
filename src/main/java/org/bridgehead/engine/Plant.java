package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bridgehead.core.directory.ControllerState;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Logins;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.BackPressure;
import org.bridgehead.core.hub.BuiltInInternet;
import org.bridgehead.core.hub.Snapshot;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mailbox.DuplicateFilter;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.dns.MailExchangers;
import org.bridgehead.io.ldap.LdapConditions;
import org.bridgehead.io.mailstore.ImapView;
import org.bridgehead.io.mailstore.MailStoreSettings;
import org.bridgehead.io.spool.MemorySpool;
import org.bridgehead.io.spool.Spool;
import org.bridgehead.io.tracking.TrackingFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds and holds the parts of a running organisation. Safe for any thread once built. Longer than our other files: the
 * wiring of all parts is meant to be read in one place.
 */
final class Plant {
    private static final Logger LOG = LoggerFactory.getLogger(Plant.class);
    private static final int EVENTS_OF_A_TEST = 1_000_000;
    private static final int EVENTS_OF_A_SERVICE = 10_000;

    private final OrganizationConfig config;
    private final Storage storage;
    private final Activity activity = new Activity();
    private final Threads threads;
    private final ExecutorService pool;
    private final ExecutorService loops;
    private final ExecutorService syncing;
    private final SpoolKeeper keeper;
    private final HubAgents agents;
    private final ScheduledExecutorService watchdog;
    private final EngineClock clock;
    private final Network network;
    private final People people;
    private final OrganizationSecret secret;
    private final TransportSecurity security;
    private final TrackingLog tracking;
    private final SortedMap<String, TransportServer> transport = Names.map();
    private final SortedMap<String, MailboxServer> mailboxes = Names.map();
    private final RealMailboxes realMailboxes;
    private final ConnectorDrivers connectors = new ConnectorDrivers();
    private final HubTurns turns = new HubTurns(
            () -> clock().now(), () -> topology().settings().retry().glitchInterval());
    private final Sender sender = new Sender(this, new ClientLines(0));
    private final SyncTimes syncs = new SyncTimes();
    private final List<Runnable> releases = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> closeables = new ArrayList<>();
    private final Drivers.MxResolver mx;
    private final Optional<Troubles> troubles;
    private final Disks disks = new Disks();
    /** By listener, as {@link Network} calls them. */
    private final SortedMap<String, ServerRig> rigs = Names.map();

    private Spool spool;
    private Redeliveries redeliveries;
    private InternetHosts internet;
    private boolean closed;

    @SuppressWarnings("NullAway.Init") // spool and Internet are opened right after; a failure there closes the plant
    private Plant(OrganizationConfig config, Storage storage) throws IOException {
        this.config = config;
        this.tracking = new TrackingLog(config.virtualStart().isPresent() ? EVENTS_OF_A_TEST : EVENTS_OF_A_SERVICE);
        this.storage = storage;
        Topology topology = config.organization().topology();
        this.threads = new Threads(topology.settings().name());
        this.pool = threads.blocking("io");
        this.loops = threads.lasting("loop");
        this.syncing = threads.single("sync");
        this.keeper = new SpoolKeeper(syncing, pool);
        this.agents = new HubAgents(pool);
        this.watchdog = threads.timer("watchdog");
        Optional<Lockstep> turns = config.lockstep() ? Optional.of(new Lockstep()) : Optional.empty();
        this.troubles = config.lockstep() ? Optional.of(new Troubles()) : Optional.empty();
        this.clock = config.virtualStart().isPresent()
                ? new VirtualClock(activity, config.virtualStart().get(), turns)
                : new SystemClock(threads);
        RoutingTable routes = RoutingTable.of(topology);
        this.network = new Network(routes);
        config.peers().ifPresent(folder -> network.peers(folder));
        this.realMailboxes = new RealMailboxes(config, network, watchdog, pool);
        this.people = new People(
                config.organization(), new LdapConditions(config.folder(), clock::now, this::controllerObstacle));
        closeables.add(people);
        this.secret = OrganizationSecret.of(config);
        this.security = TransportSecurity.of(config);
        this.mx = config.allowOutbound()
                ? MailExchangers.ofPlatform()::resolve
                : BuiltInInternet.of(topology.internet())::resolve;
    }

    static Plant build(OrganizationConfig config, Storage storage) {
        Plant plant;
        try {
            plant = new Plant(config, storage);
        } catch (IOException e) {
            throw new OrganizationStartException(String.valueOf(e.getMessage()), e);
        }
        try {
            plant.furnish();
        } catch (IOException e) {
            plant.close();
            throw new OrganizationStartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            plant.close();
            throw e;
        }
        return plant;
    }

    private void furnish() throws IOException {
        spool = config.data().isPresent()
                ? new TimedSpool(storage.openSpool(config.data().get().resolve("spool")), syncs)
                : memorySpool();
        spool.sweepOrphans();
        redeliveries = Redeliveries.of(config.data(), clock, activity.scope(), pool, this::ask);
        openTracking();
        internet = new InternetHosts(clock, activity, loops, pool, troubles, security, rig(InternetHosts.NAME));
        closeables.add(internet);
        for (Server server : topology().servers().values()) {
            if (runsHere(server.name())) {
                add(server);
            }
        }
        if (transport.isEmpty() && mailboxes.isEmpty()) {
            throw new IOException("there is nothing to run: no hub, edge or embedded mailbox server among "
                    + (config.servers().isEmpty()
                            ? "the servers of the topology"
                            : String.join(", ", config.servers())));
        }
    }

    private Spool memorySpool() {
        return new FillableSpool(MemorySpool.create(), disks);
    }

    /** The disks that tests may fill. */
    private Optional<Disks> spoolDisk() {
        return config.data().isEmpty() ? Optional.of(disks) : Optional.empty();
    }

    /** Whether a server of that name is this process's to run. */
    boolean runsHere(String name) {
        return config.servers().isEmpty() || config.servers().stream().anyMatch(wanted -> Names.same(wanted, name));
    }

    private void openTracking() throws IOException {
        if (config.data().isEmpty()) {
            return;
        }
        TrackingWriter writer =
                new TrackingWriter(new TrackingFile(config.data().get().resolve("tracking")), threads);
        closeables.add(writer);
        tracking.file(writer);
    }

    private void add(Server server) throws IOException {
        if (server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT)) {
            transport.put(server.name(), transportServer(server));
        }
        if (server.mailbox().isEmpty()) {
            return;
        }
        if (server.mailbox().get().nodes().stream().anyMatch(MailboxNode::isEmbedded)) {
            mailboxes.put(server.name(), mailboxServer(server));
        } else {
            realMailboxes.add(server, redeliveries, clock);
        }
    }

    private TransportServer transportServer(Server server) throws IOException {
        Outbound.Dialer others = new Dialing(
                server.name(),
                network,
                secret,
                security,
                config.folder(),
                config.allowOutbound(),
                internet::listenerFor,
                connectors::of,
                watchdog);
        Outbound.Dialer dialer = new RealDialing(server.name(), realMailboxes, others);
        Drivers.Shared shared = new Drivers.Shared(
                spool,
                people.near(server.name()),
                mx,
                new ReportRenderer(topology().settings().defaultDomain()),
                tracking::write,
                clock,
                pool,
                topology().settings().limits().maxMessageSize(),
                redeliveries,
                agents);
        TransportServer transportServer = new TransportServer(
                server.name(),
                new TransportServer.Parts(
                        spool,
                        clock,
                        activity,
                        threads,
                        loops,
                        pool,
                        network,
                        shared,
                        () -> snapshot(server.name()),
                        dialer,
                        StandingOrders.of(config.data(), server.name()),
                        troubles,
                        new Faults(server.name(), network, rig(server.name()), spoolDisk())));
        Doors.of(server, topology(), this, transportServer).forEach(transportServer::add);
        transportServer.onChange(up -> {
            witness(server.name(), up);
            released();
        });
        transportServer.onRelease(this::released);
        transportServer.onMail(tracking::remember);
        return transportServer;
    }

    private MailboxServer mailboxServer(Server server) throws IOException {
        MailStoreSettings settings = (config.data().isPresent() ? storage.mailboxes() : MailStoreSettings.DEFAULT)
                .generationSize(server.mailbox().orElseThrow().settings().logSize())
                .duplicateRetention(DuplicateFilter.retentionFor(
                        topology().settings().dumpster().maxTime()));
        MailboxCluster.Parts parts = new MailboxCluster.Parts(
                new StoreCopies(server, config.data().map(data -> data.resolve("mailboxes"))),
                new ClusterFile(config.data(), server.name()),
                redeliveries,
                address -> People.mailbox(people.find(server.name(), address)),
                settings,
                clock,
                activity.scope(),
                pool,
                network);
        return MailboxServer.of(
                server,
                parts,
                this,
                (store, imap, pop3) -> new ImapView(
                        store,
                        (user, password) -> people.login(server.name(), user, password)
                                .mailbox()
                                .map(DirectoryEntry.Mailbox::name),
                        imap,
                        pop3,
                        pool));
    }

    /** The mailbox with an address. */
    Optional<DirectoryEntry.Mailbox> mailbox(EmailAddress address) {
        return People.mailbox(people.find(address));
    }

    private Optional<String> controllerObstacle(String site, String controller) {
        Optional<Server> server = topology().server(controller);
        boolean abroad = !config.allowOutbound()
                && server.flatMap(Server::ldap)
                        .map(ControllerHandle::at)
                        .filter(at -> !Dialing.isLoopback(at))
                        .isPresent();
        return abroad
                ? Optional.of("is not on this machine (--allow-outbound?)")
                : server.flatMap(its -> network.obstacle(site, its));
    }

    void startAll() {
        internet.start();
        topology().servers().values().stream()
                .flatMap(server -> server.mailbox().flatMap(MailboxRole::witness).stream())
                .filter(hub -> !runsHere(hub))
                .forEach(hub -> witness(hub, true));
        mailboxes.values().forEach(MailboxServer::start);
        realMailboxes.start();
        // All doors first: a server must not find its neighbour closed, and wait, only because that starts a moment
        // later.
        transport.values().forEach(TransportServer::open);
        transport.values().forEach(TransportServer::recover);
        redeliveries.resume();
        if (config.virtualStart().isEmpty()) {
            Meter meter = new Meter(spool, syncs, config.data().map(data -> data.resolve("spool")), pool);
            long interval = BackPressure.INTERVAL.toMillis();
            watchdog.scheduleWithFixedDelay(() -> meter.look(transport.values()), 0, interval, TimeUnit.MILLISECONDS);
        }
    }

    void drainAll() {
        together(transport.values());
        together(mailboxes.values());
    }

    /** All at once: their time to finish is counted once. */
    private void together(Collection<? extends ServerHandle> servers) {
        List<Future<?>> ends = new ArrayList<>();
        servers.forEach(server -> ends.add(pool.submit(server::drain)));
        for (Future<?> end : ends) {
            try {
                end.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                LOG.error("a server could not be drained", e.getCause());
            }
        }
    }

    synchronized Residue close() {
        if (closed) {
            return new Residue(List.of(), List.of(), List.of(), List.of());
        }
        closed = true;
        List<String> unsettled = Stream.concat(
                        transport.values().stream().map(TransportServer::unsettled),
                        mailboxes.values().stream()
                                .map(server -> server.outbox().unsettled()))
                .flatMap(List::stream)
                .toList();
        List<String> bugs = bugs();
        transport.values().forEach(TransportServer::kill);
        mailboxes.values().forEach(MailboxServer::close);
        realMailboxes.close();
        closeables.forEach(closeable -> quietly(closeable));
        connectors.close();
        clock.close();
        watchdog.shutdownNow();
        syncing.shutdownNow();
        if (spool != null) {
            quietly(spool);
        }
        pool.shutdownNow();
        loops.shutdownNow();
        return new Residue(unsettled, threads.alive(Duration.ofSeconds(10)), stuck(), bugs);
    }

    private List<String> stuck() {
        List<String> stuck = new ArrayList<>();
        transport.values().forEach(server -> stuck.addAll(server.stuckPorts()));
        mailboxes.values().forEach(server -> stuck.addAll(server.stuckPorts()));
        return stuck;
    }

    private static void quietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("closing {} failed: {}", part, e.toString());
        }
    }

    List<String> bugs() {
        List<String> bugs = new ArrayList<>();
        for (TransportServer server : transport.values()) {
            server.bugs().forEach(bug -> bugs.add(server.name() + ": " + bug));
        }
        return bugs;
    }

    /** The domain controllers that are asked, those apart that have another handle. */
    private SortedMap<String, ServerHandle> controllers() {
        SortedMap<String, ServerHandle> all = Names.map();
        for (ControllerState state : people.controllers()) {
            topology()
                    .server(state.name())
                    .flatMap(Server::ldap)
                    .ifPresent(address -> all.put(state.name(), new ControllerHandle(state.name(), address, network)));
        }
        return all;
    }

    SortedMap<String, ServerHandle> servers() {
        SortedMap<String, ServerHandle> all = Names.map();
        all.putAll(controllers());
        all.putAll(mailboxes);
        all.putAll(transport);
        return all;
    }

    ServerHandle server(String name) {
        ServerHandle server = servers().get(name);
        if (server == null) {
            throw new IllegalArgumentException("no server " + name + " runs here; there are "
                    + String.join(", ", servers().keySet()));
        }
        return server;
    }

    /**
     * A machine of a mailbox server.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    NodeHandle node(String name) {
        for (Server server : topology().servers().values()) {
            Optional<MailboxNode> node = server.mailbox().stream()
                    .flatMap(role -> role.nodes().stream())
                    .filter(its -> Names.same(its.name(), name))
                    .findFirst();
            if (node.isPresent() && mailboxes.containsKey(server.name())) {
                return mailboxServer(server.name()).node(node.get().name());
            }
            Optional<RealCluster> real = node.flatMap(its -> realMailboxes.cluster(server.name()));
            if (real.isPresent()) {
                return real.get().handle(name);
            }
        }
        throw new IllegalArgumentException("no mailbox node " + name + " runs here");
    }

    /** Whose turn it is to take what people hand in. */
    HubTurns turns() {
        return turns;
    }

    /** A hub started or died: the clusters whose witness it holds count it. */
    private void witness(String hub, boolean up) {
        if (up) {
            turns.answered(hub);
            topology().server(hub).flatMap(Server::site).ifPresent(this::hubUp);
        }
        for (Server server : topology().servers().values()) {
            boolean its = server.mailbox()
                    .flatMap(MailboxRole::witness)
                    .filter(witness -> Names.same(witness, hub))
                    .isPresent();
            MailboxServer mailbox = its ? mailboxes.get(server.name()) : null;
            if (mailbox != null) {
                mailbox.cluster().witness(up);
            }
            if (its) {
                realMailboxes.cluster(server.name()).ifPresent(real -> real.witness(up));
            }
        }
    }

    /** What waits in Outboxes of a site is tried again. */
    private void hubUp(String site) {
        mailboxes.values().stream()
                .filter(server -> topology()
                        .server(server.name())
                        .flatMap(Server::site)
                        .filter(its -> Names.same(its, site))
                        .isPresent())
                .forEach(server -> server.outbox().hubUp());
    }

    MailboxServer mailboxServer(String name) {
        MailboxServer server = mailboxes.get(name);
        if (server == null) {
            throw new IllegalArgumentException("no embedded mailbox server " + name + " runs here");
        }
        return server;
    }

    /** Mailbox servers whose nodes are real ones. */
    RealMailboxes realMailboxes() {
        return realMailboxes;
    }

    Collection<TransportServer> transportServers() {
        return transport.values();
    }

    SortedMap<String, MailboxServer> mailboxServers() {
        return mailboxes;
    }

    ConnectorDrivers connectors() {
        return connectors;
    }

    Sender sender() {
        return sender;
    }

    /** Calls {@code told} whenever a server has let go of a message, has started or ended, in whichever thread does it. */
    Runnable onRelease(Runnable told) {
        releases.add(told);
        return () -> releases.remove(told);
    }

    Organization organization() {
        return people.organization();
    }

    People people() {
        return people;
    }

    OrganizationConfig config() {
        return config;
    }

    Topology topology() {
        return network.routes().topology();
    }

    Network network() {
        return network;
    }

    EngineClock clock() {
        return clock;
    }

    Activity activity() {
        return activity;
    }

    /** What a hub or edge knows; only hubs have agents. */
    Snapshot snapshot(String server) {
        Snapshot known = Snapshot.of(network.routes(), server);
        return known.isEdge() ? known : known.withAgents(agents.stages());
    }

    HubAgents agents() {
        return agents;
    }

    private void released() {
        releases.forEach(Runnable::run);
    }

    ExecutorService pool() {
        return pool;
    }

    /** Threads for event loops. */
    ExecutorService loops() {
        return loops;
    }

    SpoolKeeper keeper() {
        return keeper;
    }

    Threads threads() {
        return threads;
    }

    Spool spool() {
        return spool;
    }

    Logins logins() {
        return people.logins();
    }

    OrganizationSecret secret() {
        return secret;
    }

    TransportSecurity security() {
        return security;
    }

    TrackingLog tracking() {
        return tracking;
    }

    SyncTimes syncs() {
        return syncs;
    }

    /** What may be scripted to go wrong; only in lockstep. */
    Optional<Troubles> troubles() {
        return troubles;
    }

    Disks disks() {
        return disks;
    }

    /**
     * What a test does to a listener; empty where no test does anything: mail on a disk in real time is somebody's.
     *
     * @param listener as {@link Network} calls it
     */
    Optional<ServerRig> rig(String listener) {
        if (config.data().isPresent() && config.virtualStart().isEmpty()) {
            return Optional.empty();
        }
        synchronized (rigs) {
            return Optional.of(rigs.computeIfAbsent(listener, this::newRig));
        }
    }

    private ServerRig newRig(String listener) {
        boolean virtual = config.virtualStart().isPresent();
        return new ServerRig(
                listener, clock::now, () -> virtual ? Pace.FULL : network.pace(new Item(Item.SERVER, listener)));
    }

    InternetHosts internet() {
        return internet;
    }

    /** What mailbox servers ask hubs to deliver again. */
    Redeliveries redeliveries() {
        return redeliveries;
    }

    private boolean ask(RedeliveryRequest request) {
        TransportServer hub = transport.get(request.hub());
        return hub != null && hub.redeliver(request);
    }

    Optional<Path> peers() {
        return config.peers();
    }
}
