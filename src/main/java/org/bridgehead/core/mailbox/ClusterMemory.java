package org.bridgehead.core.mailbox;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;

/**
 * What a cluster knows after all its parts were off: who keeps it across a restart keeps the promise that an older node
 * does not start alone.
 *
 * @param epochs of each node, by name: number of the last membership that it took part in
 * @param witness the same of the witness, or of the shared disk
 * @param members nodes that were not evicted, in the order of the topology; at least one
 * @param owner the node that hosted the mailboxes last; empty = none did yet
 */
public record ClusterMemory(
        SortedMap<String, Long> epochs, long witness, List<String> members, Optional<String> owner) {
    /** Copies the collections. */
    public ClusterMemory {
        TreeMap<String, Long> copy = Names.map();
        copy.putAll(epochs);
        epochs = Collections.unmodifiableSortedMap(copy);
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a cluster has a member");
        }
    }

    /** Of a mailbox server that never ran. */
    public static ClusterMemory fresh(MailboxRole role) {
        TreeMap<String, Long> epochs = Names.map();
        role.nodes().forEach(node -> epochs.put(node.name(), 0L));
        return new ClusterMemory(epochs, 0, role.nodeNames(), Optional.empty());
    }

    /** The last membership that the node took part in. */
    public long epoch(String node) {
        return epochs.getOrDefault(node, 0L);
    }

    /** The last membership that any of the nodes took part in. */
    long latest(List<String> nodes) {
        return nodes.stream().mapToLong(this::epoch).max().orElse(0);
    }

    /** After a membership of {@code side}, numbered one higher than all that its parts know of. */
    ClusterMemory after(Side side) {
        long next = Math.max(latest(side.nodes()), side.witness() ? witness : 0) + 1;
        TreeMap<String, Long> changed = new TreeMap<>(epochs);
        side.nodes().forEach(node -> changed.put(node, next));
        return new ClusterMemory(changed, side.witness() ? next : witness, members, owner);
    }

    ClusterMemory hostedBy(Optional<String> node) {
        return new ClusterMemory(epochs, witness, members, node);
    }

    ClusterMemory withMembers(List<String> others) {
        return new ClusterMemory(epochs, witness, others, owner);
    }
}
