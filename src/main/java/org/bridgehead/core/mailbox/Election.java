package org.bridgehead.core.mailbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;

/**
 * Which side of a mailbox server's nodes may run (BEHAVIOUR 5; the whole of it is the table of src/docs/quorum.md). Two CCR
 * nodes have a vote each and the file share witness has one; two of three are needed, two of two where there is no
 * witness. One member alone is its own majority. With shared storage the disk is the only vote.
 *
 * <p>The witness votes with one side. Of several that reach it the holder, where the active node is, defends it. It
 * never votes with a side that knows an older membership than its own.
 *
 * @param role the mailbox server
 * @param wiring who runs and reaches whom
 * @param memory of the members
 * @param active the node that hosts the mailboxes until now
 */
record Election(MailboxRole role, Wiring wiring, ClusterMemory memory, Optional<String> active) {
    /** The side that runs; there is never a second one. */
    Optional<Side> winner() {
        Optional<List<String>> holder = holder();
        return sides().stream()
                .map(nodes -> new Side(nodes, holder.filter(nodes::equals).isPresent()))
                .filter(side -> count(side) >= needed())
                .findFirst();
    }

    /** The votes as counted from where a node stands. */
    Quorum seenBy(String node) {
        return sides().stream()
                .filter(nodes -> nodes.contains(node))
                .findFirst()
                .map(nodes -> new Side(nodes, holder().filter(nodes::equals).isPresent()))
                .map(side -> new Quorum(votes(), needed(), count(side)))
                .orElse(new Quorum(votes(), needed(), 0));
    }

    /** {@code 2 of 3 votes, 2 needed}. */
    String tally(Side side) {
        return tally(count(side));
    }

    private String tally(int count) {
        return count + " of " + votes() + (votes() == 1 ? " vote" : " votes") + ", " + needed() + " needed";
    }

    boolean hosts(String node) {
        return active.filter(node::equals).isPresent();
    }

    /** What a node is beside the active one, when {@code formed} runs. */
    NodeState stateOf(String node, Optional<Side> formed) {
        if (!memory.members().contains(node)) {
            return NodeState.EVICTED;
        }
        if (!wiring.isUp(node)) {
            return NodeState.DOWN;
        }
        return formed.filter(side -> side.has(node)).isPresent() ? NodeState.PASSIVE : NodeState.STOPPED;
    }

    /** Why a member that runs does not take part, one line. */
    String whyStopped(String node, Optional<Side> formed) {
        String votes = tally(seenBy(node).up());
        if (reachesArbiter(node) && formed.filter(Side::witness).isPresent()) {
            return votes + "; " + arbiter() + " is with " + formed.get().nodes().get(0);
        }
        if (isStale(node)) {
            return votes + "; " + arbiter() + " knows membership " + memory.witness() + ", " + node + " only "
                    + memory.epoch(node);
        }
        return votes + "; out of reach: " + String.join(", ", outOfReach(node));
    }

    private List<String> outOfReach(String node) {
        List<String> missing = new ArrayList<>();
        memory.members().stream()
                .filter(other -> !other.equals(node) && !wiring.joins(node, other))
                .forEach(missing::add);
        if (hasWitness() && !reachesArbiter(node)) {
            missing.add(arbiter());
        }
        return missing;
    }

    /** The documented event when a node's cluster service does not start; 0 = none. */
    int eventOf(String node) {
        if (isStale(node)) {
            return ClusterLogEntry.STALE;
        }
        return hasWitness() && !reachesArbiter(node) ? ClusterLogEntry.WITNESS_OUT_OF_REACH : 0;
    }

    /** What may vote beside the nodes. */
    String arbiter() {
        return isShared()
                ? "the shared disk"
                : "the witness on " + role.witness().orElse("");
    }

    private boolean isStale(String node) {
        return hasWitness() && reachesArbiter(node) && memory.epoch(node) < memory.witness();
    }

    private boolean hasWitness() {
        return role.replication() == Replication.CCR
                && role.witness().isPresent()
                && memory.members().size() > 1;
    }

    private boolean reachesArbiter(String node) {
        return isShared() || (hasWitness() && wiring.joins(node, role.witness().orElseThrow()));
    }

    private boolean isShared() {
        return role.replication() == Replication.SCC;
    }

    private int votes() {
        return isShared() ? 1 : memory.members().size() + (hasWitness() ? 1 : 0);
    }

    private int needed() {
        return votes() / 2 + 1;
    }

    private int count(Side side) {
        int witness = side.witness() ? 1 : 0;
        return isShared() ? witness : side.nodes().size() + witness;
    }

    /** Members that run, those that reach each other together. */
    private List<List<String>> sides() {
        List<List<String>> sides = new ArrayList<>();
        for (String node : memory.members()) {
            if (wiring.isUp(node)) {
                sides.stream()
                        .filter(side -> wiring.joins(side.get(0), node))
                        .findFirst()
                        .ifPresentOrElse(side -> side.add(node), () -> sides.add(new ArrayList<>(List.of(node))));
            }
        }
        return sides;
    }

    /**
     * The side that the witness votes with: the one that knows the latest membership, and of two that left it together the
     * one that hosts the mailboxes, or did last.
     */
    private Optional<List<String>> holder() {
        return sides().stream()
                .filter(side -> side.stream().anyMatch(this::reachesArbiter))
                .filter(side -> isShared() || memory.latest(side) >= memory.witness())
                .min(Comparator.<List<String>>comparingLong(side -> -memory.latest(side))
                        .thenComparing(side -> !hosted(side))
                        .thenComparing(side -> memory.members().indexOf(side.get(0))));
    }

    private boolean hosted(List<String> side) {
        return memory.owner().filter(side::contains).isPresent();
    }
}
