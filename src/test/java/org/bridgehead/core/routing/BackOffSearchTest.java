package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.BackOff;
import org.junit.jupiter.api.Test;

class BackOffSearchTest {
    private static List<String> chain(int hops) {
        return IntStream.rangeClosed(0, hops).mapToObj(i -> "S" + i).toList();
    }

    private static BackOffSearch along(List<String> sites, BackOff how) {
        return BackOffSearch.along(sites, sites, how);
    }

    @Test
    void upToFourHopsBothOrdersAreOne() {
        for (BackOff how : BackOff.values()) {
            assertThat(along(chain(4), how).order()).containsExactly("S4", "S3", "S2", "S1");
        }
    }

    @Test
    void longerPathsAreHalvedUntilFourHopsAreLeft() {
        assertThat(along(chain(12), BackOff.HOP_BY_HOP).order()).hasSize(12).startsWith("S12", "S11", "S10");
        assertThat(along(chain(12), BackOff.BINARY).order()).containsExactly("S12", "S6", "S3", "S2", "S1");
        assertThat(along(chain(5), BackOff.BINARY).order()).containsExactly("S5", "S2", "S1");
    }

    @Test
    void anAnswerMovesTheSearchTowardsTheDestination() {
        var search = along(chain(20), BackOff.BINARY).failed();
        assertThat(search.probe()).contains("S10");
        search = search.answered();
        assertThat(search.probe()).contains("S15");
        search = search.failed();
        assertThat(search.probe()).contains("S12");
        search = search.answered();
        assertThat(search.probe()).contains("S14");
        search = search.failed();
        assertThat(search.probe()).contains("S13");
        search = search.failed();
        assertThat(search.probe()).isEmpty();
        assertThat(search.settled()).isEqualTo("S12");
        assertThatThrownBy(search::failed).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(search::answered).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sitesWithoutHubArePassedOverForTheClosestOnes() {
        var search = BackOffSearch.along(chain(12), List.of("s2", "S8", "S9"), BackOff.BINARY);
        assertThat(search.order()).containsExactly("S9", "S2");
        assertThat(search.failed().answered().probe()).contains("S8");
        assertThat(BackOffSearch.along(chain(3), List.of(), BackOff.BINARY).settled())
                .isEqualTo("S0");
    }

    @Test
    void aPlanTriesTheSitesInThatOrderAndTheNextHubGoesOnFromThere() {
        Nets net = Nets.of("A-B 1", "B-C 1", "C-D 1", "D-E 1", "E-F 1", "F-G 1", "G-H 1", "H-I 1");
        RoutingTable binary =
                net.policy(RoutingPolicy.EXCHANGE_2007.with(BackOff.BINARY)).routes();
        DeliveryPlan plan = DeliveryPlan.of(binary.path("A", "I").orElseThrow(), binary);
        assertThat(plan.candidates()).containsExactly("I", "E", "D", "C", "B");
        assertThat(plan.onTheWay()).containsExactly("B", "C", "D", "E", "F", "G", "H", "I");
        Reachability now = Reachability.of(binary.topology(), List.of("site:H"));
        Itinerary held = Itinerary.of(binary, now, "A", "I").orElseThrow();
        assertThat(held.heldAt()).contains("G");
        assertThat(held.stops().stream()
                        .filter(stop -> stop.skippedBecause().isEmpty())
                        .map(Stop::site))
                .containsExactly("A", "E", "G");
    }

    /** Random answers against the rule written down a second time, recursively. */
    @Test
    void agreesWithANaiveSearch() {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        System.out.println("back-off: seed " + seed);
        Random random = new Random(seed);
        int byHalves = 0;
        for (int run = 0; run < 5000; run++) {
            List<String> sites = chain(1 + random.nextInt(25));
            List<Integer> hubs = IntStream.range(1, sites.size())
                    .filter(i -> random.nextInt(4) > 0)
                    .boxed()
                    .toList();
            boolean monotone = random.nextBoolean();
            int lost = 1 + random.nextInt(sites.size());
            boolean[] answers = new boolean[sites.size()];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = monotone ? i < lost : random.nextBoolean();
            }
            for (BackOff how : BackOff.values()) {
                String where = "seed " + seed + " run " + run + " " + how + " hubs " + hubs;
                var search =
                        BackOffSearch.along(sites, hubs.stream().map(sites::get).toList(), how);
                int probes = 0;
                while (search.probe().isPresent()) {
                    int at = sites.indexOf(search.probe().get());
                    search = answers[at] ? search.answered() : search.failed();
                    assertThat(++probes).as(where).isLessThan(sites.size());
                }
                int expected = hubs.isEmpty() ? 0 : naive(hubs, answers, sites.size() - 1, how);
                assertThat(search.settled()).as(where).isEqualTo("S" + expected);
                if (monotone) {
                    assertThat(expected).as(where).isEqualTo(last(hubs, lost));
                }
                byHalves += how == BackOff.BINARY && sites.size() > 6 ? 1 : 0;
            }
        }
        assertThat(byHalves).isGreaterThan(1000);
    }

    private static int last(List<Integer> hubs, int before) {
        return hubs.stream().filter(hub -> hub < before).max(Integer::compare).orElse(0);
    }

    /** The end first; then as the working model says. */
    private static int naive(List<Integer> hubs, boolean[] answers, int end, BackOff how) {
        int first = last(hubs, end + 1);
        return answers[first] ? first : between(0, first, hubs, answers, how);
    }

    private static int between(int reached, int failed, List<Integer> hubs, boolean[] answers, BackOff how) {
        List<Integer> open = new ArrayList<>(
                hubs.stream().filter(hub -> hub > reached && hub < failed).toList());
        if (open.isEmpty()) {
            return reached;
        }
        if (how == BackOff.HOP_BY_HOP || failed - reached <= 4) {
            return open.stream()
                    .filter(hub -> answers[hub])
                    .max(Integer::compare)
                    .orElse(reached);
        }
        int middle = Math.floorDiv(reached + failed, 2);
        int probe = open.get(0);
        for (int hub : open) {
            probe = Math.abs(hub - middle) < Math.abs(probe - middle) ? hub : probe;
        }
        return answers[probe]
                ? between(probe, failed, hubs, answers, how)
                : between(reached, probe, hubs, answers, how);
    }
}
