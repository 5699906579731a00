package org.bridgehead.core.routing;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
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
 * @param visible whether the connector takes part at all for mail from here (BEHAVIOUR 1.8 step 1, 1.8.7); an edge knows
 *     only the connectors it serves itself, its hubs know the others
 */
record Exit(
        SendConnector connector,
        Optional<SitePath> path,
        List<String> servers,
        int proximity,
        List<String> farther,
        boolean visible) {
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
        boolean here = isAmong(servers, self.name());
        List<String> sites = sites(topology, connector);
        NavigableSet<String> farther = Names.set();
        farther.addAll(sites);
        path.map(SitePath::destination).ifPresent(farther::remove);
        int proximity = here ? 0 : 1 + path.map(SitePath::hops).orElse(0);
        boolean inScope = connector.enabled() && (!connector.scoped() || isAmong(sites, home));
        boolean known = !self.is(Role.EDGE_TRANSPORT) || isAmong(connector.sourceServers(), self.name());
        return new Exit(connector, path, servers, proximity, List.copyOf(farther), inScope && known);
    }

    private static boolean isAmong(List<String> names, String name) {
        return names.stream().anyMatch(one -> Names.same(one, name));
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
}
