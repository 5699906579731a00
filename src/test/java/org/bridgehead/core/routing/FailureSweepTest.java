package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.BackOff;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;

/** Sweeps held against asking for every pair under every failure, on random organisations full of ties. */
class FailureSweepTest {
    private static final int ORGANISATIONS = Rounds.of(1500);

    @Test
    void sweepsEqualAskingForEveryPair() {
        long seed = Long.getLong("bridgehead.seed", 20261123L);
        Random random = new Random(seed);
        long[] seen = new long[6];
        for (int round = 0; round < ORGANISATIONS; round++) {
            Topology topology = organisation(random);
            RoutingTable routes = RoutingTable.of(topology);
            List<List<String>> failures = failures(topology, random);
            FailureSweep sweep = FailureSweep.of(routes, FailureSweepTest::weight, failures);
            List<Damage> fast = sweep.damages();
            for (int at = 0; at < failures.size(); at++) {
                Damage slow = naive(routes, failures.get(at));
                assertThat(fast.get(at))
                        .describedAs(
                                "seed %d, round %d, %s",
                                seed, round, topology.settings().routing())
                        .isEqualTo(slow);
                count(seen, slow);
            }
        }
        System.out.printf(
                "sweep: seed %d, %d failures, %d pairs held, %d unreachable, %d moved, %d extra hops, %d passed over%n",
                seed, seen[0], seen[1], seen[2], seen[3], seen[4], seen[5]);
        assertThat(Arrays.stream(seen).min().orElseThrow()).isGreaterThan(Rounds.of(1000));
    }

    @Test
    void partsOfTheWorkAddUpToTheWhole() {
        Topology topology = organisation(new Random(7));
        RoutingTable routes = RoutingTable.of(topology);
        FailureSweep sweep = FailureSweep.of(routes, FailureSweepTest::weight, failures(topology, new Random(8)));
        FailureSweep.Tally sum = sweep.tally();
        for (int source = 0; source < sweep.sources(); source++) {
            sum.add(sweep.count(source, source + 1));
        }
        assertThat(sweep.damages(sum)).isEqualTo(sweep.damages());
    }

    private static void count(long[] seen, Damage damage) {
        seen[0]++;
        seen[1] += damage.heldPairs();
        seen[2] += damage.unreachablePairs();
        seen[3] += damage.changedPairs() - damage.heldPairs();
        seen[4] += damage.extraHops();
        seen[5] += damage.passedOver();
    }

    private static long weight(String site) {
        return site.length() + site.charAt(0) % 3;
    }

    private static Topology organisation(Random random) {
        Topology topology = new RandomTopology(random, random.nextBoolean() ? Metric.HOPS : Metric.COST).topology;
        List<Site> sites = topology.sites().values().stream()
                .map(site -> new Site(site.name(), random.nextInt(4) == 0, List.of()))
                .toList();
        boolean reroute = random.nextInt(3) > 0;
        RoutingPolicy policy = new RoutingPolicy(
                topology.settings().routing().metric(),
                reroute || random.nextBoolean() ? Relay.EVERY_SITE : Relay.DIRECT,
                reroute ? OnFailure.REROUTE : OnFailure.HOLD,
                LoadBalancing.HEALTHY,
                BackOff.HOP_BY_HOP,
                reroute || random.nextInt(3) > 0 ? Connectivity.PATH : Connectivity.ANY_PATH);
        return topology.withGraph(sites, List.copyOf(topology.links().values()))
                .withSettings(topology.settings().withRouting(policy));
    }

    private static List<List<String>> failures(Topology topology, Random random) {
        List<String> items = new ArrayList<>();
        topology.links().keySet().forEach(link -> items.add("link:" + link));
        topology.sites().keySet().forEach(site -> items.add("site:" + site));
        topology.servers().keySet().forEach(server -> items.add("server:" + server));
        List<List<String>> failures = new ArrayList<>();
        items.forEach(item -> failures.add(List.of(item)));
        for (int i = 0; i < 12; i++) {
            Set<String> several = new LinkedHashSet<>();
            for (int parts = 2 + random.nextInt(3); parts > 0; parts--) {
                several.add(items.get(random.nextInt(items.size())));
            }
            failures.add(List.copyOf(several));
        }
        return failures;
    }

