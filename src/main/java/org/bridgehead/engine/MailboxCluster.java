package org.bridgehead.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mailbox.Cluster;
import org.bridgehead.core.mailbox.ClusterLogEntry;
import org.bridgehead.core.mailbox.ClusterMemory;
import org.bridgehead.core.mailbox.LogReplication;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.io.mailstore.LogState;
import org.bridgehead.io.mailstore.MailStore;
import org.bridgehead.io.mailstore.MailStoreSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of an embedded mailbox server: runs what {@link Cluster} and {@link org.bridgehead.core.mailbox.Activation}
 * decide. It opens the store on the active node's copy of the logs, has closed logs shipped to the other copy, mounts what
 * it may after a failure, and has what that lost asked for again. A stand-alone server is a cluster of one.
 * Safe for any thread; orders take their time, deliveries do not wait for them. Longer than most files: what may happen
 * to a store, and in which order, is meant to be read in one place.
 */
final class MailboxCluster {
    /** Until the other node takes over: five heartbeats missed, as clusters of the time counted them. */
    static final Duration DETECTION = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(MailboxCluster.class);

    /** Makes mailboxes reachable, and unreachable. */
    interface Service {
        /** The store can be delivered to and read from now on. */
        void open(MailStore store) throws IOException;

        /** It cannot any more; abrupt: connections are cut. */
        void close(boolean abrupt);
    }

    /** What it works with. */
    record Parts(
            StoreCopies copies,
            ClusterFile file,
            Redeliveries redeliveries,
            Function<EmailAddress, Optional<DirectoryEntry.Mailbox>> directory,
            MailStoreSettings settings,
            EngineClock clock,
            Activity.Scope activity,
            ExecutorService pool,
            Network network) {}

    private final String name;
    private final MailboxRole role;
    private final Parts parts;
    private final Service service;
    private final Cluster cluster;
    private final LogCourier courier;
    private final MailboxLosses losses;
    private final MailboxOrders orders;
    /** Who holds the newest copy, by storage group. */
    private final SortedMap<String, String> newest = Names.map();
    /** How far the log of a group had come when its store was last closed or abandoned. */
    private final SortedMap<String, LogState> ends = Names.map();
    /** Groups that may not be mounted by themselves, and why. */
    private final SortedMap<String, String> held = Names.map();

    /** Since when they wait. */
    private final SortedMap<String, Instant> heldSince = Names.map();

    private final Set<String> forced = Names.set();
    private final Set<String> dismounted = new ConcurrentSkipListSet<>(Names.ORDER);
    private final List<FailoverReport> reports = new CopyOnWriteArrayList<>();
    private final ClusterNotes notes = new ClusterNotes();
    private volatile @Nullable MailStore store;
    private volatile Set<String> mounted = Set.of();
    private String serving = "";
    private @Nullable Instant failed;
    /** Whether that was an operator's will. */
    private boolean planned;
    /** Whether the other copy holds nothing that the newest does not. */
    private boolean even;

    private OptionalLong uidValidity = OptionalLong.empty();
    private boolean closed;

    private MailboxCluster(Server server, Parts parts, ClusterFile.State state, Service service) {
        this.name = server.name();
        this.role = server.mailbox().orElseThrow();
        this.parts = parts;
        this.service = service;
        this.cluster = Cluster.off(role, state.memory());
        this.courier = new LogCourier(name, parts.copies());
        this.losses = new MailboxLosses(name, parts);
        this.orders = new MailboxOrders(this, cluster);
        this.newest.putAll(state.newest());
        this.dismounted.addAll(state.dismounted());
    }

    /** The cluster of a server, all its nodes off. */
    static MailboxCluster of(Server server, Parts parts, Service service) throws IOException {
        ClusterMemory fresh = ClusterMemory.fresh(server.mailbox().orElseThrow());
        return new MailboxCluster(server, parts, parts.file().read(fresh), service);
    }

    // ---- what happens to nodes

    /** All nodes start; whether the witness runs is told by {@link #witness}. */
    synchronized void startAll() throws IOException {
        cluster.up(role.nodeNames(), now());
        settle();
    }

    /** All nodes die at once. */
    synchronized void killAll() {
        stop(true);
        cluster.down(role.nodeNames(), now());
        remember();
    }

