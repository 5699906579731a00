package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.routing.Stop;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.Comparison.Changed;
import org.bridgehead.whatif.Comparison.OtherStops;
import org.bridgehead.whatif.Comparison.Pair;
import org.junit.jupiter.api.Test;

/** Comparisons held against asking for every pair before and after, on random organisations, failures and edits. */
class ComparisonOracleTest {
    private static final int ROUNDS = 500;
    private final long seed = Long.getLong("bridgehead.seed", 20261123L);
    private final Random random = new Random(seed);

    @Test
    void failuresEqualLookingAtEveryPair() {
        long[] seen = new long[5];
        for (int round = 0; round < ROUNDS; round++) {
            RandomNet net = new RandomNet(random, 9);
            Topology topology = net.topology();
            Comparison.Base base = Comparison.Base.of(topology);
            for (int i = 0; i < 6; i++) {
                List<String> down = net.failure(topology);
                Comparison fast = base.failing(down);
                String what = "seed " + seed + ", round " + round + ", " + down + ", " + net.policy;
                assertThat(fast).as(what).isEqualTo(Comparison.of(topology, net.topology(), down));
                check(topology, topology, down, fast, what);
                count(seen, fast);
            }
        }
        report("failures", seen);
        assertThat(Arrays.stream(seen).min().orElseThrow()).isGreaterThan(100);
    }

    @Test
    void editsEqualLookingAtEveryPair() {
        long[] seen = new long[5];
        for (int round = 0; round < ROUNDS; round++) {
            RandomNet net = new RandomNet(random, 9);
            Topology before = net.topology();
            net.edit();
            Topology after = net.topology();
            List<String> down = random.nextBoolean() ? List.of() : net.failure(after);
            String what = "seed " + seed + ", round " + round + ", " + down + ", " + net.policy;
            Comparison answer = Comparison.of(before, after, down);
            check(before, after, down, answer, what);
            count(seen, answer);
        }
        report("edits", seen);
        assertThat(Arrays.stream(seen).min().orElseThrow()).isGreaterThan(100);
    }

    private static void count(long[] seen, Comparison answer) {
        seen[0] += answer.held();
        seen[1] += answer.changed().size() - answer.held();
        seen[2] += answer.unreachable().size();
        seen[3] += answer.passedOver().size() + answer.newStops().size();
        seen[4] += answer.connectors().size();
    }

    private void report(String what, long[] seen) {
        System.out.printf(
                "comparison, %s: seed %d: %d held, %d moved, %d unreachable, %d with other stops, %d connectors%n",
                what, seed, seen[0], seen[1], seen[2], seen[3], seen[4]);
    }

    /** What one pair is, by two itineraries and nothing else. */
    private static void check(Topology before, Topology after, List<String> down, Comparison answer, String what) {
        RoutingTable was = RoutingTable.of(before);
        RoutingTable is = RoutingTable.of(after);
        Reachability now = Reachability.of(after, down);
        Reachability then = Reachability.of(before, List.of());
        List<String> changed = new ArrayList<>();
        List<Pair> unreachable = new ArrayList<>();
        List<OtherStops> passedOver = new ArrayList<>();
        List<OtherStops> newStops = new ArrayList<>();
        long pairs = 0;
        for (String from : after.sites().keySet()) {
            for (String to : after.sites().keySet()) {
                if (from.equals(to) || missing(before, now, from) || missing(before, now, to)) {
                    continue;
                }
                pairs++;
                Optional<Itinerary> old = Itinerary.of(was, then, from, to);
                Optional<Itinerary> next = Itinerary.of(is, now, from, to);
                Optional<String> lost = lostHubs(was, is, from)
                        ? Optional.of(from)
                        : lostHubs(was, is, to) ? Optional.of(to) : Optional.empty();
                if (old.isEmpty()) {
                    next.filter(Itinerary::arrives).ifPresent(way -> changed.add(line(from, to, List.of(), way)));
                } else if (lost.isPresent() || next.isEmpty()) {
                    changed.add(from + ">" + to + " " + sites(old.get()) + " held " + from);
                    unreachable.add(new Pair(from, to));
                } else if (!next.get().arrives() || !sites(next.get()).equals(sites(old.get()))) {
                    changed.add(line(from, to, sites(old.get()), next.get()));
                    if (!next.get().arrives() && apart(is, now, down, from, to)) {
                        unreachable.add(new Pair(from, to));
                    }
                } else {
                    add(passedOver, from, to, inner(old.get()), inner(next.get()));
                    add(newStops, from, to, inner(next.get()), inner(old.get()));
                }
            }
        }
        assertThat(answer.pairs()).as(what).isEqualTo(pairs);
        assertThat(answer.changed())
                .as(what)
                .extracting(ComparisonOracleTest::line)
                .containsExactlyElementsOf(changed);
        assertThat(answer.unreachable()).as(what).isEqualTo(unreachable);
        assertThat(answer.passedOver()).as(what).isEqualTo(passedOver);
        assertThat(answer.newStops()).as(what).isEqualTo(newStops);
    }

    private static boolean missing(Topology before, Reachability now, String site) {
        return before.site(site).isEmpty() || !now.siteUp(site);
    }

    private static boolean lostHubs(RoutingTable was, RoutingTable is, String site) {
        return !was.hubsOf(site).isEmpty()
                && is.hubsOf(site).isEmpty()
                && !is.topology().serversOf(site, Role.MAILBOX).isEmpty();
    }

    private static boolean apart(RoutingTable is, Reachability now, List<String> down, String from, String to) {
        return is.without(down).path(from, to).isEmpty() || dead(is, now, from) || dead(is, now, to);
    }

    private static boolean dead(RoutingTable is, Reachability now, String site) {
        return !is.hubsOf(site).isEmpty() && !now.hubAnswers(is, site);
    }

    private static void add(List<OtherStops> to, String source, String target, List<String> all, List<String> without) {
        List<String> left = new ArrayList<>(all);
        left.removeAll(without);
        if (!left.isEmpty()) {
            to.add(new OtherStops(source, target, left));
        }
    }

    private static List<String> inner(Itinerary way) {
        List<String> stops = way.stops().stream()
                .filter(stop -> stop.skippedBecause().isEmpty())
                .map(Stop::site)
                .toList();
        SitePath path = way.path();
        return stops.stream()
                .filter(site -> !site.equals(path.source()) && !site.equals(path.destination()))
                .toList();
    }

    private static List<String> sites(Itinerary way) {
        return way.path().sites();
    }

    private static String line(String from, String to, List<String> before, Itinerary after) {
        return from + ">" + to + " " + before
                + after.heldAt()
                        .map(site -> " held " + site)
                        .orElse(" " + after.path().sites());
    }

    private static String line(Changed pair) {
        return pair.from() + ">" + pair.to() + " " + pair.before()
                + pair.heldAt()
                        .map(site -> " held " + site)
                        .orElseGet(() -> " " + pair.after().orElseThrow());
    }
}
