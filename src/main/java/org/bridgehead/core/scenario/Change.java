package org.bridgehead.core.scenario;

import java.util.List;
import org.bridgehead.core.topology.Topology;

/**
 * The topology is edited while mail flows; all servers learn it at once.
 *
 * @param edits as people write them, {@code siteLinks.A-B.cost=5}; on top of all edits before
 * @param topology what comes of it
 */
public record Change(List<String> edits, Topology topology) implements Step {
    /** Copies the list. */
    public Change {
        edits = List.copyOf(edits);
    }
}
