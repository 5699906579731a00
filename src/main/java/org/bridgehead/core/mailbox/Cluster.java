package org.bridgehead.core.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;

/**
 * One mailbox server: which of its nodes hosts the mailboxes while nodes, witness and the network between them fail and
 * come back (BEHAVIOUR 5; the rules are the tables of src/docs/quorum.md). There is never a second active node. A node
 * that hosts the mailboxes keeps them for as long as its side has quorum: nothing is handed back by itself. A
 * stand-alone server is a cluster of one. What operators may ask for is in {@link #orders}.
 *
 * <p>No consensus protocol: whoever drives it sees all nodes, and each call is decided at once (DECISIONS 5.3).
 *
 * <p>Parts are named in any letter case; a name that is none of the server's throws. Deterministic, not thread-safe: one
 * owner.
 */
public final class Cluster {
    private final MailboxRole role;
    private final List<String> nodes;
    private final List<String> parts;
    private final Wiring wiring = new Wiring();
    private final ClusterJournal journal = new ClusterJournal();
    private final Roster roster;
    private ClusterMemory memory;
    private Optional<Side> formed = Optional.empty();
    private Optional<String> active = Optional.empty();

    private Cluster(MailboxRole role, ClusterMemory memory) {
        boolean pair = role.replication() == Replication.CCR || role.replication() == Replication.SCC;
        if (role.nodes().size() != (pair ? 2 : 1)) {
            throw new IllegalArgumentException(
                    role.replication().keyword() + " with " + role.nodes().size() + " node(s)");
        }
        this.role = role;
        this.nodes = role.nodeNames();
        this.parts = Stream.concat(nodes.stream(), role.witness().stream()).toList();
        this.roster = new Roster(nodes, journal);
        this.memory = memory;
    }

    /** A server that never ran, all its parts on: the first node is active. */
    public static Cluster started(MailboxRole role, Instant now) {
        Cluster cluster = off(role, ClusterMemory.fresh(role));
        cluster.up(cluster.parts, now);
        return cluster;
    }

    /** A server with all its parts off; {@link #up} turns them on. */
    public static Cluster off(MailboxRole role, ClusterMemory memory) {
        return new Cluster(role, memory);
    }

    // ---- what happens to it

    /** A node starts. */
    public void nodeUp(String node, Instant now) {
        up(List.of(node), now);
    }

    /** A node dies. */
    public void nodeDown(String node, Instant now) {
        down(List.of(node), now);
    }

    /** The hub with the witness starts; nothing where there is no witness. */
    public void witnessUp(Instant now) {
        role.witness().ifPresent(witness -> up(List.of(witness), now));
    }

    /** The hub with the witness dies; nothing where there is no witness. */
    public void witnessDown(Instant now) {
        role.witness().ifPresent(witness -> down(List.of(witness), now));
    }

    /** Nodes or the witness start, all in one moment. */
    public void up(List<String> parts, Instant now) {
        parts.forEach(part -> wiring.set(known(part), true));
        settle(now);
    }

    /** Nodes or the witness die, all in one moment. */
    public void down(List<String> parts, Instant now) {
        parts.forEach(part -> wiring.set(known(part), false));
        settle(now);
    }

    /** The network between two parts breaks. */
    public void cut(String one, String other, Instant now) {
        cut(List.of(new Wire(one, other)), now);
    }

    /** The network between two parts works again. */
    public void mend(String one, String other, Instant now) {
        mend(List.of(new Wire(one, other)), now);
    }

    /** The network breaks in several places, all in one moment. */
    public void cut(List<Wire> wires, Instant now) {
        wires.forEach(wire -> wiring.set(known(wire.one()), known(wire.other()), false));
        settle(now);
    }

    /** The network works again in several places, all in one moment. */
    public void mend(List<Wire> wires, Instant now) {
        wires.forEach(wire -> wiring.set(known(wire.one()), known(wire.other()), true));
        settle(now);
    }

    // ---- what it answers

    /** The mailbox server. */
    public MailboxRole role() {
        return role;
    }

    /** What an operator may ask for. */
    public ClusterOrders orders() {
        return new ClusterOrders(this);
    }

    /** The node that hosts the mailboxes; empty = none, the server is offline. */
    public Optional<String> active() {
        return active;
    }

    /** What a node is. */
    public NodeState state(String node) {
        return roster.state(known(node));
    }

    /** All nodes, in the order of the topology. */
    public List<NodeStatus> status() {
        Election election = election();
        return nodes.stream()
                .map(node ->
                        new NodeStatus(node, state(node), election.seenBy(node), memory.epoch(node), roster.why(node)))
                .toList();
    }

    /** The latest entries of the log, oldest first, at most 1000. */
    public List<ClusterLogEntry> log() {
        return journal.entries();
    }

    /** Entries written since the cluster was made, those that the log forgot included. */
    public long logged() {
        return journal.written();
    }

    /** What has to outlive a restart. */
    public ClusterMemory memory() {
        return memory;
    }

    /** Whether two parts run and the network joins them. */
    public boolean joins(String one, String other) {
        return wiring.joins(known(one), known(other));
    }

    // ---- for orders

    /** The name as the topology writes it. */
    String known(String part) {
        for (String own : parts) {
            if (Names.same(own, part)) {
                return own;
            }
        }
        throw new IllegalArgumentException(part + " is no node or witness of the server");
    }

    List<String> nodes() {
        return nodes;
    }

    void note(Instant now, int eventId, String node, String words) {
        journal.add(now, eventId, node, words);
    }

    void move(String node, Instant now) {
        active = Optional.of(node);
        settle(now);
    }

    void consistOf(List<String> members, Instant now) {
        memory = memory.withMembers(members);
        settle(now);
    }

    // ---- deciding

    private Election election() {
        return new Election(role, wiring, memory, active);
    }

    private void settle(Instant now) {
        Election election = election();
        Optional<Side> winner = election.winner();
        if (winner.isPresent() && !winner.equals(formed)) {
            memory = memory.after(winner.get());
            journal.vote(now, winner.get(), election);
        }
        formed = winner;
        active = winner.map(this::host);
        if (active.isPresent() && !active.equals(memory.owner())) {
            memory = memory.hostedBy(active);
        }
        roster.update(election(), formed, now);
    }

    /** Whoever hosts them keeps them; else the last that did, whose copy is the newest; else the first. */
    private String host(Side side) {
        return active.filter(side::has)
                .or(() -> memory.owner().filter(side::has))
                .orElse(side.nodes().get(0));
    }
}
