package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.CostSuggestion.Candidate;
import org.bridgehead.whatif.TrafficLoad.Demand;
import org.bridgehead.whatif.TrafficLoad.LinkLoad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coverage, suggestions, policies and load on small graphs; suggestions also on random ones. */
class PlanningTest {
    /** Links like {@code A-B 5}; every site has a hub called after it. */
    private static Topology net(RoutingPolicy policy, String... links) {
        List<Site> sites = new ArrayList<>();
        List<SiteLink> all = new ArrayList<>();
        for (String text : links) {
            String[] words = text.split(" ");
            List<String> ends = List.of(words[0].split("-"));
            all.add(SiteLink.of(words[0], ends, Integer.parseInt(words[1])));
            ends.stream()
                    .filter(end -> sites.stream().noneMatch(site -> site.name().equals(end)))
                    .forEach(end -> sites.add(Site.of(end)));
        }
        List<Server> hubs = sites.stream()
                .map(site -> Server.hub(site.name() + "1", site.name()))
                .toList();
        return Topology.of(Settings.of("Test", "test.test").withRouting(policy), sites, all, hubs);
    }

    private static final RoutingPolicy COST = RoutingPolicy.EXCHANGE_2007;

    @Test
    void coverageCountsOnlyPairsOfOtherSites() {
        HubSiteCoverage answer =
                HubSiteCoverage.of(RoutingTable.of(net(COST, "A-B 5", "B-C 5", "A-C 20", "C-D 5")), "B");
        assertThat(answer.caught())
                .extracting(pair -> String.join("-", pair.path().sites()))
                .containsExactly("A-B-C", "A-B-C-D", "C-B-A", "D-C-B-A");
        assertThat(answer.missed()).hasSize(2);
        assertThat(answer.missed().get(0).detour()).contains(new HubSiteCoverage.Detour(2, 10));
    }

    @Test
    void suggestsTheLeastChangeAndItsSideEffects() {
        RoutingTable routes = RoutingTable.of(net(COST, "A-B 5", "B-D 15", "A-C 5", "C-D 5"));
        CostSuggestion answer = CostSuggestion.of(routes, "A", "D", "B").orElseThrow();
        assertThat(answer.isDone("B")).isFalse();
        Candidate best = answer.candidates().get(0);
        assertThat(best.after().sites()).containsExactly("A", "B", "D");
        assertThat(best.change()).isEqualTo(10);
        assertThat(CostSuggestion.of(routes, "A", "D", "C").orElseThrow().isDone("C"))
                .isTrue();
        assertThat(CostSuggestion.of(routes, "A", "nowhere", "C")).isEmpty();
    }

    @Test
    void everySuggestionWorksAndNoSmallerChangeOfTheSameLinkDoes() {
        long seed = Long.getLong("bridgehead.seed", 20261123L);
        System.out.println("suggestions: seed " + seed);
        Random random = new Random(seed);
        int suggested = 0;
        for (int round = 0; round < 400; round++) {
            Topology topology = random(random);
            RoutingTable routes = RoutingTable.of(topology);
            Optional<CostSuggestion> answer = CostSuggestion.of(routes, "S0", "S1", "S2");
            for (Candidate candidate : answer.map(CostSuggestion::candidates).orElse(List.of())) {
                suggested++;
                assertThat(path(topology, candidate, candidate.newCost())).contains("S2");
                int towards = Integer.signum(candidate.oldCost() - candidate.newCost());
                assertThat(path(topology, candidate, candidate.newCost() + towards))
                        .describedAs("%s in round %d, seed %d", candidate, round, seed)
                        .doesNotContain("S2");
            }
        }
        assertThat(suggested).isGreaterThan(100);
    }

    private static List<String> path(Topology topology, Candidate candidate, int cost) {
        List<SiteLink> links = topology.links().values().stream()
                .map(link -> link.name().equals(candidate.link()) ? SiteLink.of(link.name(), link.sites(), cost) : link)
                .toList();
        return RoutingTable.of(topology.withGraph(List.copyOf(topology.sites().values()), links))
                .path("S0", "S1")
                .orElseThrow()
                .sites();
    }

