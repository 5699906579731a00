package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Routes and sweeps of every real network at hand, against {@link NaiveNetwork}, which knows none of the code under test.
 * Small networks are looked at as a whole; of large ones, where that would take minutes, sources drawn by lot with all
 * single failures, and pairs of failures drawn by lot.
 */
@Tag("large")
class RealNetworksTest {
    /** Failures times sources that are computed anew for one network and one policy. */
    private static final int SINGLE = 300;

    private static final int DOUBLE = 200;
    private final long seed = Long.getLong("bridgehead.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private long routes;
    private long singles;
    private long doubles;
    private int whole;
    private int wholeDoubles;

    @Test
    void routesAndSweepsEqualNaiveRecomputation() throws Exception {
        List<Path> files = Zoo.files();
        assumeFalse(files.isEmpty(), "the folder ../shared/data/topology-zoo is not here");
        for (Path file : files) {
            for (OnFailure onFailure : OnFailure.values()) {
                RoutingPolicy policy = new RoutingPolicy(
                        random.nextBoolean() ? Metric.HOPS : Metric.COST,
                        Relay.EVERY_SITE,
                        onFailure,
                        LoadBalancing.HEALTHY);
                Topology real = Zoo.read(file, Settings.of("Zoo", "zoo.test").withRouting(policy));
                check(real, "seed " + seed + " " + file.getFileName() + " " + policy.metric() + " " + onFailure);
            }
        }
        System.out.printf(
                "real networks: seed %d, %d files twice: %d routes, %d sources under single failures (%d whole networks),"
                        + " %d under pairs of failures (%d whole)%n",
                seed, files.size(), routes, singles, whole, doubles, wholeDoubles);
    }

    private void check(Topology real, String where) {
        RoutingTable table = RoutingTable.of(real);
        NaiveNetwork naive = new NaiveNetwork(real);
        int sites = real.sites().size();
        for (int source : drawn(sites, 10)) {
            for (int target = 0; target < sites; target++) {
                List<String> path = table.path(naive.site(source), naive.site(target))
                        .map(SitePath::sites)
                        .orElse(List.of());
                assertThat(path).as(where).isEqualTo(naive.path(source, target, List.of()));
                routes++;
            }
        }
        List<String> items = new ArrayList<>();
        real.links().keySet().forEach(name -> items.add("link:" + name));
        real.sites().keySet().forEach(name -> items.add("site:" + name));
        List<List<String>> single = items.stream().map(List::of).toList();
        List<Integer> sources = drawn(sites, Math.max(1, SINGLE / single.size()));
        singles += compare(table, naive, single, sources, where);
        whole += sources.size() == sites ? 1 : 0;
        List<List<String>> pairs = pairs(List.copyOf(real.links().keySet()));
        List<List<String>> some =
                drawn(pairs.size(), DOUBLE).stream().map(pairs::get).toList();
        sources = some.isEmpty() ? List.of() : drawn(sites, Math.max(1, DOUBLE / some.size()));
        doubles += compare(table, naive, some, sources, where);
        wholeDoubles += sources.size() == sites && some.size() == pairs.size() ? 1 : 0;
    }

    /** All pairs of links; of many links, a thousand drawn by lot. */
    private List<List<String>> pairs(List<String> links) {
        List<List<String>> pairs = new ArrayList<>();
        if (links.size() <= 60) {
            for (int one = 0; one < links.size(); one++) {
                for (String other : links.subList(one + 1, links.size())) {
                    pairs.add(List.of("link:" + links.get(one), "link:" + other));
                }
            }
            return pairs;
        }
        while (pairs.size() < 1000) {
            List<Integer> two = drawn(links.size(), 2);
            pairs.add(List.of("link:" + links.get(two.get(0)), "link:" + links.get(two.get(1))));
        }
        return pairs;
    }

    private List<Integer> drawn(int from, int most) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < from; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, random);
        return List.copyOf(numbers.subList(0, Math.min(most, from)));
    }

    private static long compare(
            RoutingTable table, NaiveNetwork naive, List<List<String>> failures, List<Integer> sources, String where) {
        boolean reroute = table.topology().settings().routing().onFailure() == OnFailure.REROUTE;
        FailureSweep sweep = FailureSweep.of(table, site -> 1, failures);
        for (int source : sources) {
            List<Damage> fast = sweep.damages(sweep.count(source, source + 1));
            for (int at = 0; at < failures.size(); at++) {
                long[] slow = naive.damage(source, failures.get(at), reroute);
                Damage damage = fast.get(at);
                long[] swept = {damage.changedPairs(), damage.heldPairs(), damage.unreachablePairs(), damage.extraHops()
                };
                if (!Arrays.equals(swept, slow)) {
                    assertThat(swept)
                            .as(where + " from " + naive.site(source) + ", " + failures.get(at))
                            .isEqualTo(slow);
                }
            }
        }
        return (long) sources.size() * failures.size();
    }
}
