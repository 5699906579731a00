package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Relay;

/**
 * Delayed fan-out (BEHAVIOUR 1.5): one copy travels while the paths of its recipients run together, and splits where
 * they part. Under direct relay it goes straight to the fork: the last site the paths have in common, or the last one
 * before it that has a hub (1.5.3); from there each part goes on in the same way. Under {@code everySite} the next stop
 * is a site they share anyway.
 */
public final class ForkSites {
    private ForkSites() {}

    /**
     * A copy on its way from hub to hub while everything works.
     *
     * @param from the site that sends it
     * @param to the site that gets it: a fork, a hub site or other stop, or a destination
     * @param destinations sites of its recipients, as asked for; those equal to {@code to} end there
     */
    public record Copy(String from, String to, List<String> destinations) {
        /** Copies the list. */
        public Copy {
            destinations = List.copyOf(destinations);
        }
    }

    /**
     * All copies of one message, each followed by those it is split into.
     *
     * @param destinations sites; those that are {@code from}, have no hub or cannot be reached get none
     */
    public static List<Copy> copies(RoutingTable routes, String from, Collection<String> destinations) {
        List<Copy> copies = new ArrayList<>();
        send(routes, from, destinations, copies);
        return List.copyOf(copies);
    }

    private static void send(RoutingTable routes, String here, Collection<String> destinations, List<Copy> copies) {
        Map<String, DeliveryPlan> plans = new LinkedHashMap<>();
        for (String to : destinations) {
            routes.path(here, to)
                    .filter(path -> path.hops() > 0 && !routes.hubsOf(to).isEmpty())
                    .ifPresent(path -> plans.put(to, DeliveryPlan.of(path, routes)));
        }
        boolean direct = routes.topology().settings().routing().relay() == Relay.DIRECT;
        SortedMap<String, String> forks = direct ? of(plans.values()) : Names.map();
        SortedMap<String, List<String>> together = Names.map();
        plans.forEach((to, plan) -> {
            String first = plan.candidates().get(0);
            together.computeIfAbsent(forks.getOrDefault(first, first), next -> new ArrayList<>())
                    .add(to);
        });
        together.forEach((next, its) -> {
            copies.add(new Copy(here, next, its));
            send(routes, next, its, copies);
        });
    }

    /**
     * Where the copies for several targets part.
     *
     * @param plans from one source under direct relay, with candidates
     * @return by target, which is the plan's last site on the way: the site to send to first; the target itself when it
     *     shares its way with no other
     */
    public static SortedMap<String, String> of(Collection<DeliveryPlan> plans) {
        SortedMap<String, List<String>> ways = Names.map();
        for (DeliveryPlan plan : plans) {
            List<String> way = plan.onTheWay();
            ways.putIfAbsent(last(way), way);
        }
        SortedMap<String, List<String>> shared = Names.map();
        for (List<String> way : ways.values()) {
            shared.merge(way.get(0), way, ForkSites::common);
        }
        SortedMap<String, String> forks = Names.map();
        ways.forEach((target, way) -> forks.put(target, last(shared.getOrDefault(way.get(0), way))));
        return forks;
    }

    private static String last(List<String> way) {
        return way.get(way.size() - 1);
    }

    /** What both begin with; paths from one source are a tree, so behind the first difference nothing is shared. */
    private static List<String> common(List<String> one, List<String> other) {
        int same = 0;
        while (same < Math.min(one.size(), other.size()) && Names.same(one.get(same), other.get(same))) {
            same++;
        }
        return one.subList(0, same);
    }
}
