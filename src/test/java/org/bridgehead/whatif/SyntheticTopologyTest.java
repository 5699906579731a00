package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are drawn up. */
class SyntheticTopologyTest {
    private static Topology made(int sites, double degree, long seed) {
        return SyntheticTopology.of(new NetworkPlan(sites, degree, seed, 1), Settings.of("Net", "net.test"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0",
        "2, 1, 1",
        "2, 0, 1",
        "3, 2, 3",
        "10, 9, 45",
        "50, 2.4, 60",
        "60, 59, 1770",
        "754, 2.4, 905",
        "754, 0.5, 753",
        "2000, 4, 4000"
    })
    void theyHangTogetherWithAsManyLinksAsAskedFor(int sites, double degree, int links) {
        for (long seed = 1; seed <= 3; seed++) {
            Topology topology = made(sites, degree, seed);

            assertThat(topology.sites()).hasSize(sites);
            assertThat(topology.links()).hasSize(links);
            assertThat(SourceTree.of(RoutingTable.of(topology), 0).reached()).isEqualTo(sites);
            assertThat(topology.links().values().stream().map(SiteLink::sites).distinct())
                    .hasSize(links);
        }
    }

    @Test
    void nearSitesAreJoinedAtTheCostOfTheirDistance() {
        Topology topology = made(1000, 2.4, 9);
        double longest = topology.links().values().stream()
                .mapToInt(SiteLink::cost)
                .max()
                .orElseThrow();

        assertThat(longest).as("a tenth of the way across").isLessThan(1000 * Math.sqrt(10) / 5 / 5);
        for (SiteLink link : topology.links().values()) {
            var one = topology.sites().get(link.sites().get(0)).position().orElseThrow();
            var other = topology.sites().get(link.sites().get(1)).position().orElseThrow();
            double length = Math.hypot(one.x() - other.x(), one.y() - other.y());
            assertThat((double) link.cost()).isBetween(length / 5 - 1, length / 5 + 1);
        }
    }

    @Test
    void theSameSeedGivesTheSameNetworkOnEveryMachine() {
        assertThat(made(300, 2.5, 4).links()).isEqualTo(made(300, 2.5, 4).links());
        assertThat(made(300, 2.5, 4).links()).isNotEqualTo(made(300, 2.5, 5).links());
        // Written down once: a JVM that draws another network fails here.
        assertThat(made(4, 2, 1).links().values())
                .extracting(SiteLink::name, SiteLink::cost)
                .containsExactly(tuple("S1-S2", 31), tuple("S1-S3", 31), tuple("S2-S3", 2), tuple("S3-S4", 20));
    }

    @Test
    void eachSiteHasItsServersAndTheFirstAWayOut() {
        Topology topology = SyntheticTopology.of(new NetworkPlan(12, 3, 1, 2), Settings.of("Net", "net.test"));

        for (String site : topology.sites().keySet()) {
            assertThat(topology.hubsOf(site)).hasSize(2);
        }
        assertThat(topology.edgesOf("S01")).hasSize(1);
        assertThat(topology.sendConnectors()).containsOnlyKeys("Internet");
        assertThat(topology.servers()).hasSize(12 * 3 + 1);
    }

    @Test
    void numbersThatCannotBeAreNamed() {
        for (List<Double> wrong : List.of(
                List.of(0.0, 2.0, 1.0),
                List.of(10.0, 9.5, 1.0),
                List.of(10.0, -1.0, 1.0),
                List.of(10.0, Double.NaN, 1.0),
                List.of(10.0, 2.0, 0.0),
                List.of(1e6, 2.0, 1.0),
                List.of(100_000.0, 100.0, 1.0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new NetworkPlan(
                            wrong.get(0).intValue(),
                            wrong.get(1),
                            1,
                            wrong.get(2).intValue()))
                    .withMessageMatching("[^\\n]{10,}");
        }
        assertThat(new NetworkPlan(10, 1, 1, 1).isRaised()).isTrue();
        assertThat(new NetworkPlan(10, 1.8, 1, 1).isRaised()).isFalse();
    }
}
