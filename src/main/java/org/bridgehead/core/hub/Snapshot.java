package org.bridgehead.core.hub;

import java.util.List;
import org.bridgehead.core.edge.EdgeSnapshot;
import org.bridgehead.core.routing.Router;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.RetrySettings;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Topology;

/**
 * What a hub or edge knows of the organisation: immutable, replaced whole when the topology changes.
 *
 * @param topology all of it, or for an edge what its subscription gave it
 * @param routes computed from it
 * @param self the server that knows it
 * @param router next hops as seen from that server
 * @param agents stages at which agents are consulted
 */
public record Snapshot(Topology topology, RoutingTable routes, Server self, Router router, List<Stage> agents) {
    /** Copies the list. */
    public Snapshot {
        agents = List.copyOf(agents);
    }

    /**
     * The snapshot of a hub or edge without agents.
     *
     * @param routes of the whole topology; shared by all hubs of it
     * @throws IllegalArgumentException when there is no such server or it has neither role
     */
    public static Snapshot of(RoutingTable routes, String server) {
        Server self =
                routes.topology().server(server).orElseThrow(() -> new IllegalArgumentException("no server " + server));
        if (self.is(Role.HUB_TRANSPORT)) {
            return new Snapshot(routes.topology(), routes, self, Router.of(routes, self.name()), List.of());
        }
        if (!self.is(Role.EDGE_TRANSPORT)) {
            throw new IllegalArgumentException(server + " is neither a hub nor an edge");
        }
        RoutingTable narrow =
                RoutingTable.of(EdgeSnapshot.of(routes.topology(), self.name()).topology());
        return new Snapshot(narrow.topology(), narrow, self, Router.of(narrow, self.name()), List.of());
    }

    /** The same with agents at these stages. */
    public Snapshot withAgents(List<Stage> stages) {
        return new Snapshot(topology, routes, self, router, stages);
    }

    /** Settings of the organisation. */
    public Settings settings() {
        return topology.settings();
    }

    /** Whether the server is an edge. */
    public boolean isEdge() {
        return !self.is(Role.HUB_TRANSPORT);
    }

    /** The retry ladder that applies here. */
    public RetrySettings retry() {
        return isEdge() ? settings().edgeRetry() : settings().retry();
    }
}
