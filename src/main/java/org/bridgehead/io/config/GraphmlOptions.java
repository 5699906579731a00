package org.bridgehead.io.config;

import java.util.Optional;
import org.bridgehead.core.topology.PlacedServers;
import org.bridgehead.core.topology.RoutingPolicy;

/**
 * What {@link GraphmlImport} adds to a graph to make it an organisation.
 *
 * @param name of the organisation; empty = as the graph or its file is called
 * @param routing how its mail goes
 * @param hubs hub servers in each site, 0 to {@value PlacedServers#MOST_HUBS}
 * @param mailboxes whether each site gets a mailbox server
 */
public record GraphmlOptions(Optional<String> name, RoutingPolicy routing, int hubs, boolean mailboxes) {
    /** Checks the number. */
    public GraphmlOptions {
        if (hubs < 0 || hubs > PlacedServers.MOST_HUBS) {
            throw new IllegalArgumentException(
                    hubs + " hubs per site: write a number from 0 to " + PlacedServers.MOST_HUBS);
        }
    }
}
