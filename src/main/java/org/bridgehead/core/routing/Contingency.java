package org.bridgehead.core.routing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Topology;

/**
 * A failure in numbers of the site graph.
 *
 * @param number its place among the failures of a sweep
 * @param down as named
 * @param links lost
 * @param sites lost
 * @param dead sites with hubs of which none answers, the lost ones among them
 */
record Contingency(int number, List<String> down, int[] links, int[] sites, int[] dead) {
    static Contingency of(int number, SiteGraph graph, RoutingTable routes, Collection<String> down) {
        Topology topology = routes.topology();
        Reachability now = Reachability.of(topology, down);
        NavigableSet<String> links = Item.names(down, Item.LINK);
        int[] lostLinks = links.isEmpty() ? new int[0] : numbers(graph.linkNames, links);
        int[] lostSites = Item.names(down, Item.SITE).stream()
                .mapToInt(graph::site)
                .filter(site -> site >= 0)
                .toArray();
        NavigableSet<String> touched = Names.set();
        touched.addAll(Item.names(down, Item.SITE));
        Item.names(down, Item.SERVER).stream()
                .flatMap(name -> topology.server(name).stream())
                .flatMap(server -> server.site().stream())
                .forEach(touched::add);
        int[] dead = touched.stream()
                .filter(site -> !routes.hubsOf(site).isEmpty() && !now.hubAnswers(routes, site))
                .mapToInt(graph::site)
                .toArray();
        return new Contingency(number, List.copyOf(down), lostLinks, lostSites, dead);
    }

    private static int[] numbers(String[] sorted, NavigableSet<String> names) {
        return names.stream()
                .mapToInt(name -> Arrays.binarySearch(sorted, name, Names.ORDER))
                .filter(number -> number >= 0)
                .toArray();
    }
}