    /** All nodes end in order; the witness counts as it did. */
    synchronized void stopAll() {
        stop(false);
        cluster.down(role.nodeNames(), now());
        remember();
    }

    /** Ends for good. */
    synchronized void close() {
        closed = true;
        stop(false);
    }

    /**
     * A node dies.
     *
     * @param lost generations that its copy had and the other one has not, the open one included; empty = as it is
     */
    synchronized void fail(String node, OptionalLong lost) throws IOException {
        String known = role.nodeNamed(node, name);
        if (Names.same(known, serving)) {
            stop(true);
            Optional<String> other = parts.copies().other(known);
            if (lost.isPresent() && other.isPresent()) {
                for (Map.Entry<String, LogState> end : ends.entrySet()) {
                    courier.pretend(end.getKey(), known, other.get(), end.getValue(), lost.getAsLong());
                }
            }
        }
        cluster.nodeDown(known, now());
        remember();
        later();
    }

    /** A node starts: as a passive one it is brought up to the active one's logs first. */
    synchronized void start(String node) throws IOException {
        cluster.nodeUp(role.nodeNamed(node, name), now());
        settle();
    }

    /** The hub with the witness starts or dies. */
    synchronized void witness(boolean up) {
        if (up) {
            cluster.witnessUp(now());
        } else {
            cluster.witnessDown(now());
        }
        remember();
        later();
    }

    /** The network between two nodes, or a node and the witness, breaks or works again. */
    synchronized void network(String one, String other, boolean works) {
        if (works) {
            cluster.mend(one, other, now());
        } else {
            cluster.cut(one, other, now());
        }
        remember();
        later();
    }

    /** What the cluster has decided is carried out after the time that nodes take to notice. */
    private void later() {
        if (!serves(cluster.active())) {
            if (failed == null) {
                failed = now();
            }
            // A node without quorum stops at once: the other side may begin before it would have noticed.
            if (store != null) {
                stop(true);
            }
        }
        parts.clock().schedule(now().plus(DETECTION), this::notice);
    }

    private boolean serves(Optional<String> node) {
        return Names.same(node.orElse(""), serving);
    }

    private synchronized void notice() {
        try {
            settle();
        } catch (IOException e) {
            LOG.error("{} is offline: {}", name, e.toString());
        }
    }

    // ---- carrying out

    void settle() throws IOException {
        Optional<String> active = cluster.active();
        if (closed || active.isEmpty()) {
            return;
        }
        String holder = holder(active.get());
        if (!serves(active) || store == null) {
            activate(holder, active.get());
        } else if (new Mounting(this, holder, now()).frees(held.keySet())) {
            interrupt(false);
            activate(holder, active.get());
        }
        catchUp();
    }

    /** Who holds the copy that a node works on: an LCR node works on the second one after that was activated. */
    String holder(String node) {
        return role.replication() == Replication.LCR
                ? newest.getOrDefault(role.groupNames().get(0), node)
                : node;
    }

    void activate(String holder, String node) throws IOException {
        Instant at = now();
        Mounting mounting = new Mounting(this, holder, at);
        for (String group : role.groupNames()) {
            mounting.decide(group);
        }
        mounting.waiting()
                .forEach((group, until) -> until.ifPresent(time -> parts.clock().schedule(time, this::notice)));
        notes.activated(at, node, mounting, held);
        held.clear();
        held.putAll(mounting.held());
        heldSince.keySet().retainAll(held.keySet());
        held.keySet().forEach(group -> heldSince.putIfAbsent(group, failed == null ? at : failed));
        if (mounting.mounted().isEmpty()) {
            serving = "";
            remember();
            return;
        }
        serve(holder, node, mounting);
    }

