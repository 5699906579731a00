package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.Site;
import org.junit.jupiter.api.Test;

/** {@link RoutingTable} against {@link BruteForce} on random topologies, and proof that the hard cases occurred. */
class RoutingOracleTest {
    private static final int TOPOLOGIES = Rounds.of(1000);
    private final long seed = Long.getLong("bridgehead.seed", System.nanoTime());
    private final TreeMap<String, Integer> decided = new TreeMap<>();
    private final TreeMap<String, Integer> containing = new TreeMap<>();
    private int pairs;
    private int unreachable;

    @Test
    void agreesWithBruteForceOnRandomTopologies() {
        Random random = new Random(seed);
        for (int run = 0; run < TOPOLOGIES; run++) {
            Metric metric = run % 2 == 0 ? Metric.HOPS : Metric.COST;
            RandomTopology drawn = new RandomTopology(random, metric);
            count(drawn);
            check(drawn, "seed " + seed + " topology " + run);
        }
        System.out.println("routing oracle: seed " + seed + ", " + TOPOLOGIES + " topologies, " + pairs
                + " connected pairs, decided by " + decided + ", unreachable pairs " + unreachable
                + ", topologies with " + containing);
        assertThat(decided).containsOnlyKeys("cost", "hops", "name", "only");
        assertThat(decided.values()).allMatch(count -> count >= Rounds.of(1000));
        assertThat(decided.get("name")).isGreaterThanOrEqualTo(pairs * 3 / 10);
        assertThat(containing).containsOnlyKeys("ExchangeCost", "hub-less sites", "multi-site links", "parallel links");
        assertThat(containing.values()).allMatch(count -> count >= TOPOLOGIES / 5);
    }

    private void count(RandomTopology drawn) {
        count("multi-site links", drawn.multiSite);
        count("parallel links", drawn.parallel);
        count("ExchangeCost", drawn.exchangeCost);
        count("hub-less sites", drawn.hubless);
    }

    private void count(String what, boolean present) {
        if (present) {
            containing.merge(what, 1, Integer::sum);
        }
    }

    private void check(RandomTopology drawn, String where) {
        BruteForce oracle = new BruteForce(drawn.topology);
        RoutingTable table = RoutingTable.of(drawn.topology);
        for (String from : oracle.sites()) {
            for (String to : oracle.sites()) {
                if (!from.equals(to)) {
                    check(oracle, table, from, to, where + ": " + from + " to " + to);
                }
            }
        }
    }

    private void check(BruteForce oracle, RoutingTable table, String from, String to, String where) {
        List<BruteForce.Path> expected = oracle.paths(from, to);
        assertThat(table.path(from, to).isPresent()).as(where).isEqualTo(!expected.isEmpty());
        if (expected.isEmpty()) {
            unreachable++;
            return;
        }
        pairs++;
        Decision decision = table.decide(from, to).orElseThrow();
        BruteForce.Path best = expected.get(0);
        assertThat(table.path(from, to)).as(where).contains(decision.chosen());
        assertThat(asOracle(decision.chosen())).as(where).isEqualTo(best);
        List<BruteForce.Path> losers = expected.subList(1, Math.min(expected.size(), 1 + RoutingTable.ALTERNATIVES));
        assertThat(decision.rejected().stream().map(r -> asOracle(r.path())).toList())
                .as(where)
                .isEqualTo(losers);
        assertThat(decision.rejected().stream().map(r -> r.lostBy().keyword()).toList())
                .as(where)
                .isEqualTo(
                        losers.stream().map(loser -> oracle.rule(best, loser)).toList());
        String rule = losers.isEmpty() ? "only" : oracle.rule(best, losers.get(0));
        assertThat(decision.rule().keyword()).as(where).isEqualTo(rule);
        assertThat(table.decidedBy(from, to)).as(where).contains(decision.rule());
        assertThat(DeliveryPlan.of(decision.chosen(), table).candidates())
                .as(where)
                .isEqualTo(stops(table, best));
        decided.merge(rule, 1, Integer::sum);
    }

    private static BruteForce.Path asOracle(SitePath path) {
        return new BruteForce.Path(path.sites(), path.links(), path.cost());
    }

    /** everySite: what has a hub, up to the first hub site. */
    private static List<String> stops(RoutingTable table, BruteForce.Path path) {
        List<String> stops = new ArrayList<>();
        for (String site : path.sites().subList(1, path.sites().size())) {
            if (table.topology().servers().containsKey("HUB-" + site)) {
                stops.add(site);
                if (table.topology().site(site).map(Site::hubSite).orElseThrow()) {
                    return stops;
                }
            }
        }
        return stops;
    }
}