    private static Topology random(Random random) {
        List<String> links = new ArrayList<>();
        for (int one = 0; one < 7; one++) {
            for (int two = one + 1; two < 7; two++) {
                if (two == one + 1 || random.nextInt(3) == 0) {
                    links.add("S" + one + "-S" + two + " " + (1 + random.nextInt(40)));
                }
            }
        }
        return net(COST, links.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A -> D never touches B | true",
                "A -> D never touches C | false",
                "A -> D never touches link:C-D | false",
                "A -> D passes site:C | true",
                "A \u2192 D passes server:C1 | false",
                "A -> D within 2 hops | true",
                "A -> * within cost 9 | false",
                "* -> * is reachable | true",
                "* -> * is connected under any single failure of links | true",
                "* -> * is connected under any single failure | false",
                "A -> D is connected under any single failure of sites | true",
                "A -> D is connected under any double failure of links | false",
                "A -> D is reachable under any single failure of links | false",
                "A -> D reachable under any single failure of sites | false",
            })
    void policiesHoldOrNot(String text, boolean holds) throws PolicySyntaxException {
        Topology topology = net(COST, "A-B 5", "B-D 15", "A-C 5", "C-D 5");
        PolicyCheck check = new PolicyCheck(RoutingTable.of(topology));
        PolicyCheck.Verdict verdict = check.check(Policy.parse(text, topology).get(0));
        assertThat(verdict.holds())
                .describedAs(verdict.example().orElse("holds"))
                .isEqualTo(holds);
        assertThat(verdict.example().isPresent()).isEqualTo(!holds);
    }

    @Test
    void aPolicyLineThatIsNoneIsNamed() {
        Topology topology = net(COST, "A-B 5");
        assertThatThrownBy(() -> Policy.parse("# fine\n\nA -> B is nice", topology))
                .isInstanceOfSatisfying(
                        PolicySyntaxException.class, e -> assertThat(e.line()).isEqualTo(3))
                .hasMessageContaining("\"is nice\" is no claim; write FROM -> TO never touches");
        assertThatThrownBy(() -> Policy.parse("A -> C is reachable", topology))
                .hasMessage("the topology has no site named \"C\"");
        assertThatThrownBy(() -> Policy.parse("A -> B is reachable under any single failure of cables", topology))
                .hasMessageContaining("\"cables\" cannot fail");
    }

    @Test
    void oneCopyTravelsAsFarAsTheFork() {
        Topology w10 = net(COST, "A-B 5", "B-D 5", "B-E 5");
        TrafficLoad load = TrafficLoad.of(
                RoutingTable.of(w10),
                Reachability.of(w10, List.of()),
                List.of(new Demand("A", List.of("D", "E"), 10, 100)));
        assertThat(load.links().get("A-B")).isEqualTo(new LinkLoad(10, 1000, 2000));
        assertThat(load.links().get("B-D")).isEqualTo(new LinkLoad(10, 1000, 1000));
        assertThat(load.bytes()).isEqualTo(3000);
        assertThat(load.bytesWithoutFanOut()).isEqualTo(4000);
        assertThat(load.hubs().get("B1").messages()).isEqualTo(10);
        assertThat(load.held()).isEmpty();
    }

    @Test
    void withoutAnAnsweringForkEachCopyGoesByItself() {
        Topology w10 = net(COST, "A-B 5", "B-D 5", "B-E 5");
        TrafficLoad load = TrafficLoad.of(
                RoutingTable.of(w10),
                Reachability.of(w10, List.of("server:B1")),
                List.of(new Demand("A", List.of("D", "E"), 10, 100)));
        assertThat(load.links().get("A-B")).isEqualTo(new LinkLoad(20, 2000, 2000));
        assertThat(load.hubs()).doesNotContainKey("B1");
    }

    @Test
    void whatCannotGoOnIsHeldWhereItStops() {
        Topology chain = net(RoutingPolicy.DEFAULT, "A-B 5", "B-C 5");
        TrafficLoad load = TrafficLoad.of(
                RoutingTable.of(chain),
                Reachability.of(chain, List.of("link:B-C")),
                List.of(new Demand("A", List.of("B", "C"), 7, 10)));
        assertThat(load.held()).containsExactly(entry("B", 7L));
        assertThat(load.links().get("A-B").messages()).isEqualTo(7);
        assertThat(load.links().get("B-C").messages()).isZero();
    }
}
