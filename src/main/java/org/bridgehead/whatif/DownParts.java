package org.bridgehead.whatif;

import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** Failed parts, by kind. */
final class DownParts {
    private final Topology topology;
    private final List<String> items;
    private final Reachability now;
    private final NavigableSet<String> sites;
    private final NavigableSet<String> links;
    private final NavigableSet<String> nodes;
    private final NavigableSet<String> connectors;

    DownParts(Topology topology, List<String> items) {
        this.topology = topology;
        this.items = List.copyOf(items);
        this.now = Reachability.of(topology, items);
        this.sites = names(Item.SITE);
        this.links = names(Item.LINK);
        this.nodes = names("node");
        this.connectors = names(Item.CONNECTOR);
    }

    private NavigableSet<String> names(String kind) {
        NavigableSet<String> names = Names.set();
        items.forEach(text ->
                Item.tryParse(text).filter(item -> item.kind().equals(kind)).ifPresent(item -> names.add(item.name())));
        return names;
    }

    /** What they are parts of. */
    Topology topology() {
        return topology;
    }

    boolean none() {
        return items.isEmpty();
    }

    List<String> items() {
        return items;
    }

    /** Links and sites, which rerouted mail goes round. */
    List<String> avoidable() {
        return items.stream()
                .filter(text -> Item.tryParse(text)
                        .filter(item ->
                                item.kind().equals(Item.LINK) || item.kind().equals(Item.SITE))
                        .isPresent())
                .toList();
    }

    /** Links that have failed, in name order, as they were named. */
    List<String> links() {
        return List.copyOf(links);
    }

    /** Sites that have failed, in name order, as they were named. */
    List<String> sites() {
        return List.copyOf(sites);
    }

    /** Sites that have hubs of which none answers. */
    NavigableSet<String> silentSites(RoutingTable routes) {
        NavigableSet<String> touched = Names.set();
        touched.addAll(sites);
        names(Item.SERVER).stream()
                .flatMap(name -> topology.server(name).stream())
                .flatMap(server -> server.site().stream())
                .forEach(touched::add);
        touched.removeIf(site -> routes.hubsOf(site).isEmpty() || now.hubAnswers(routes, site));
        return touched;
    }

    Reachability now() {
        return now;
    }

    /** Whether a path leads over a failed link or site, whatever the network makes of it. */
    boolean crossedBy(SitePath path) {
        return path.links().stream().anyMatch(links::contains)
                || path.sites().stream().anyMatch(sites::contains);
    }

    boolean linkDown(String link) {
        return links.contains(link);
    }

    boolean siteDown(String site) {
        return sites.contains(site);
    }

    boolean connectorDown(String connector) {
        return connectors.contains(connector);
    }

    /** Whether the server takes part; an edge also needs the site it is subscribed to. */
    boolean serverUp(String name) {
        return now.serverUp(name)
                && topology.server(name)
                        .flatMap(Server::subscribedSite)
                        .map(now::siteUp)
                        .orElse(true);
    }

    /** Whether the node of a mailbox server runs. */
    boolean nodeUp(String server, String node) {
        return !nodes.contains(node) && now.serverUp(server);
    }
}
