package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.jgrapht.alg.connectivity.BiconnectivityInspector;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sizes that {@link BruteForce} cannot reach: figures against JGraphT, then time and depth. */
@Tag("large")
class LargeGraphTest {
    private static final int SITES = 150;

    @Test
    void costsAndSinglePathsAgreeWithJgrapht() {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < 10; run++) {
            List<SiteLink> links = sparse(random);
            RoutingTable routes = table(SITES, links, RoutingPolicy.EXCHANGE_2007);
            SimpleWeightedGraph<String, DefaultWeightedEdge> graph = cliques(links);
            Set<DefaultWeightedEdge> bridges = new BiconnectivityInspector<>(graph).getBridges();
            DijkstraShortestPath<String, DefaultWeightedEdge> oracle = new DijkstraShortestPath<>(graph);
            for (String from : names(SITES)) {
                var paths = oracle.getPaths(from);
                for (String to : names(SITES)) {
                    String where = "seed " + seed + " run " + run + ": " + from + " to " + to;
                    var expected = paths.getPath(to);
                    var path = routes.path(from, to);
                    assertThat(path.isPresent()).as(where).isEqualTo(expected != null);
                    if (expected != null) {
                        assertThat((double) path.orElseThrow().cost()).as(where).isEqualTo(expected.getWeight());
                        boolean only = bridges.containsAll(expected.getEdgeList());
                        assertThat(routes.decidedBy(from, to).orElseThrow() == Rule.ONLY)
                                .as(where)
                                .isEqualTo(only);
                    }
                }
            }
        }
    }

    private static List<SiteLink> sparse(Random random) {
        List<SiteLink> links = new ArrayList<>();
        for (int i = 0; i < SITES; i++) {
            int members = random.nextInt(15) == 0 ? 4 : 2;
            List<String> sites = random.ints(0, SITES)
                    .distinct()
                    .limit(members)
                    .mapToObj(n -> "S" + n)
                    .toList();
            links.add(SiteLink.of("L" + i, sites, 1 + random.nextInt(20)));
        }
        return links;
    }

    private static SimpleWeightedGraph<String, DefaultWeightedEdge> cliques(List<SiteLink> links) {
        SimpleWeightedGraph<String, DefaultWeightedEdge> graph = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        names(SITES).forEach(graph::addVertex);
        for (SiteLink link : links) {
            for (String one : link.sites()) {
                for (String other : link.sites()) {
                    if (one.compareTo(other) < 0) {
                        DefaultWeightedEdge edge = graph.getEdge(one, other);
                        if (edge == null) {
                            graph.setEdgeWeight(graph.addEdge(one, other), link.cost());
                        } else {
                            graph.setEdgeWeight(edge, Math.min(graph.getEdgeWeight(edge), link.cost()));
                        }
                    }
                }
            }
        }
        return graph;
    }

    @Test
    void aLinkOfAThousandSitesAndAChainOfTenThousandAreNoBurden() {
        RoutingTable clique = table(1000, List.of(SiteLink.of("all", names(1000), 7)), RoutingPolicy.DEFAULT);
        assertThat(clique.decide("S0", "S999").orElseThrow().rule()).isEqualTo(Rule.HOPS);
        assertThat(clique.decidedBy("S1", "S2")).contains(Rule.HOPS);
        List<SiteLink> chain = IntStream.range(1, 10_000)
                .mapToObj(i -> SiteLink.of("L" + i, List.of("S" + (i - 1), "S" + i), 99_999))
                .toList();
        RoutingTable line = table(10_000, chain, RoutingPolicy.DEFAULT);
        assertThat(line.path("S0", "S9999").orElseThrow().cost()).isEqualTo(9_999L * 99_999);
        assertThat(line.decidedBy("S0", "S9999")).contains(Rule.ONLY);
    }

    @Test
    void tenThousandSitesTakeMillisecondsPerSource() {
        List<SiteLink> links = tree(new Random(7), 10_000);
        long begin = System.nanoTime();
        RoutingTable routes = table(10_000, links, RoutingPolicy.DEFAULT);
        long built = System.nanoTime();
        for (int source = 0; source < 100; source++) {
            assertThat(routes.path("S" + source, "S9999")).isPresent();
        }
        long routed = System.nanoTime();
        System.out.printf(
                "10,000 sites, %,d links: table %d ms, %.1f ms per source%n",
                links.size(), (built - begin) / 1_000_000, (routed - built) / 100_000_000.0);
        assertThat(routed - built).isLessThan(20_000_000_000L);
    }

    private static List<SiteLink> tree(Random random, int sites) {
        List<SiteLink> links = new ArrayList<>();
        for (int i = 1; i < sites; i++) {
            List<String> up = List.of("S" + i, "S" + random.nextInt(i));
            List<String> across = List.of("S" + i, "S" + (i + 1 + random.nextInt(sites - 2)) % sites);
            links.add(SiteLink.of("T" + i, up, 1 + random.nextInt(99)));
            links.add(SiteLink.of("X" + i, across, 1 + random.nextInt(99)));
        }
        return links;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "S" + i).toList();
    }

    private static RoutingTable table(int sites, List<SiteLink> links, RoutingPolicy policy) {
        return RoutingTable.of(Topology.of(
                Settings.of("Large", "large.test").withRouting(policy),
                names(sites).stream().map(Site::of).toList(),
                links,
                List.of()));
    }
}
