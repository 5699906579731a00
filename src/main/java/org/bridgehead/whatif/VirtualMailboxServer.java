package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeSet;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mailbox.Activation;
import org.bridgehead.core.mailbox.Cluster;
import org.bridgehead.core.mailbox.ClusterMemory;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of an imagined mailbox server: carries out what {@link Cluster} and {@link Activation} decide, as the live
 * engine does, with lists in place of files. A stand-alone server is a cluster of one. One thread. Longer than most
 * files: what may happen to a server, and in which order, is meant to be read in one place.
 */
final class VirtualMailboxServer {
    /** Until the other node takes over, as in the live engine. */
    static final Duration DETECTION = Duration.ofSeconds(5);

    /** A group that was mounted with a loss. */
    record Lossy(String group, String from, String to, long logs) {}

    /** What it works with. */
    interface Surroundings {
        Instant now();

        /** Something happens at a time, in the name of a mailbox server. */
        void at(Instant time, String server, Runnable action);

        /** Nanoseconds until a closed log has reached the other copy. */
        long shipping(String server, long octets);

        /** Connections to it have to be looked at anew. */
        void changed(VirtualMailboxServer server);

        /** Another copy of a group is the one that clients see from now on. */
        void switched(VirtualMailboxServer server, String group, String from, String to);

        /** It was activated; {@code lossy} has to be asked for again. */
        void activated(VirtualMailboxServer server, String from, Instant failed, List<Lossy> lossy);
    }

    private final String name;
    private final MailboxRole role;
    private final Surroundings around;
    private final Cluster cluster;
    private final VirtualCopies copies;
    private final List<String> groups;
    private final List<String> nodes;
    /** Who holds the newest copy, by storage group. */
    private final SortedMap<String, String> newest = Names.map();
    /** Groups that may not be mounted by themselves, and since when. */
    private final SortedMap<String, Instant> held = Names.map();

    private final TreeSet<String> mounted = Names.set();
    private String serving = "";
    private @Nullable Instant failed;
    private boolean running;
    private int life;

    VirtualMailboxServer(Server server, Surroundings around) {
        this.name = server.name();
        this.role = server.mailbox().orElseThrow();
        this.around = around;
        this.cluster = Cluster.off(role, ClusterMemory.fresh(role));
        this.copies = new VirtualCopies(role);
        this.nodes = role.nodeNames();
        this.groups = Lists.map(role.storageGroups(), StorageGroup::name);
    }

    String name() {
        return name;
    }

    MailboxRole role() {
        return role;
    }

    Cluster cluster() {
        return cluster;
    }

    VirtualCopies copies() {
        return copies;
    }

    // ---- what happens to it

    /** All nodes start. */
    void start() {
        running = true;
        cluster.up(nodes(), around.now());
        settle();
    }

    /** All nodes die at once. */
    void kill() {
        running = false;
        stop();
        cluster.down(nodes(), around.now());
    }

    /** Whether it was started and not killed as a whole. */
    boolean isRunning() {
        return running;
    }

    /**
     * A node dies.
     *
     * @param lost generations that its copy had and the other one has not, the open one included; empty = as it is
     */
    void fail(String node, OptionalInt lost) {
        boolean serves = Names.same(node, serving);
        if (serves) {
            stop();
        }
        if (serves && lost.isPresent()) {
            copies.other(node).ifPresent(other -> pretend(node, other, lost.getAsInt()));
        }
        cluster.nodeDown(node, around.now());
        later();
    }

    /** Makes the other copy lack exactly so many generations, as if they had not been shipped in time. */
    private void pretend(String dead, String other, int lost) {
        for (String group : groups()) {
            VirtualLog from = copies.log(dead, group);
            VirtualLog to = copies.log(other, group);
            if (lost == 0) {
                to.followAll(from);
            } else if (Names.same(newest.getOrDefault(group, dead), dead)) {
                to.follow(from);
                to.discardAfter(from.length() - lost);
            }
        }
    }

    /** A node starts; nothing while the whole server is off, with which it will start. */
    void start(String node) {
        if (running) {
            cluster.nodeUp(node, around.now());
            settle();
        }
    }

    /** The hub with the witness starts or dies. */
    void witness(boolean up) {
        if (up) {
            cluster.witnessUp(around.now());
        } else {
            cluster.witnessDown(around.now());
        }
        later();
    }

    /** The network between two nodes, or a node and the witness, breaks or works again. */
    void network(String one, String other, boolean works) {
        if (works) {
            cluster.mend(one, other, around.now());
        } else {
            cluster.cut(one, other, around.now());
        }
        later();
    }

    /** What the cluster has decided is carried out after the time that nodes take to notice; who lost the quorum stops. */
    private void later() {
        if (!serves(cluster.active())) {
            failed = failed == null ? around.now() : failed;
            stop();
        }
        around.at(around.now().plus(DETECTION), name, this::settle);
    }

    private boolean serves(Optional<String> node) {
        return Names.same(node.orElse(""), serving);
    }

    // ---- carrying out

    private void settle() {
        Optional<String> active = cluster.active();
        if (active.isEmpty()) {
            return;
        }
        String holder = holder(active.get());
        if (!serves(active)) {
            activate(holder, active.get());
        } else if (frees(holder)) {
            failed = around.now();
            stop();
            activate(holder, active.get());
        }
        catchUp();
    }

