package org.bridgehead.core.routing;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * A connector seen from one server.
 *
 * @param connector the connector
 * @param path to the closest site with source servers of it (BEHAVIOUR 1.8.4); empty = no path leads to one
 * @param servers the source servers in that site, an edge counting for the site it is subscribed to; name order
 * @param proximity 0 = the server itself is among them, 1 = the same site, else hops + 1
 * @param farther the other sites with source servers, name order
 */
record Exit(
        SendConnector connector, Optional<SitePath> path, List<String> servers, int proximity, List<String> farther) {
    /** The exit for mail that {@code self} in (or subscribed to) {@code home} sends. */
    static Exit of(RoutingTable routes, Server self, String home, SendConnector connector) {
        Topology topology = routes.topology();
        Optional<SitePath> path = sites(topology, connector).stream()
                .flatMap(site -> routes.path(home, site).stream())
                .min(closest(topology.settings().routing().metric()));
        List<String> servers = connector.sourceServers().stream()
                .flatMap(name -> topology.server(name).stream())
                .filter(server -> path.isPresent()
                        && Names.same(siteOf(server).orElse(""), path.get().destination()))
                .map(Server::name)
                .sorted(Names.ORDER)
                .toList();
        boolean here = servers.stream().anyMatch(name -> Names.same(name, self.name()));
        NavigableSet<String> farther = Names.set();
        farther.addAll(sites(topology, connector));
        path.map(SitePath::destination).ifPresent(farther::remove);
        int proximity = here ? 0 : 1 + path.map(SitePath::hops).orElse(0);
        return new Exit(connector, path, servers, proximity, List.copyOf(farther));
    }

    /** Where its source servers stand; a site for each of them. */
    private static List<String> sites(Topology topology, SendConnector connector) {
        return connector.sourceServers().stream()
                .flatMap(name -> topology.server(name).flatMap(Exit::siteOf).stream())
                .toList();
    }

    /** Where a server stands, for an edge the site it is subscribed to. */
    static Optional<String> siteOf(Server server) {
        return server.site().or(server::subscribedSite);
    }

    private static Comparator<SitePath> closest(Metric metric) {
        Comparator<SitePath> hops = Comparator.comparingInt(SitePath::hops);
        Comparator<SitePath> cost = Comparator.comparingLong(SitePath::cost);
        return (metric == Metric.HOPS ? hops.thenComparing(cost) : cost.thenComparing(hops))
                .thenComparing(SitePath::destination, Names.ORDER);
    }

    boolean isHere() {
        return proximity == 0;
    }

    /** Whether the connector takes part at all for mail from {@code home} (BEHAVIOUR 1.8 step 1, 1.8.7). */
    boolean inScope(Topology topology, String home) {
        return connector.enabled()
                && (!connector.scoped()
                        || sites(topology, connector).stream().anyMatch(site -> Names.same(site, home)));
    }
}