    private static Damage naive(RoutingTable routes, List<String> down) {
        Topology topology = routes.topology();
        Reachability now = Reachability.of(topology, down);
        List<String> sites =
                topology.sites().keySet().stream().filter(now::siteUp).toList();
        RoutingTable rest = routes.without(down);
        long[] sum = new long[7];
        for (String from : sites) {
            for (String to : sites) {
                Optional<SitePath> before = routes.path(from, to);
                if (!Names.same(from, to) && before.isPresent()) {
                    Itinerary after = Itinerary.of(routes, now, from, to).orElseThrow();
                    boolean cut = rest.path(from, to).isEmpty() || dead(routes, now, from) || dead(routes, now, to);
                    add(sum, before.get(), after, cut, weight(from) * weight(to), topology);
                }
            }
        }
        return new Damage(
                down, (long) sites.size() * (sites.size() - 1), sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6]);
    }

    private static boolean dead(RoutingTable routes, Reachability now, String site) {
        return !routes.hubsOf(site).isEmpty() && !now.hubAnswers(routes, site);
    }

    private static void add(long[] sum, SitePath before, Itinerary after, boolean cut, long weight, Topology topology) {
        if (!after.arrives()) {
            sum[0]++;
            sum[1]++;
            sum[2] += cut ? 1 : 0;
            sum[5] += weight;
            sum[6] += cut ? weight : 0;
        } else if (!after.path().sites().equals(before.sites())) {
            sum[0]++;
            sum[3] += after.path().hops() - before.hops();
        } else if (topology.settings().routing().relay() == Relay.EVERY_SITE
                && after.stops().stream()
                        .flatMap(stop -> stop.skippedBecause().stream())
                        .anyMatch(why -> !why.equals(Itinerary.NO_HUB))) {
            sum[4]++;
        }
    }

    /** Of large networks not everything is remembered; what failures share must not be mixed up. */
    @Test
    void failuresThatShareMemoryAreKeptApart() {
        RoutingTable routes = Nets.of("A-B 5", "B-C 5").routes();
        SiteGraph graph = routes.graph();
        Contingency near = Contingency.of(0, graph, routes, List.of("link:A-B"));
        Contingency far = Contingency.of(1, graph, routes, List.of("link:B-C"));
        FailureSweep.Components parts = new FailureSweep.Components(graph, 1);
        for (int round = 0; round < 2; round++) {
            assertThat(parts.joined(near, 0, 1)).isFalse();
            assertThat(parts.joined(near, 1, 2)).isTrue();
            assertThat(parts.joined(far, 0, 1)).isTrue();
            assertThat(parts.joined(far, 1, 2)).isFalse();
        }
    }

    private static List<Damage> damages(Nets net, String... down) {
        RoutingTable routes = net.routes();
        List<List<String>> failures = Arrays.stream(down).map(List::of).toList();
        return FailureSweep.of(routes, site -> 1, failures).damages();
    }

    @Test
    void whatLeavesAHubAliveOrIsNotThereDoesNoHarm() {
        Nets net = Nets.of("A-B 5", "B-C 5").hubSites("B");
        String[] harmless = {"server:B1", "server:B-MBX", "server:X", "site:X", "link:X", "connector:B", "node:B"};
        assertThat(damages(net, harmless))
                .allSatisfy(damage -> assertThat(damage).isEqualTo(new Damage(damage.down(), 6, 0, 0, 0, 0, 0, 0, 0)));
    }

    @Test
    void theVisitedPairsAreThoseThatWereCounted() {
        Random random = new Random(9);
        for (int round = 0; round < 10; round++) {
            Topology topology = organisation(random);
            RoutingTable routes = RoutingTable.of(topology);
            List<List<String>> failures = failures(topology, random);
            FailureSweep all = FailureSweep.of(routes, FailureSweepTest::weight, failures);
            FailureSweep.Visits visits = all.visits();
            List<Damage> damages = all.damages();
            for (int at = 0; at < failures.size(); at++) {
                List<String> seen = visited(visits, at);
                Damage damage = damages.get(at);
                long changed =
                        seen.stream().filter(pair -> pair.endsWith("true")).count();
                assertThat(changed).isEqualTo(damage.changedPairs());
                assertThat(seen.size() - changed).isEqualTo(damage.passedOver());
                FailureSweep alone = FailureSweep.of(routes, FailureSweepTest::weight, List.of(failures.get(at)));
                assertThat(visited(alone.visits(), 0)).isEqualTo(seen);
            }
        }
    }

    private static List<String> visited(FailureSweep.Visits visits, int failure) {
        List<String> seen = new ArrayList<>();
        visits.affected(failure, (from, to, changed) -> seen.add(from + ">" + to + " " + changed));
        return seen;
    }

    @Test
    void pairsAreNamedFromSourceToDestination() {
        RoutingTable routes = Nets.of("A-B 5", "B-C 5").routes();
        List<List<String>> failures = List.of(List.of("link:B-C"), List.of("server:B1", "server:B2"));
        FailureSweep.Visits visits =
                FailureSweep.of(routes, site -> 1, failures).visits();
        assertThat(visited(visits, 0)).containsExactlyInAnyOrder("A>C true", "B>C true", "C>B true", "C>A true");
        assertThat(visited(visits, 1))
                .containsExactlyInAnyOrder("A>B true", "C>B true", "B>A true", "B>C true", "A>C false", "C>A false");
    }
}
