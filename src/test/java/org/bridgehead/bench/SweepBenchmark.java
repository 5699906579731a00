package org.bridgehead.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bridgehead.core.routing.Damage;
import org.bridgehead.core.routing.FailureSweep;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.engine.Workers;
import org.bridgehead.whatif.NetworkPlan;
import org.bridgehead.whatif.SyntheticTopology;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * Sweeps of all link failures against recomputing every source with JGraphT's Dijkstra, in one run; see
 * {@code examples/bench/sweep.sh}. The peer has as many threads, keeps its graphs (a link is taken out and put back),
 * is warm, and is measured on a sample of the failures and scaled up, which is said.
 */
public final class SweepBenchmark {
    private static final int PARTS = 16;
    private static final int SAMPLE = 48;

    private SweepBenchmark() {}

    /** Prints one line per measurement. */
    public static void main(String[] args) {
        Topology kdl = network(754, 2.4, 1);
        List<List<String>> links = singles(kdl);
        measure("warm-up: 754 sites, N-1 links", kdl, links);
        double ours = measure("754 sites, 905 links, N-1 links", kdl, links);
        peer(kdl, PARTS);
        double theirs = peer(kdl, SAMPLE) * links.size() / SAMPLE;
        System.out.printf(
                Locale.ROOT,
                "JGraphT Dijkstra from every source after each failure, %d threads: %.0f s (extrapolated from %d of %d"
                        + " failures); ratio %.0f%n",
                Math.min(PARTS, Runtime.getRuntime().availableProcessors()),
                theirs,
                SAMPLE,
                links.size(),
                theirs / ours);
        Topology medium = network(200, 2.45, 2);
        measure("200 sites, " + medium.links().size() + " links, N-2 links", medium, pairs(medium));
    }

    private static double measure(String what, Topology topology, List<List<String>> failures) {
        long start = System.nanoTime();
        FailureSweep sweep = FailureSweep.of(RoutingTable.of(topology), site -> 1, failures);
        FailureSweep.Tally sum = sweep.tally();
        Workers.map(
                        PARTS,
                        part -> sweep.count(part * sweep.sources() / PARTS, (part + 1) * sweep.sources() / PARTS),
                        done -> {})
                .forEach(sum::add);
        List<Damage> damages = sweep.damages(sum);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %d failures, %d pairs changed, %.2f s%n",
                what,
                damages.size(),
                damages.stream().mapToLong(Damage::changedPairs).sum(),
                seconds);
        return seconds;
    }

    /** Seconds for so many of the failures, spread evenly; building the graphs is not counted. */
    private static double peer(Topology topology, int failures) {
        List<SimpleWeightedGraph<String, DefaultWeightedEdge>> graphs = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            graphs.add(graph(topology));
        }
        List<SiteLink> links = List.copyOf(topology.links().values());
        long start = System.nanoTime();
        long found = Workers.map(
                        PARTS,
                        part -> {
                            long reached = 0;
                            for (int failure = part; failure < failures; failure += PARTS) {
                                int lost = (int) ((long) failure * links.size() / failures);
                                reached += without(graphs.get(part), links.get(lost));
                            }
                            return reached;
                        },
                        done -> {})
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        if (found == 0) {
            throw new IllegalStateException("the peer found no path");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static SimpleWeightedGraph<String, DefaultWeightedEdge> graph(Topology topology) {
        SimpleWeightedGraph<String, DefaultWeightedEdge> graph = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        topology.sites().keySet().forEach(graph::addVertex);
        topology.links().values().forEach(link -> join(graph, link));
        return graph;
    }

    private static void join(SimpleWeightedGraph<String, DefaultWeightedEdge> graph, SiteLink link) {
        graph.setEdgeWeight(graph.addEdge(link.sites().get(0), link.sites().get(1)), link.mailCost());
    }

    /** How many sources reach one end of the link when it is taken out. */
    private static long without(SimpleWeightedGraph<String, DefaultWeightedEdge> graph, SiteLink lost) {
        graph.removeEdge(lost.sites().get(0), lost.sites().get(1));
        DijkstraShortestPath<String, DefaultWeightedEdge> paths = new DijkstraShortestPath<>(graph);
        long reached = 0;
        for (String source : graph.vertexSet()) {
            reached += paths.getPaths(source).getWeight(lost.sites().get(0)) < 1e9 ? 1 : 0;
        }
        join(graph, lost);
        return reached;
    }

    private static List<List<String>> singles(Topology topology) {
        return topology.links().keySet().stream()
                .map(link -> List.of("link:" + link))
                .toList();
    }

    private static List<List<String>> pairs(Topology topology) {
        List<String> links = List.copyOf(topology.links().keySet());
        List<List<String>> pairs = new ArrayList<>();
        for (int one = 0; one < links.size(); one++) {
            for (int two = one + 1; two < links.size(); two++) {
                pairs.add(List.of("link:" + links.get(one), "link:" + links.get(two)));
            }
        }
        return pairs;
    }

    /** What {@code bridgehead generate --sites … --degree … --seed … --metric cost --on-failure reroute} gives. */
    private static Topology network(int sites, double degree, long seed) {
        RoutingPolicy policy =
                new RoutingPolicy(Metric.COST, Relay.EVERY_SITE, OnFailure.REROUTE, LoadBalancing.HEALTHY);
        return SyntheticTopology.of(
                new NetworkPlan(sites, degree, seed, 1),
                Settings.of("Bench", "bench.test").withRouting(policy));
    }
}
