package org.bridgehead.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.bridgehead.core.routing.Damage;
import org.bridgehead.core.routing.FailureSweep;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.engine.Workers;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * Sweeps of all link failures against recomputing every source with JGraphT's Dijkstra, in one run; see
 * {@code examples/bench/sweep.sh}. The peer is measured on a sample of the failures and scaled up, which is said.
 */
public final class SweepBenchmark {
    private static final int SAMPLE = 10;

    private SweepBenchmark() {}

    /** Prints one line per measurement. */
    public static void main(String[] args) {
        Topology kdl = network(754, 905, 1);
        measure("warm-up, 754 sites, N-1 links", kdl, singles(kdl));
        double ours = measure("754 sites, 905 links, N-1 links", kdl, singles(kdl));
        double peer = jgrapht(kdl);
        System.out.printf(
                Locale.ROOT,
                "JGraphT Dijkstra from every source, one thread: %.0f s (extrapolated from %d of 905 failures); ratio"
                        + " %.0f%n",
                peer,
                SAMPLE,
                peer / ours);
        Topology medium = network(200, 245, 2);
        measure("200 sites, 245 links, N-2 links", medium, pairs(medium));
    }

    private static double measure(String what, Topology topology, List<List<String>> failures) {
        long start = System.nanoTime();
        FailureSweep sweep = FailureSweep.of(RoutingTable.of(topology), site -> 1, failures);
        int parts = 16;
        FailureSweep.Tally sum = sweep.tally();
        Workers.map(
                        parts,
                        part -> sweep.count(part * sweep.sources() / parts, (part + 1) * sweep.sources() / parts),
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

    private static double jgrapht(Topology topology) {
        List<SiteLink> links = List.copyOf(topology.links().values());
        long start = System.nanoTime();
        long found = 0;
        for (int sample = 0; sample < SAMPLE; sample++) {
            SiteLink lost = links.get(sample * links.size() / SAMPLE);
            SimpleWeightedGraph<String, DefaultWeightedEdge> graph =
                    new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
            topology.sites().keySet().forEach(graph::addVertex);
            for (SiteLink link : links) {
                if (link != lost) {
                    graph.setEdgeWeight(
                            graph.addEdge(link.sites().get(0), link.sites().get(1)), link.mailCost());
                }
            }
            DijkstraShortestPath<String, DefaultWeightedEdge> paths = new DijkstraShortestPath<>(graph);
            for (String source : graph.vertexSet()) {
                found += paths.getPaths(source).getWeight(lost.sites().get(0)) < 1e9 ? 1 : 0;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (found == 0) {
            throw new IllegalStateException("the peer found no path");
        }
        return seconds * links.size() / SAMPLE;
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

    /** A long thin network as those of carriers: each site is joined to a near one, then near pairs are. */
    private static Topology network(int count, int linkCount, long seed) {
        Random random = new Random(seed);
        boolean[][] joined = new boolean[count][count];
        List<SiteLink> links = new ArrayList<>();
        for (int site = 1; site < count; site++) {
            join(site, site - 1 - random.nextInt(Math.min(site, 4)), joined, links, random);
        }
        while (links.size() < linkCount) {
            int one = random.nextInt(count);
            int other = Math.min(count - 1, one + 1 + random.nextInt(12));
            if (one != other && !joined[one][other]) {
                join(one, other, joined, links, random);
            }
        }
        List<Site> sites = new ArrayList<>();
        List<Server> hubs = new ArrayList<>();
        for (int site = 0; site < count; site++) {
            sites.add(Site.of(name(site)));
            hubs.add(Server.hub(name(site) + "-HT1", name(site)));
        }
        RoutingPolicy policy =
                new RoutingPolicy(Metric.COST, Relay.EVERY_SITE, OnFailure.REROUTE, LoadBalancing.HEALTHY);
        return Topology.of(Settings.of("Bench", "bench.test").withRouting(policy), sites, links, hubs);
    }

    private static void join(int one, int other, boolean[][] joined, List<SiteLink> links, Random random) {
        joined[one][other] = true;
        joined[other][one] = true;
        links.add(SiteLink.of("L" + links.size(), List.of(name(one), name(other)), 1 + random.nextInt(50)));
    }

    private static String name(int site) {
        return String.format(Locale.ROOT, "S%05d", site);
    }
}