    /** An LCR node works on the second copy after that was activated. */
    private String holder(String node) {
        return role.replication() == Replication.LCR ? newest.getOrDefault(groups().get(0), node) : node;
    }

    private void activate(String holder, String node) {
        Instant now = around.now();
        Instant since = failed == null ? now : failed;
        String before = newest.getOrDefault(groups().get(0), holder);
        List<Lossy> lossy = new ArrayList<>();
        for (String group : groups()) {
            decide(group, holder, since, lossy);
        }
        if (mounted.isEmpty()) {
            return;
        }
        for (String group : mounted) {
            open(copies.log(holder, group), lossy.stream().anyMatch(loss -> Names.same(loss.group(), group)));
        }
        serving = node;
        around.changed(this);
        failed = null;
        around.activated(this, before, since, lossy);
    }

    /** A node of a cluster never writes on in a log that the other one may have; what it skips ends with its log. */
    private void open(VirtualLog log, boolean afterLoss) {
        if (role.replication() == Replication.NONE) {
            log.resume();
            return;
        }
        log.begin();
        if (afterLoss) {
            log.begin();
        }
    }

    private void decide(String group, String holder, Instant since, List<Lossy> lossy) {
        String from = newest.getOrDefault(group, holder);
        int missing = isNewest(from, holder) ? 0 : copies.missing(group, from, holder);
        Activation decision = decision(group, holder, since);
        if (decision instanceof Activation.FetchThenMount) {
            copies.log(holder, group).followAll(copies.log(from, group));
        }
        if (decision instanceof Activation.StayDismounted stay) {
            held.putIfAbsent(group, since);
            stay.until().ifPresent(time -> around.at(time, name, this::settle));
            return;
        }
        boolean loses = decision instanceof Activation.Mount mount && mount.lossy();
        if (loses) {
            lossy.add(new Lossy(group, from, holder, missing));
        }
        held.remove(group);
        mounted.add(group);
        newest.put(group, holder);
        if (loses) {
            around.switched(this, group, from, holder);
        }
    }

    private boolean isNewest(String from, String holder) {
        return Names.same(from, holder) || !copies.areShipped();
    }

    private Activation decision(String group, String holder, Instant since) {
        String from = newest.getOrDefault(group, holder);
        if (isNewest(from, holder)) {
            return new Activation.Mount(0, "it is the newest copy");
        }
        boolean answers = role.replication() == Replication.LCR || cluster.joins(from, holder);
        return Activation.decide(
                new Activation.Facts(copies.missing(group, from, holder), role.allowedMissingLogs(), false, answers),
                Activation.forcedAt(
                        held.getOrDefault(group, since), role.settings().forcedMountAfter()),
                around.now());
    }

    /** Whether one of the groups that could not be mounted can be now. */
    private boolean frees(String holder) {
        return held.entrySet().stream()
                .anyMatch(group ->
                        !(decision(group.getKey(), holder, group.getValue()) instanceof Activation.StayDismounted));
    }

    private void stop() {
        if (!serving.isEmpty()) {
            serving = "";
            mounted.clear();
            life++;
            around.changed(this);
        }
    }

    // ---- the log

    /**
     * Writes a delivery to mailboxes of one group; what is closed by it is shipped a moment later.
     *
     * @param octets of the message
     */
    void write(String group, List<Delivery> deliveries, long octets) {
        VirtualLog log = copies.log(holder(serving), group);
        if (log.append(deliveries, octets, role.settings().logSize()) && target().isPresent()) {
            int thisLife = life;
            Instant there = around.now().plusNanos(around.shipping(name, octets));
            Runnable arrival = () -> {
                if (thisLife == life) {
                    ship(group);
                }
            };
            if (there.equals(around.now())) {
                arrival.run();
            } else {
                around.at(there, name, arrival);
            }
        }
    }

    private void ship(String group) {
        target().ifPresent(to -> copies.log(to, group).follow(copies.log(newest.getOrDefault(group, serving), group)));
    }

    /** Who gets the logs now; empty = nobody can. */
    private Optional<String> target() {
        if (serving.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> other = copies.other(holder(serving));
        return role.replication() == Replication.LCR
                ? other
                : other.filter(node -> cluster.state(node) == NodeState.PASSIVE && cluster.joins(serving, node));
    }

    /** A copy that was away or was active before gets the logs it lacks in place of those that nobody else has. */
    private void catchUp() {
        for (String group : groups()) {
            Optional<String> to = target();
            if (to.isPresent() && !Names.same(newest.getOrDefault(group, serving), to.get())) {
                ship(group);
            }
        }
    }

    // ---- questions

    /** Whether some node hosts the mailboxes. */
    boolean isOpen() {
        return !serving.isEmpty();
    }

    /** The node that hosts the mailboxes; empty = none. */
    Optional<String> serving() {
        return Optional.of(serving).filter(node -> !node.isEmpty());
    }

    /** How often it has stopped. */
    int life() {
        return life;
    }

    /** Whether mail for the group can be taken. */
    boolean isMounted(String group) {
        return mounted.contains(group);
    }

    /** The copy of a group that clients see, or would see while none is mounted. */
    VirtualLog newest(String group) {
        return copies.log(newest.getOrDefault(group, nodes().get(0)), group);
    }

    List<String> nodes() {
        return nodes;
    }

    List<String> groups() {
        return groups;
    }
}
