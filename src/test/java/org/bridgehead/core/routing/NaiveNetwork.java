package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * BEHAVIOUR 1.2 written a second time for networks of many sites, each with a hub: Dijkstra over pairs of criteria, then
 * back from the destination by the lowest name. Computed anew for each source and failure. One thread.
 */
final class NaiveNetwork {
    private static final long FAR = Long.MAX_VALUE / 4;
    private final List<String> sites;
    private final boolean hopsFirst;
    private final List<List<Edge>> edges = new ArrayList<>();

    private int wholeSource = -1;
    private List<List<Integer>> whole = List.of();

    private record Edge(String link, int to, long cost) {}

    /** What was found from one source: both criteria by site. */
    private record Tree(int source, long[] first, long[] second) {
        boolean reaches(int site) {
            return first[site] < FAR;
        }
    }

    NaiveNetwork(Topology topology) {
        this.sites = List.copyOf(topology.sites().keySet());
        this.hopsFirst = topology.settings().routing().metric() == Metric.HOPS;
        sites.forEach(site -> edges.add(new ArrayList<>()));
        for (SiteLink link : topology.links().values()) {
            for (String one : link.sites()) {
                for (String other : link.sites()) {
                    if (!one.equals(other)) {
                        edges.get(sites.indexOf(one))
                                .add(new Edge("link:" + link.name(), sites.indexOf(other), link.mailCost()));
                    }
                }
            }
        }
    }

    String site(int number) {
        return sites.get(number);
    }

    List<String> path(int source, int target, List<String> down) {
        Tree tree = tree(source, new TreeSet<>(down));
        return names(back(tree, target, new TreeSet<>(down)));
    }

    /** Changed, held and cut pairs from a source, and the hops that moved ones have more. */
    long[] damage(int source, List<String> down, boolean reroute) {
        TreeSet<String> lost = new TreeSet<>(down);
        long[] sum = new long[4];
        if (lost.contains("site:" + site(source))) {
            return sum;
        }
        List<List<Integer>> before = whole(source);
        Tree after = tree(source, lost);
        for (int target = 0; target < sites.size(); target++) {
            if (target == source
                    || lost.contains("site:" + site(target))
                    || before.get(target).isEmpty()) {
                continue;
            }
            List<Integer> old = before.get(target);
            List<Integer> now = back(after, target, lost);
            boolean broken = !survives(old, lost);
            if (reroute ? now.isEmpty() : broken) {
                sum[0]++;
                sum[1]++;
                sum[2] += now.isEmpty() ? 1 : 0;
            } else if (reroute && !now.equals(old)) {
                sum[0]++;
                sum[3] += now.size() - old.size();
            }
        }
        return sum;
    }

    /** The paths to all sites while nothing is down; those of the last source are kept. */
    private List<List<Integer>> whole(int source) {
        if (source != wholeSource) {
            Tree tree = tree(source, new TreeSet<>());
            whole = IntStream.range(0, sites.size())
                    .mapToObj(target -> back(tree, target, new TreeSet<>()))
                    .toList();
            wholeSource = source;
        }
        return whole;
    }

    /** Whether the links that the path really uses, the cheapest between neighbours, all work. */
    private boolean survives(List<Integer> path, TreeSet<String> lost) {
        for (int at = 0; at < path.size(); at++) {
            if (lost.contains("site:" + site(path.get(at)))) {
                return false;
            }
            if (at > 0 && lost.contains(used(path.get(at - 1), path.get(at)))) {
                return false;
            }
        }
        return true;
    }

    /** Of parallel links the cheapest, then the lowest name. */
    private String used(int from, int to) {
        Edge best = null;
        for (Edge edge : edges.get(from)) {
            boolean better = best == null
                    || edge.cost < best.cost
                    || edge.cost == best.cost && String.CASE_INSENSITIVE_ORDER.compare(edge.link, best.link) < 0;
            if (edge.to == to && better) {
                best = edge;
            }
        }
        return best == null ? "" : best.link;
    }

    private Tree tree(int source, TreeSet<String> lost) {
        long[] first = new long[sites.size()];
        long[] second = new long[sites.size()];
        Arrays.fill(first, FAR);
        Arrays.fill(second, FAR);
        PriorityQueue<long[]> open = new PriorityQueue<>(
                (one, other) -> one[0] == other[0] ? Long.compare(one[1], other[1]) : Long.compare(one[0], other[0]));
        first[source] = 0;
        second[source] = 0;
        open.add(new long[] {0, 0, source});
        while (!open.isEmpty()) {
            long[] near = open.remove();
            int here = (int) near[2];
            if (near[0] == first[here] && near[1] == second[here]) {
                for (Edge edge : edges.get(here)) {
                    long one = near[0] + (hopsFirst ? 1 : edge.cost);
                    long two = near[1] + (hopsFirst ? edge.cost : 1);
                    if (works(edge, lost) && (one < first[edge.to] || one == first[edge.to] && two < second[edge.to])) {
                        first[edge.to] = one;
                        second[edge.to] = two;
                        open.add(new long[] {one, two, edge.to});
                    }
                }
            }
        }
        return new Tree(source, first, second);
    }

    private boolean works(Edge edge, TreeSet<String> lost) {
        return !lost.contains(edge.link) && !lost.contains("site:" + site(edge.to));
    }

    /** From the destination step by step to the neighbour of lowest name that lies on a best way; empty = no way. */
    private List<Integer> back(Tree tree, int target, TreeSet<String> lost) {
        if (!tree.reaches(target)) {
            return List.of();
        }
        List<Integer> path = new ArrayList<>(List.of(target));
        for (int here = target; here != tree.source; here = path.get(0)) {
            int lowest = -1;
            for (Edge edge : edges.get(here)) {
                int near = edge.to;
                boolean best = works(edge, lost)
                        && tree.reaches(near)
                        && tree.first[near] + (hopsFirst ? 1 : edge.cost) == tree.first[here]
                        && tree.second[near] + (hopsFirst ? edge.cost : 1) == tree.second[here];
                if (best && (lowest < 0 || String.CASE_INSENSITIVE_ORDER.compare(site(near), site(lowest)) < 0)) {
                    lowest = near;
                }
            }
            path.add(0, lowest);
        }
        return path;
    }

    private List<String> names(List<Integer> path) {
        return path.stream().map(sites::get).toList();
    }
}
