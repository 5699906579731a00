package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.People.address;
import static org.bridgehead.whatif.Scene.from;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.whatif.Forecast.Outcome;
import org.junit.jupiter.api.Test;

/** Predictions: the servers on the way, the sites, the end. */
class ForecastTest {
    @Test
    void itNamesServersSitesAndTheEnd() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10")
                .hubs(2)
                .edge("EDGE1", "A")
                .connector("Internet", "*", "EDGE1")
                .start();
        Forecast in = Forecast.of(org, "EDGE1", from("joe@fabrikam.test", "c"), 1000, false);
        Forecast.Fate fate = in.of(address("c")).orElseThrow();
        assertThat(fate.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(fate.servers()).containsExactly("EDGE1", "A1", "B1", "C1");
        assertThat(fate.sites()).containsExactly("A", "B", "C");
        assertThat(fate.next()).contains("C-MBX");
        Forecast out = Forecast.of(org, "C1", from("c", "joe@fabrikam.test", "nobody"), 1000, true);
        assertThat(out.of(address("joe@fabrikam.test")).orElseThrow().outcome()).isEqualTo(Outcome.RELAYED);
        assertThat(out.of(address("nobody")).orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(out.of(address("nobody")).orElseThrow().reason()).startsWith("5.1.1");
    }

    @Test
    void turnsGoOnFromMessageToMessage() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(3).start();
        List<String> firstHubs = IntStream.range(0, 4)
                .mapToObj(i -> {
                    Forecast next = Forecast.of(org, "A1", from("a", "b"), 1000, true);
                    org.advance(Duration.ofMinutes(1));
                    return next.of(address("b")).orElseThrow().servers().get(1);
                })
                .toList();
        assertThat(firstHubs).containsExactly("B1", "B2", "B3", "B1");
    }

    @Test
    void heldMailSaysWhereAndWhy() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10").start();
        org.down("link:B-C");
        Forecast.Fate fate = Forecast.of(org, "A1", from("a", "c"), 1000, true)
                .of(address("c"))
                .orElseThrow();
        assertThat(fate.outcome()).isEqualTo(Outcome.HELD);
        assertThat(fate.servers()).containsExactly("A1", "B1");
        assertThat(fate.next()).contains("site:C");
        assertThat(fate.reason()).contains("link:B-C is down");
        // A second one joins a queue that waits already.
        assertThat(Forecast.of(org, "A1", from("a", "c"), 1000, true)
                        .of(address("c"))
                        .orElseThrow()
                        .reason())
                .contains("link:B-C is down");
    }

    @Test
    void aGroupOfHundredsCrossesEachLinkOnce() {
        String[] members = IntStream.range(0, 360)
                .mapToObj(i -> "abcd".charAt(i % 4) + "" + (1 + i / 4 % 9))
                .distinct()
                .toArray(String[]::new);
        Scene scene = Scene.of("A-B 10", "B-C 10", "B-D 10")
                .people(p -> p.group("inner", members).group("everyone", "inner", "a1", "b1", "everyone"));
        VirtualOrganization org = scene.start();
        Forecast forecast = Forecast.of(org, "A1", from("a", "everyone"), 1000, true);
        assertThat(members).hasSize(36);
        assertThat(forecast.recipients()).hasSize(36).allMatch(fate -> fate.outcome() == Outcome.DELIVERED);
        assertThat(forecast.transfers(org.topology())).isEqualTo(3);
        assertThat(Scene.events(org, Kind.DUPLICATEEXPAND)).hasSize(3);
        TreeMap<Integer, Integer> bySites = new TreeMap<>();
        forecast.recipients().forEach(fate -> bySites.merge(fate.sites().size(), 1, Integer::sum));
        assertThat(bySites).containsEntry(1, 9).containsEntry(2, 9).containsEntry(3, 18);
    }

    @Test
    void chunksOfOneGroupTravelEachByItself() {
        String[] members = IntStream.rangeClosed(1, 9).mapToObj(i -> "b" + i).toArray(String[]::new);
        VirtualOrganization org =
                Scene.of("A-B 10").chunk(4).people(p -> p.group("g", members)).start();
        assertThat(Forecast.of(org, "A1", from("a", "g"), 1000, true).transfers(org.topology()))
                .isEqualTo(3);
    }

    @Test
    void anExpansionServerFarAwayExpands() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10")
                .hubs(2)
                .people(p -> p.group("far", Optional.of("C2"), List.of("a1", "c1")))
                .start();
        Forecast forecast = Forecast.of(org, "A1", from("a", "far"), 1000, true);
        assertThat(forecast.of(address("c1")).orElseThrow().servers()).containsExactly("A1", "B1", "C1", "C2");
        assertThat(forecast.of(address("a1")).orElseThrow().servers())
                .startsWith("A1", "B1", "C1", "C2")
                .hasSize(6);
        assertThat(forecast.of(address("a1")).orElseThrow().sites()).containsExactly("A", "B", "C", "B", "A");
    }

    @Test
    void directRelayShowsItself() {
        VirtualOrganization org =
                Scene.of("A-B 10", "B-C 10").policy(RoutingPolicy.EXCHANGE_2007).start();
        assertThat(Forecast.of(org, "A1", from("a", "c"), 1000, true)
                        .of(address("c"))
                        .orElseThrow()
                        .sites())
                .containsExactly("A", "C");
    }
}
