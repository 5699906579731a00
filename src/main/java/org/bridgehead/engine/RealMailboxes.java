package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.imap.ImapSearch;
import org.bridgehead.io.imap.MasterAccess;
import org.bridgehead.io.net.ClientTls;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.TimeLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailbox servers whose nodes are real ones: where their mail goes at the moment, and how. A server that runs here has its
 * {@link RealCluster}; of one that another process runs, that process tells which node serves; of one that nobody runs,
 * the first node does. Safe for any thread.
 */
final class RealMailboxes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RealMailboxes.class);
    private static final int IDLE_SECONDS = 30;
    /** Told to other processes while no node serves: a port that nobody listens at. */
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final OrganizationConfig config;
    private final Network network;
    private final ScheduledExecutorService watchdog;
    private final ExecutorService pool;
    private final SortedMap<String, RealCluster> clusters = Names.map();
    private final ConcurrentHashMap<MailboxNode, RealNode> nodes = new ConcurrentHashMap<>();

    /** None yet. */
    RealMailboxes(OrganizationConfig config, Network network, ScheduledExecutorService watchdog, ExecutorService pool) {
        this.config = config;
        this.network = network;
        this.watchdog = watchdog;
        this.pool = pool;
    }

    /** A server that runs here; all its nodes are real. */
    void add(Server server, Redeliveries redeliveries, EngineClock clock) throws IOException {
        RealCluster.Parts parts = new RealCluster.Parts(
                new ClusterFile(config.data(), server.name()),
                new FailureFile(config.data(), server.name()),
                new RealLosses(server, redeliveries, network),
                clock,
                network,
                node -> tell(server.name(), node));
        clusters.put(server.name(), new RealCluster(server, parts));
    }

    void start() {
        clusters.values().forEach(RealCluster::start);
        // Saying goodbye takes its time: the watchdog has connections to cut meanwhile.
        watchdog.scheduleWithFixedDelay(
                () -> pool.execute(() -> nodes.values().forEach(RealNode::rest)),
                IDLE_SECONDS,
                IDLE_SECONDS,
                TimeUnit.SECONDS);
    }

    /** The cluster of a server that runs here. */
    Optional<RealCluster> cluster(String server) {
        return Optional.ofNullable(clusters.get(server));
    }

    /** The clusters of all servers that run here, by the name of the server. */
    SortedMap<String, RealCluster> clusters() {
        return clusters;
    }

    /** Second copies that were not sent to the nodes of a server, so far. */
    long duplicatesDropped(String server) {
        return nodesOf(server).stream()
                .map(nodes::get)
                .filter(node -> node != null)
                .mapToLong(RealNode::duplicatesDropped)
                .sum();
    }

    /** Whether mail of the server goes to real nodes. */
    boolean has(String server) {
        return !nodesOf(server).isEmpty();
    }

    private List<MailboxNode> nodesOf(String server) {
        return network.routes().topology().server(server).flatMap(Server::mailbox).stream()
                .map(MailboxRole::nodes)
                .flatMap(List::stream)
                .filter(node -> !node.isEmbedded())
                .toList();
    }

    private void tell(String server, Optional<String> node) {
        InetSocketAddress at = node.flatMap(name -> nodesOf(server).stream()
                        .filter(its -> Names.same(its.name(), name))
                        .findFirst())
                .map(its -> Dialing.address(door(its)).orElse(NOWHERE))
                .orElse(NOWHERE);
        try {
            network.listens(Network.mailboxDoor(server), at);
        } catch (IOException e) {
            LOG.error("{}: other processes do not learn which node serves: {}", server, e.toString());
        }
    }

    private static HostPort door(MailboxNode node) {
        return node.lmtp().or(node::smtp).orElseThrow();
    }

    /** Why a node, to which a connection was opened, gets no mail any more; empty = it does. */
    Optional<String> obstacle(String server, RealNode node) {
        Optional<RealNode> now = serving(server);
        return now.filter(its -> Names.same(its.name(), node.name())).isPresent()
                ? Optional.empty()
                : Optional.of(now.map(its -> its.name() + " serves " + server + " now")
                        .orElseGet(() -> why(server)));
    }

    /** Where the mail of a server goes. */
    Outbound.Route route(String self, String server) {
        Optional<RealNode> node = serving(server);
        if (node.isEmpty()) {
            return new Outbound.Route.Barred(why(server));
        }
        MailboxNode its = node.get().node();
        HostPort at = door(its);
        if (isAbroad(at)) {
            return new Outbound.Route.Barred(its.name() + " at " + at + " is not on this machine (--allow-outbound?)");
        }
        SendConfig dialogue = SendConfig.plain(self, its.lmtp().isPresent() ? Protocol.LMTP : Protocol.SMTP);
        SmtpConnection.Settings settings = new SmtpConnection.Settings(
                dialogue, at.host(), Optional.of(ClientTls.ofPlatform()), TimeLimits.rfc5321(), Optional.of(watchdog));
        return Dialing.address(at)
                .<Outbound.Route>map(address -> new Outbound.Route.To(address, settings, node))
                .orElseGet(() -> new Outbound.Route.Barred("no address for " + at.host()));
    }

    private boolean isAbroad(HostPort at) {
        return !config.allowOutbound() && !Dialing.isLoopback(at);
    }

    private String why(String server) {
        return cluster(server).map(RealCluster::why).orElse(server + " is offline: no node is active");
    }

    private Optional<RealNode> serving(String server) {
        List<MailboxNode> all = nodesOf(server);
        RealCluster own = clusters.get(server);
        if (own != null) {
            return own.serving()
                    .flatMap(name -> all.stream()
                            .filter(node -> Names.same(node.name(), name))
                            .findFirst())
                    .map(this::known);
        }
        return elsewhere(server, all).map(this::known);
    }

    private Optional<MailboxNode> elsewhere(String server, List<MailboxNode> all) {
        try {
            Optional<InetSocketAddress> told = network.address(Network.mailboxDoor(server));
            return told.isEmpty()
                    ? all.stream().findFirst()
                    : all.stream()
                            .filter(node -> Dialing.address(door(node)).equals(told))
                            .findFirst();
        } catch (IOException e) {
            LOG.warn("which node of {} serves is unknown: {}", server, e.toString());
            return Optional.empty();
        }
    }

    private RealNode known(MailboxNode node) {
        return nodes.computeIfAbsent(node, its -> new RealNode(its, search(its)));
    }

    private Optional<ImapSearch> search(MailboxNode node) {
        if (node.imap().isEmpty()
                || node.imapMasterUser().isEmpty()
                || node.imapPasswordFile().isEmpty()) {
            return Optional.empty();
        }
        HostPort at = node.imap().get();
        return Optional.of(new ImapSearch(() -> access(at, node)));
    }

    private MasterAccess access(HostPort at, MailboxNode node) throws IOException {
        if (isAbroad(at)) {
            throw new IOException("IMAP at " + at + " is not on this machine (--allow-outbound?)");
        }
        Path file = config.folder().resolve(node.imapPasswordFile().orElseThrow());
        List<String> lines = Files.readAllLines(file);
        return new MasterAccess(
                Dialing.address(at).orElseThrow(() -> new IOException("no address for " + at.host())),
                node.imapMasterUser().orElseThrow(),
                lines.isEmpty() ? "" : lines.get(0),
                !Dialing.isLoopback(at));
    }

    @Override
    public void close() {
        clusters.values().forEach(RealCluster::close);
        nodes.values().forEach(RealNode::close);
    }
}
