package org.bridgehead.core.directory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import org.bridgehead.core.directory.NearController.Nearness;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * Which domain controllers stand how near to a site (BEHAVIOUR 7): its own, then those of directly linked sites, the
 * cheapest first, then, where wanted, those further away by the cost of the path; names break ties. The cost is that of
 * Active Directory: what mail costs on a link says nothing about look-ups. Immutable; safe for any thread.
 */
final class ControllerMap {
    private record Reached(String site, long cost) {}

    private static final Comparator<Reached> CHEAPEST =
            Comparator.comparingLong(Reached::cost).thenComparing(Reached::site, Names.ORDER);

    private final SortedMap<String, List<String>> controllers = Names.map();
    private final SortedMap<String, List<SiteLink>> links = Names.map();

    ControllerMap(Topology topology) {
        for (Server server : topology.servers().values()) {
            if (server.is(Role.DOMAIN_CONTROLLER) && server.ldap().isPresent()) {
                server.site().ifPresent(site -> list(controllers, site).add(server.name()));
            }
        }
        for (SiteLink link : topology.links().values()) {
            link.sites().forEach(site -> list(links, site).add(link));
        }
    }

    private static <T> List<T> list(SortedMap<String, List<T>> lists, String site) {
        return Objects.requireNonNull(lists.computeIfAbsent(site, key -> new ArrayList<>()));
    }

    /** Controllers with an address in the order in which {@code site} asks them. */
    List<NearController> from(String site, boolean transitive) {
        SortedMap<String, Long> linked = linked(site);
        List<NearController> near = new ArrayList<>();
        add(near, new Reached(site, 0), Nearness.OWN_SITE);
        sorted(linked).forEach(reached -> add(near, reached, Nearness.LINKED_SITE));
        if (transitive) {
            for (Reached reached : distances(site)) {
                if (!linked.containsKey(reached.site()) && !Names.same(reached.site(), site)) {
                    add(near, reached, Nearness.FURTHER_SITE);
                }
            }
        }
        return near;
    }

    private void add(List<NearController> near, Reached reached, Nearness nearness) {
        controllers
                .getOrDefault(reached.site(), List.of())
                .forEach(name -> near.add(new NearController(name, reached.site(), nearness, reached.cost())));
    }

    private SortedMap<String, Long> linked(String site) {
        SortedMap<String, Long> costs = Names.map();
        for (SiteLink link : links.getOrDefault(site, List.of())) {
            link.sites().stream()
                    .filter(other -> !Names.same(other, site))
                    .forEach(other -> costs.merge(other, (long) link.cost(), Math::min));
        }
        return costs;
    }

    private static List<Reached> sorted(SortedMap<String, Long> costs) {
        List<Reached> reached = new ArrayList<>();
        costs.forEach((site, cost) -> reached.add(new Reached(site, cost)));
        reached.sort(CHEAPEST);
        return reached;
    }

    /** Sites by the cost of the cheapest path, the nearest first; a link of many sites is gone through once. */
    private List<Reached> distances(String from) {
        List<Reached> settled = new ArrayList<>();
        SortedSet<String> known = Names.set();
        SortedSet<String> used = Names.set();
        PriorityQueue<Reached> open = new PriorityQueue<>(CHEAPEST);
        open.add(new Reached(from, 0));
        while (!open.isEmpty()) {
            Reached next = open.remove();
            if (known.add(next.site())) {
                settled.add(next);
                links.getOrDefault(next.site(), List.of()).stream()
                        .filter(link -> used.add(link.name()))
                        .forEach(link ->
                                link.sites().forEach(site -> open.add(new Reached(site, next.cost() + link.cost()))));
            }
        }
        return settled;
    }
}
