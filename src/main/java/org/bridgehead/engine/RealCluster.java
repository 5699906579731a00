package org.bridgehead.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bridgehead.core.mailbox.Cluster;
import org.bridgehead.core.mailbox.ClusterLogEntry;
import org.bridgehead.core.mailbox.ClusterMemory;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which node of a real mailbox server gets the mail: what {@link Cluster} decides. Nobody here sees a real node die, so
 * operators say it; a node that merely does not answer keeps its mail waiting. Who takes over may lack what the other one
 * had: every hub of the site is asked for it. How far the copy had come is not known here either; it is said with the
 * failure, or taken to be the failure less the margin. Safe for any thread.
 */
final class RealCluster {
    private static final Logger LOG = LoggerFactory.getLogger(RealCluster.class);

    /**
     * What it works with.
     *
     * @param losses asks hubs for what a takeover may have lost
     * @param told hears which node serves from now on; empty = none
     */
    record Parts(
            ClusterFile file,
            FailureFile failure,
            RealLosses losses,
            EngineClock clock,
            Network network,
            Consumer<Optional<String>> told) {}

    private final String name;
    private final MailboxRole role;
    private final Parts parts;
    private final Cluster cluster;
    private final List<FailoverReport> reports = new CopyOnWriteArrayList<>();
    private FailureFile.@Nullable Failure failure;
    private String last;
    private volatile String serving = "";
    private boolean closed;

    /** The cluster of a server, all its nodes off. */
    RealCluster(Server server, Parts parts) throws IOException {
        this.name = server.name();
        this.role = server.mailbox().orElseThrow();
        this.parts = parts;
        ClusterFile.State state = parts.file().read(ClusterMemory.fresh(role));
        this.cluster = Cluster.off(role, state.memory());
        this.last = state.newest().values().stream().findFirst().orElse("");
        this.failure = parts.failure().read().orElse(null);
    }

    /** All nodes are taken to be up. */
    synchronized void start() {
        cluster.up(role.nodeNames(), now());
        settle();
    }

    /**
     * An operator says that a node is dead.
     *
     * @param copied until when the other copy has everything; empty = not known
     */
    synchronized void fail(String node, Optional<Instant> copied) {
        String known = role.nodeNamed(node, name);
        if (Names.same(known, serving) || (serving.isEmpty() && Names.same(known, last))) {
            FailureFile.Failure before = failure;
            failure = new FailureFile.Failure(
                    before == null ? now() : before.at(), copied.or(() -> before == null ? copied : before.copied()));
        }
        cluster.nodeDown(known, now());
        later();
    }

    /** An operator gives up the active node; the reason when no other one could take over. */
    synchronized Optional<String> failOver() {
        Optional<String> active = cluster.active();
        if (active.isEmpty()) {
            return Optional.of(why());
        }
        if (role.nodeNames().stream().noneMatch(node -> cluster.state(node) == NodeState.PASSIVE)) {
            return Optional.of(name + " has no passive node that could take over");
        }
        fail(active.get(), Optional.empty());
        return Optional.empty();
    }

    /** An operator says that a node is back. */
    synchronized void start(String node) {
        cluster.nodeUp(role.nodeNamed(node, name), now());
        remember();
        settle();
    }

    /** The hub with the witness starts or dies. */
    synchronized void witness(boolean up) {
        if (closed) {
            return;
        }
        if (up) {
            cluster.witnessUp(now());
        } else {
            cluster.witnessDown(now());
        }
        later();
    }

    /** Decides nothing any more. */
    synchronized void close() {
        closed = true;
    }

    private void later() {
        if (!Names.same(cluster.active().orElse(""), serving)) {
            if (failure == null) {
                failure = new FailureFile.Failure(now(), Optional.empty());
            }
            serving = "";
            parts.told().accept(Optional.empty());
        }
        remember();
        parts.clock().schedule(now().plus(MailboxCluster.DETECTION), this::settle);
    }

    private synchronized void settle() {
        Optional<String> active = cluster.active();
        if (closed || active.isEmpty() || Names.same(active.get(), serving)) {
            return;
        }
        try {
            take(active.get());
        } catch (IOException e) {
            LOG.error("{} stays offline, its hubs cannot be asked for what it lost: {}", name, e.toString());
            parts.clock().schedule(now().plus(MailboxCluster.DETECTION), this::settle);
        }
    }

    private void take(String node) throws IOException {
        boolean another = !last.isEmpty() && !Names.same(last, node);
        FailureFile.Failure its = failure == null ? new FailureFile.Failure(now(), Optional.empty()) : failure;
        if (another || failure != null) {
            List<GroupLoss> losses =
                    another || its.copied().isPresent() ? parts.losses().ask(its, now()) : List.of();
            reports.add(new FailoverReport(name, last, node, its.at(), now(), false, losses));
        }
        last = node;
        failure = null;
        serving = node;
        remember();
        parts.told().accept(Optional.of(node));
    }

    /** The node that gets the mail; empty = none. */
    Optional<String> serving() {
        return Optional.of(serving).filter(node -> !node.isEmpty());
    }

    String name() {
        return name;
    }

    /** What a node is. */
    synchronized NodeState state(String node) {
        return cluster.state(node);
    }

    /** Why no node gets mail. */
    synchronized String why() {
        String how = cluster.active()
                .map(node -> node + " takes over in a moment")
                .orElseGet(() -> cluster.status().stream()
                        .map(node ->
                                node.node() + " " + Names.folded(node.state().name()))
                        .collect(Collectors.joining(", ", "no node is active (", ")")));
        return name + " is offline: " + how;
    }

    /** What failovers did so far, oldest first. */
    List<FailoverReport> reports() {
        return List.copyOf(reports);
    }

    /** The cluster's log. */
    synchronized List<ClusterLogEntry> log() {
        return cluster.log();
    }

    /** How server and nodes stand; nothing is known of the copies. */
    synchronized ClusterStatus status() {
        boolean up = !serving.isEmpty();
        String why = up ? "" : why();
        return new ClusterStatus(
                name,
                parts.network().routes().topology().server(name).flatMap(Server::site),
                role.replication(),
                cluster.active(),
                role.witness(),
                cluster.status(),
                role.storageGroups().stream()
                        .map(group -> new GroupStatus(group.name(), up, why, Optional.empty()))
                        .toList());
    }

    /** One of its machines. */
    NodeHandle handle(String node) {
        return new RealNodeHandle(this, role.nodeNamed(node, name));
    }

    private Instant now() {
        return parts.clock().now();
    }

    private void remember() {
        SortedMap<String, String> newest = Names.map();
        if (!last.isEmpty()) {
            role.storageGroups().forEach(group -> newest.put(group.name(), last));
        }
        try {
            parts.failure().write(Optional.ofNullable(failure));
            parts.file().write(new ClusterFile.State(cluster.memory(), newest, List.of()));
        } catch (IOException e) {
            LOG.error("{}: its state cannot be kept: {}", name, e.toString());
        }
    }
}
