package org.bridgehead.core.mailbox;

import java.util.List;
import org.bridgehead.core.topology.Names;

/**
 * Nodes that reach each other.
 *
 * @param nodes at least one, in the order of the topology
 * @param witness whether the witness votes with them, or the shared disk is theirs
 */
record Side(List<String> nodes, boolean witness) {
    Side {
        nodes = List.copyOf(nodes);
    }

    boolean has(String node) {
        return nodes.stream().anyMatch(own -> Names.same(own, node));
    }
}
