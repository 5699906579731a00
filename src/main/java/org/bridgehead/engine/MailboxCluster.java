package org.bridgehead.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.Cluster;
import org.bridgehead.core.mailbox.ClusterLogEntry;
import org.bridgehead.core.mailbox.ClusterMemory;
import org.bridgehead.core.mailbox.LogReplication;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.io.mailstore.LogShipping;
import org.bridgehead.io.mailstore.LogState;
import org.bridgehead.io.mailstore.Losses;
import org.bridgehead.io.mailstore.MailStore;
import org.bridgehead.io.mailstore.MailStoreSettings;
import org.bridgehead.io.mailstore.Shipment;
import org.bridgehead.io.mailstore.StoreCopy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of an embedded mailbox server: runs what {@link Cluster} and {@link org.bridgehead.core.mailbox.Activation}
 * decide. It opens the store on the active node's copy of the logs, ships closed logs to the other copy, mounts what it
 * may after a failure, says exactly what that lost, and has it asked for again. A stand-alone server is a cluster of one.
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
        cluster.up(nodes(), now());
        settle();
    }

    /** All nodes die at once. */
    synchronized void killAll() {
        stop(true);
        cluster.down(nodes(), now());
        remember();
    }

    /** All nodes end in order; the witness counts as it did. */
    synchronized void stopAll() {
        stop(false);
        cluster.down(nodes(), now());
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
        String known = node(node);
        if (Names.same(known, serving)) {
            stop(true);
            if (lost.isPresent()) {
                pretend(known, lost.getAsLong());
            }
        }
        cluster.nodeDown(known, now());
        remember();
        later();
    }

    /** Makes the other copy lack exactly so many generations, as if they had not been shipped in time. */
    private void pretend(String dead, long lost) throws IOException {
        Optional<String> other = parts.copies().other(dead);
        if (other.isEmpty()) {
            return;
        }
        StoreCopy from = parts.copies().of(dead);
        StoreCopy to = parts.copies().of(other.get());
        for (String group : groups()) {
            if (lost == 0) {
                require(LogShipping.shipOpen(from, to, group));
                continue;
            }
            LogState end = ends.get(group);
            if (end != null) {
                require(LogShipping.ship(from, to, group, end.lastClosed()));
                LogShipping.discardAfter(
                        to, group, Math.max(0, end.lastClosed() + (end.holdsRecords() ? 1 : 0) - lost));
            }
        }
    }

    private static void require(Shipment shipment) throws IOException {
        if (shipment.refusal().isPresent()) {
            throw new IOException("log " + shipment.refusal().get().generation() + " was not shipped: "
                    + shipment.refusal().get().why());
        }
    }

    /** A node starts: as a passive one it is brought up to the active one's logs first. */
    synchronized void start(String node) throws IOException {
        cluster.nodeUp(node(node), now());
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

    private void settle() throws IOException {
        Optional<String> active = cluster.active();
        if (closed || active.isEmpty()) {
            return;
        }
        String holder = holder(active.get());
        if (!serves(active) || store == null) {
            activate(holder, active.get());
        } else if (new Mounting(this, holder, now()).frees(held.keySet())) {
            failed = now();
            stop(false);
            activate(holder, active.get());
        }
        catchUp();
    }

    /** Who holds the copy that a node works on: an LCR node works on the second one after that was activated. */
    private String holder(String node) {
        return role.replication() == Replication.LCR ? newest.getOrDefault(groups().get(0), node) : node;
    }

    private void activate(String holder, String node) throws IOException {
        Instant at = now();
        String before = newest.getOrDefault(groups().get(0), holder);
        Mounting mounting = new Mounting(this, holder, at);
        for (String group : groups()) {
            mounting.decide(group);
        }
        mounting.waiting()
                .forEach((group, until) -> until.ifPresent(time -> parts.clock().schedule(time, this::notice)));
        notes.activated(at, node, mounting, held);
        held.clear();
        held.putAll(mounting.held());
        heldSince.keySet().retainAll(held.keySet());
        held.keySet().forEach(group -> heldSince.putIfAbsent(group, failed == null ? at : failed));
        even &= mounting.lossy().isEmpty();
        mounting.mounted().keySet().forEach(group -> newest.put(group, holder));
        remember();
        if (mounting.mounted().isEmpty()) {
            serving = "";
            return;
        }
        open(holder, node, mounting);
        List<GroupLoss> losses = ask(mounting);
        reports.add(new FailoverReport(name, before, holder, failed == null ? at : failed, now(), losses));
        failed = null;
    }

    private void open(String holder, String node, Mounting mounting) throws IOException {
        List<StorageGroup> groups = role.storageGroups().stream()
                .filter(group -> mounting.mounted().containsKey(group.name()))
                .toList();
        MailStore opened = MailStore.open(
                parts.copies().of(holder), name, groups, parts.directory(), parts.settings(), mounting.activation());
        opened.onClosed((group, generation) -> ship(group));
        uidValidity = OptionalLong.of(opened.uidValidity());
        store = opened;
        mounted = Set.copyOf(groups.stream().map(StorageGroup::name).toList());
        serving = node;
        service.open(opened);
    }

    /** What was lost is told by name, and asked of every hub of the site. */
    private List<GroupLoss> ask(Mounting mounting) throws IOException {
        List<GroupLoss> losses = new ArrayList<>();
        for (Mounting.Lossy lossy : mounting.lossy()) {
            GroupLoss loss = loss(lossy);
            losses.add(loss);
            LOG.warn(
                    "{}: {} lost {} log(s) with {} message(s); its hubs are asked for {}",
                    name,
                    lossy.group(),
                    lossy.lost(),
                    loss.lost().size(),
                    loss.window());
        }
        return losses;
    }

    private GroupLoss loss(Mounting.Lossy lossy) throws IOException {
        List<LostMail> lost = new ArrayList<>();
        Losses told = LogShipping.lost(
                parts.copies().of(lossy.from()),
                parts.copies().of(lossy.to()),
                lossy.group(),
                mail -> lost.add(new LostMail(mail.mailbox(), mail.id(), mail.received(), mail.size())));
        StorageGroupId group = new StorageGroupId(name, lossy.group());
        RedeliveryWindow window = window(lossy.group());
        List<Long> requests = new ArrayList<>();
        for (RedeliveryRequest request : parts.redeliveries().ask(group, window, hubs())) {
            requests.add(request.number());
        }
        return new GroupLoss(group, lossy.lost(), lost, told.deletions(), window, requests);
    }

    private RedeliveryWindow window(String group) {
        DumpsterSettings dumpster =
                parts.network().routes().topology().settings().dumpster();
        Instant oldest = now().minus(dumpster.maxTime()); // nothing older is in any dumpster
        Instant lastKept = required().state(group).lastDelivery().orElse(oldest);
        return RedeliveryWindow.ofLoss(lastKept, now(), dumpster.marginBefore(), dumpster.marginAfter());
    }

    private MailStore required() {
        MailStore open = store;
        if (open == null) {
            throw new IllegalStateException(name + " is offline");
        }
        return open;
    }

    private List<String> hubs() {
        return parts.network()
                .routes()
                .topology()
                .server(name)
                .flatMap(Server::site)
                .map(site -> List.copyOf(parts.network().routes().hubsOf(site)))
                .orElse(List.of());
    }

    private void stop(boolean abrupt) {
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
                shipNow(group);
            } finally {
                parts.activity().end();
            }
        });
    }

    private void shipNow(String group) {
        Optional<String> to = target();
        MailStore open = store;
        if (to.isEmpty() || open == null) {
            return;
        }
        String from = newest(group);
        try {
            Shipment shipment =
                    LogShipping.ship(parts.copies().of(from), parts.copies().of(to.get()), group, Long.MAX_VALUE);
            shipment.refusal()
                    .ifPresent(why ->
                            LOG.warn("{}: log {} of {} was not shipped: {}", name, why.generation(), group, why.why()));
        } catch (IOException e) {
            LOG.warn("{}: logs of {} were not shipped: {}", name, group, e.toString());
        }
    }

    private synchronized String newest(String group) {
        return newest.getOrDefault(group, serving);
    }

    /** Who gets the logs now; empty = nobody can. */
    private synchronized Optional<String> target() {
        if (serving.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> other = parts.copies().other(holder(serving));
        return role.replication() == Replication.LCR
                ? other
                : other.filter(node -> cluster.state(node) == NodeState.PASSIVE && cluster.joins(serving, node));
    }

    /** A copy that was away or was active before gets the logs it lacks in place of those that nobody else has. */
    private void catchUp() throws IOException {
        Optional<String> to = target();
        if (to.isEmpty()) {
            return;
        }
        boolean all = true;
        for (String group : groups()) {
            StoreCopy current = parts.copies().of(newest(group));
            StoreCopy old = parts.copies().of(to.get());
            if (Names.same(newest(group), to.get())) {
                all = false;
                continue;
            }
            OptionalLong from = even ? OptionalLong.empty() : LogShipping.divergence(old, current, group);
            if (from.isPresent()) {
                reseed(to.get(), group, from.getAsLong());
            } else {
                LogShipping.ship(current, old, group, Long.MAX_VALUE);
            }
        }
        even = all;
    }

    private void reseed(String holder, String group, long from) throws IOException {
        LOG.info("{}: the copy of {} on {} differs from log {} on, it is seeded from there", name, group, holder, from);
        require(LogShipping.reseed(parts.copies().of(holder), parts.copies().of(newest(group)), group, from));
    }

    // ---- operators

    /**
     * Hands the mailboxes over without loss; the reason when that is refused. Both stand in the log.
     *
     * @param comment of whoever wants it; may be empty
     */
    synchronized Optional<String> handoff(String target, String comment) throws IOException {
        long logged = cluster.logged();
        Optional<String> refusal = handoff(target);
        String said = comment.isEmpty() ? "" : " (" + comment + ")";
        if (refusal.isPresent() && cluster.logged() == logged) {
            notes.add(now(), 0, node(target), "handoff of " + node(target) + " refused: " + refusal.get() + said);
        } else if (!said.isEmpty()) {
            notes.add(now(), 0, node(target), "comment on the handoff to " + node(target) + said);
        }
        return refusal;
    }

    /** Hands the mailboxes over without loss; the reason when that is refused. */
    synchronized Optional<String> handoff(String target) throws IOException {
        Optional<String> refusal = cluster.orders().handoffRefusal(node(target), replication());
        if (refusal.isPresent()) {
            return refusal;
        }
        String before = serving;
        failed = now();
        stop(false);
        SortedMap<String, LogReplication> even = Names.map();
        for (String group : groups()) {
            if (parts.copies().areShipped()) {
                Shipment shipment = LogShipping.shipOpen(
                        parts.copies().of(before), parts.copies().of(node(target)), group);
                if (shipment.refusal().isPresent()) {
                    settle();
                    return Optional.of("log " + shipment.refusal().get().generation() + " of " + group
                            + " cannot be shipped: " + shipment.refusal().get().why());
                }
            }
            even.put(group, LogReplication.even(parts.copies().of(before).lastClosed(group)));
        }
        refusal = cluster.orders().handoff(node(target), even, now());
        if (refusal.isEmpty()) {
            groups().forEach(group -> newest.put(group, node(target)));
        }
        settle();
        return refusal;
    }

    /** Activates the second copy of an LCR server, whatever it lacks; the reason when that is refused. */
    synchronized Optional<String> activateCopy() throws IOException {
        if (role.replication() != Replication.LCR) {
            return Optional.of(name + " has no second copy on its node: replication "
                    + role.replication().keyword());
        }
        if (serving.isEmpty()) {
            return Optional.of(name + " does not run");
        }
        String node = serving;
        String other = parts.copies().other(holder(node)).orElseThrow();
        failed = now();
        stop(true);
        forced.addAll(groups());
        activate(other, node);
        forced.clear();
        catchUp();
        return Optional.empty();
    }

    /** Mounts storage groups that lack more than the dial allows; nothing where none waits. */
    synchronized void force(String group) throws IOException {
        if (isMounted(group)) {
            return;
        }
        forced.add(group);
        try {
            if (store != null) {
                stop(false);
            }
            settle();
        } finally {
            forced.clear();
        }
    }

    /** The active node dies and the other one takes over; the reason when there is none that could. */
    synchronized Optional<String> failOver() throws IOException {
        Optional<String> active = cluster.active();
        if (active.isEmpty()) {
            return Optional.of("no node of " + name + " is active");
        }
        List<String> others =
                nodes().stream().filter(node -> !Names.same(node, active.get())).toList();
        if (others.stream().noneMatch(node -> cluster.state(node) == NodeState.PASSIVE)) {
            return Optional.of(
                    others.isEmpty()
                            ? name + " has no second node: replication "
                                    + role.replication().keyword()
                            : others.get(0) + " is "
                                    + Names.folded(cluster.state(others.get(0)).name())
                                    + ": only a passive node takes over");
        }
        notes.add(
                now(), 0, active.get(), active.get() + " fails: an operator wants " + others.get(0) + " to take over");
        fail(active.get(), OptionalLong.empty());
        return Optional.empty();
    }

    /** Takes a node out of the cluster; the reason when that is refused. */
    synchronized Optional<String> evict(String node) {
        Optional<String> refusal = cluster.orders().evict(node(node), now());
        remember();
        return refusal;
    }

    /** Takes an evicted node in again and seeds its copies; the reason when that is refused. */
    synchronized Optional<String> rejoin(String node) throws IOException {
        Optional<String> refusal = cluster.orders().rejoin(node(node), now());
        remember();
        if (refusal.isEmpty()) {
            catchUp();
        }
        return refusal;
    }

    /** Seeds the copies on a node from their beginning; the reason when that is refused. */
    synchronized Optional<String> reseed(String node) throws IOException {
        Optional<String> refusal = cluster.orders().reseedRefusal(node(node));
        Optional<String> to = refusal.isPresent() ? Optional.empty() : target();
        if (to.isPresent()) {
            for (String group : groups()) {
                reseed(to.get(), group, 1);
            }
        }
        return refusal;
    }

    /** Dismounts or mounts a database; mail for it waits at the hubs meanwhile. */
    synchronized void mount(String group, String database, boolean mount) {
        String known = group + "/" + database;
        boolean changed = mount ? dismounted.remove(known) : dismounted.add(known);
        if (changed) {
            notes.add(
                    now(), 0, serving, "database " + known + (mount ? " mounted" : " dismounted") + " by an operator");
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

    private boolean isMounted(String group) {
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
        if (open == null) {
            return List.of();
        }
        SortedMap<String, Set<TransportId>> there = Names.map();
        List<LostMail> missing = new ArrayList<>();
        for (FailoverReport report : reports) {
            for (GroupLoss loss : report.losses()) {
                for (LostMail mail : loss.lost()) {
                    boolean back = there.computeIfAbsent(mail.mailbox(), box -> ids(open, box))
                            .contains(mail.id());
                    if (!back) {
                        missing.add(mail);
                    }
                }
            }
        }
        return missing;
    }

    private static Set<TransportId> ids(MailStore store, String mailbox) {
        Set<TransportId> ids = new HashSet<>();
        store.messages(mailbox).forEach(message -> ids.add(message.id()));
        return ids;
    }

    /** The cluster's log: votes, activations and refusals since this process began, oldest first. */
    synchronized List<ClusterLogEntry> log() {
        return notes.among(cluster.log());
    }

    /** How server, nodes and storage groups stand. */
    synchronized ClusterStatus status() {
        SortedMap<String, LogReplication> copies = replication();
        List<GroupStatus> groups = groups().stream()
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
    private SortedMap<String, LogReplication> replication() {
        SortedMap<String, LogReplication> all = Names.map();
        for (String group : groups()) {
            String from = newest.getOrDefault(group, nodes().get(0));
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
        try {
            long closedLogs = end == null ? parts.copies().of(from).lastClosed(group) : end.lastClosed();
            List<Long> there = parts.copies().of(to).generations(group);
            long has = Math.min(closedLogs, there.isEmpty() ? 0 : there.get(there.size() - 1));
            LogReplication state = new LogReplication(
                    closedLogs, end != null && end.holdsRecords(), has, has, has, LogReplication.CopyState.HEALTHY, "");
            return target().isPresent() ? state : state.suspended(to + " is not there");
        } catch (IOException e) {
            return LogReplication.even(0).failed(String.valueOf(e.getMessage()));
        }
    }

    // ---- for Mounting

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

    private Instant now() {
        return parts.clock().now();
    }

    private List<String> nodes() {
        return role.nodes().stream().map(MailboxNode::name).toList();
    }

    private List<String> groups() {
        return role.storageGroups().stream().map(StorageGroup::name).toList();
    }

    private String node(String wanted) {
        return nodes().stream()
                .filter(node -> Names.same(node, wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no node " + wanted));
    }

    private void remember() {
        try {
            parts.file().write(new ClusterFile.State(cluster.memory(), newest, List.copyOf(dismounted)));
        } catch (IOException e) {
            LOG.error("{}: its state cannot be kept: {}", name, e.toString());
        }
    }
}
