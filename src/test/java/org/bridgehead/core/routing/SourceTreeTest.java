package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.junit.jupiter.api.Test;

/** {@link SourceTree} against {@link RoutingTable} on random topologies. */
class SourceTreeTest {
    private static final int TOPOLOGIES = 500;

    private final long seed = Long.getLong("bridgehead.seed", System.nanoTime());
    private int rivals;

    @Test
    void holdsThePathsOfTheTable() {
        Random random = new Random(seed);
        for (int run = 0; run < TOPOLOGIES; run++) {
            RandomTopology drawn = new RandomTopology(random, run % 2 == 0 ? Metric.HOPS : Metric.COST);
            RoutingTable routes = RoutingTable.of(drawn.topology);
            List<String> sites = List.copyOf(drawn.topology.sites().keySet());
            for (int source = 0; source < sites.size(); source++) {
                check(routes, sites, source, "seed " + seed + " topology " + run);
            }
        }
        System.out.println("source trees: seed " + seed + ", " + rivals + " rivals");
        assertThat(rivals).isGreaterThan(TOPOLOGIES);
    }

    private void check(RoutingTable routes, List<String> sites, int source, String name) {
        SourceTree tree = SourceTree.of(routes, source);
        int[] rival = tree.rivals();
        List<Integer> reached =
                IntStream.range(0, tree.reached()).map(tree::site).boxed().toList();
        assertThat(reached).as(name).startsWith(source).doesNotHaveDuplicates();
        for (int target = 0; target < sites.size(); target++) {
            var path = routes.path(sites.get(source), sites.get(target));
            assertThat(tree.reaches(target)).as(name).isEqualTo(path.isPresent());
            assertThat(reached.contains(target)).as(name).isEqualTo(path.isPresent());
            if (path.isPresent()) {
                SitePath chosen = path.get();
                assertThat(tree.hops(target)).as(name).isEqualTo(chosen.hops());
                assertThat(tree.cost(target)).as(name).isEqualTo(chosen.cost());
                assertThat(walked(routes, tree, sites, target)).as(name).isEqualTo(chosen);
                boolean named = routes.decidedBy(sites.get(source), sites.get(target))
                        .filter(rule -> rule == Rule.NAME)
                        .isPresent();
                assertThat(hasRival(tree, rival, target)).as(name).isEqualTo(named);
                rivals += rival[target] >= 0 ? 1 : 0;
            }
        }
    }

    private static boolean hasRival(SourceTree tree, int[] rival, int target) {
        boolean found = false;
        for (int site = target; site >= 0; site = tree.previous(site)) {
            found |= rival[site] >= 0;
        }
        return found;
    }

    private static SitePath walked(RoutingTable routes, SourceTree tree, List<String> sites, int target) {
        List<String> links = List.copyOf(routes.topology().links().keySet());
        List<String> passed = new ArrayList<>(List.of(sites.get(target)));
        List<String> crossed = new ArrayList<>();
        for (int site = target; tree.previous(site) >= 0; site = tree.previous(site)) {
            passed.add(0, sites.get(tree.previous(site)));
            crossed.add(0, links.get(tree.link(site)));
        }
        return new SitePath(passed, crossed, tree.cost(target));
    }

    /** The names that an administrator would have to change to move a path: the lowest one that lost by its name. */
    @Test
    void theRivalIsTheLowestNameThatLost() {
        RoutingTable parallel =
                Nets.of("A-B 5", "A-C 5", "A-D 5", "B-E 5", "D-E 5", "E-C 5").routes();
        assertThat(SourceTree.of(parallel, 0).rivals()).containsExactly(-1, -1, -1, -1, 2);
        RoutingTable clique = Nets.of("A-B 5", "A-C 5", "A-D 5", "B-C-D-E 5").routes();
        assertThat(SourceTree.of(clique, 0).rivals()).containsExactly(-1, -1, -1, -1, 2);
        assertThat(SourceTree.of(clique, 4).source()).isEqualTo(4);
    }
}