    /**
     * In this order: what was lost is written down before it is forgotten that another copy was newer, and that is known
     * on the disk before the first delivery to this one; the hubs are asked when there is somebody to take their mail.
     */
    private void serve(String holder, String node, Mounting mounting) throws IOException {
        String before = newest.getOrDefault(role.groupNames().get(0), holder);
        MailStore opened = open(holder, mounting);
        List<GroupLoss> lost = prepare(mounting, opened);
        even &= mounting.lossy().isEmpty();
        mounting.mounted().keySet().forEach(group -> newest.put(group, holder));
        remember();
        uidValidity = OptionalLong.of(opened.uidValidity());
        store = opened;
        mounted = Set.copyOf(mounting.mounted().keySet());
        serving = node;
        try {
            service.open(opened);
        } finally {
            losses.ask(lost);
        }
        Instant since = failed == null ? now() : failed;
        reports.add(new FailoverReport(name, before, holder, since, now(), planned, lost));
        failed = null;
        planned = false;
    }

    private List<GroupLoss> prepare(Mounting mounting, MailStore opened) throws IOException {
        try {
            return losses.prepare(mounting.lossy(), opened, now());
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private MailStore open(String holder, Mounting mounting) throws IOException {
        List<StorageGroup> groups = role.storageGroups().stream()
                .filter(group -> mounting.mounted().containsKey(group.name()))
                .toList();
        MailStore opened = MailStore.open(
                parts.copies().of(holder), name, groups, parts.directory(), parts.settings(), mounting.activation());
        opened.onClosed((group, generation) -> ship(group));
        return opened;
    }

    /** What comes next is no failure: an operator moves the mailboxes. */
    void plan() {
        planned = true;
    }

    /** From now on nobody reaches the mailboxes. */
    void interrupt(boolean abrupt) {
        failed = now();
        stop(abrupt);
    }

    void stop(boolean abrupt) {
        MailStore open = store;
        if (open == null) {
            return;
        }
        service.close(abrupt);
        mounted.forEach(group -> ends.put(group, open.state(group)));
        try {
            if (abrupt) {
                open.abandon();
            } else {
                open.close();
            }
        } catch (IOException e) {
            LOG.warn("{}: closing its logs failed: {}", name, e.toString());
        }
        mounted.forEach(group -> ends.put(group, open.state(group)));
        store = null;
        mounted = Set.of();
        serving = "";
    }

    // ---- shipping

    private void ship(String group) {
        parts.activity().begin();
        parts.pool().execute(() -> {
            try {
                target().ifPresent(to -> courier.ship(group, newest(group), to));
            } finally {
                parts.activity().end();
            }
        });
    }

    /** Who holds the newest copy of a group. */
    synchronized String newest(String group) {
        return newest.getOrDefault(group, serving);
    }

    /** Who gets the logs now; empty = nobody can. */
    synchronized Optional<String> target() {
        if (serving.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> other = parts.copies().other(holder(serving));
        return role.replication() == Replication.LCR
                ? other
                : other.filter(node -> cluster.state(node) == NodeState.PASSIVE && cluster.joins(serving, node));
    }

    /** Brings the other copy up to the newest, group by group. */
    void catchUp() throws IOException {
        Optional<String> to = target();
        if (to.isEmpty()) {
            return;
        }
        boolean all = true;
        for (String group : role.groupNames()) {
            boolean is = Names.same(newest(group), to.get());
            all &= !is;
            if (!is) {
                courier.catchUp(group, newest(group), to.get(), even);
            }
        }
        even = all;
    }

    /** Dismounts or mounts a database; mail for it waits at the hubs meanwhile. */
    synchronized void mount(String group, String database, boolean mount) {
        String known = group + "/" + database;
        boolean changed = mount ? dismounted.remove(known) : dismounted.add(known);
        if (changed) {
            note(serving, "database " + known + (mount ? " mounted" : " dismounted") + " by an operator");
        }
        remember();
    }

    // ---- questions

    /** The open store; empty while the server is offline. */
    Optional<MailStore> store() {
        return Optional.ofNullable(store);
    }

    /** Why mail for a database has to wait; empty = it need not. */
    Optional<String> obstacle(String group, String database) {
        if (!isMounted(group)) {
            return Optional.of("storage group " + group + " is not mounted");
        }
        return dismounted.contains(group + "/" + database)
                ? Optional.of("database " + database + " of " + group + " is dismounted")
                : Optional.empty();
    }

    boolean isMounted(String group) {
        return mounted.contains(group) || mounted.stream().anyMatch(known -> Names.same(known, group));
    }

    /** Why nobody can be delivered to at all; empty = a database is mounted. */
    Optional<String> obstacle() {
        return role.storageGroups().stream()
                        .anyMatch(group -> group.databases().stream()
                                .anyMatch(database ->
                                        obstacle(group.name(), database).isEmpty()))
                ? Optional.empty()
                : Optional.of("no database of " + name + " is mounted");
    }

    /** What failovers and handoffs did so far, oldest first. */
    List<FailoverReport> reports() {
        return List.copyOf(reports);
    }

    /**
     * What the failovers so far lost and is not there now: no hub had it any more, or not yet. Nothing while the server
     * is offline.
     */
    List<LostMail> stillLost() {
        MailStore open = store;
        return open == null ? List.of() : MailboxLosses.missing(reports, open);
    }

    /** The cluster's log: votes, activations and refusals since this process began, oldest first. */
    synchronized List<ClusterLogEntry> log() {
        return notes.among(cluster.log());
    }

    /** How server, nodes and storage groups stand. */
    synchronized ClusterStatus status() {
        SortedMap<String, LogReplication> copies = replication();
        List<GroupStatus> groups = role.groupNames().stream()
                .map(group -> new GroupStatus(
                        group,
                        mounted.contains(group),
                        mounted.contains(group) ? "" : held.getOrDefault(group, name + " is offline"),
                        Optional.ofNullable(copies.get(group))))
                .toList();
        return new ClusterStatus(
                name,
                parts.network().routes().topology().server(name).flatMap(Server::site),
                role.replication(),
                cluster.active(),
                role.witness(),
                cluster.status(),
                groups);
    }

    /** How far the second copies follow; empty when there are none. */
    SortedMap<String, LogReplication> replication() {
        SortedMap<String, LogReplication> all = Names.map();
        for (String group : role.groupNames()) {
            String from = newest.getOrDefault(group, role.nodeNames().get(0));
            Optional<String> to = parts.copies().other(from);
            if (to.isPresent()) {
                all.put(group, replication(group, from, to.get()));
            }
        }
        return all;
    }

    private LogReplication replication(String group, String from, String to) {
        MailStore open = store;
        LogState end = open != null && mounted.contains(group) ? open.state(group) : ends.get(group);
        LogReplication state = courier.follows(group, from, to, end);
        return target().isPresent() ? state : state.suspended(to + " is not there");
    }

    // ---- for Mounting and MailboxOrders

    String name() {
        return name;
    }

    /** What operators order. */
    MailboxOrders orders() {
        return orders;
    }

    LogCourier courier() {
        return courier;
    }

    /** The node that serves; empty = none. */
    String serving() {
        return serving;
    }

    void note(String node, String words) {
        notes.add(now(), 0, node, words);
    }

    /** Something that is done while groups are mounted whatever they lack. */
    interface Forced {
        void run() throws IOException;
    }

    void forcing(List<String> groups, Forced action) throws IOException {
        forced.addAll(groups);
        try {
            action.run();
        } finally {
            forced.clear();
        }
    }

    StoreCopies copies() {
        return parts.copies();
    }

    MailboxRole role() {
        return role;
    }

    Optional<String> newestHolder(String group) {
        return Optional.ofNullable(newest.get(group));
    }

    Optional<LogState> end(String group) {
        return Optional.ofNullable(ends.get(group));
    }

    /** What clients know of the mailboxes; empty = no store was open yet. */
    OptionalLong uidValidity() {
        return uidValidity;
    }

    /** Whether the other copy is known to be a part of the newest. */
    boolean isEven() {
        return even;
    }

    boolean isForced(String group) {
        return forced.contains(group);
    }

    boolean joins(String one, String other) {
        return role.replication() == Replication.LCR || cluster.joins(one, other);
    }

    /** Since when a group waits to be mounted. */
    Instant waitsSince(String group) {
        return heldSince.getOrDefault(group, failed == null ? now() : failed);
    }

    // ---- small things

    Instant now() {
        return parts.clock().now();
    }

    void remember() {
        try {
            parts.file().write(new ClusterFile.State(cluster.memory(), newest, List.copyOf(dismounted)));
        } catch (IOException e) {
            LOG.error("{}: its state cannot be kept: {}", name, e.toString());
        }
    }
}
