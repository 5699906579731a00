package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mailbox.NodeStatus;
import org.bridgehead.core.topology.MailboxRole.Replication;

/**
 * How a mailbox server and its nodes stand. An immutable value.
 *
 * @param server its name
 * @param site where
 * @param replication how it is replicated
 * @param active the node that hosts the mailboxes; empty = none
 * @param witness the hub with the file share witness
 * @param nodes each node
 * @param groups each storage group
 */
public record ClusterStatus(
        String server,
        Optional<String> site,
        Replication replication,
        Optional<String> active,
        Optional<String> witness,
        List<NodeStatus> nodes,
        List<GroupStatus> groups) {
    /** Copies the lists. */
    public ClusterStatus {
        nodes = List.copyOf(nodes);
        groups = List.copyOf(groups);
    }
}
