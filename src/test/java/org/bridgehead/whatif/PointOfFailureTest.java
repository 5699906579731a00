package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.Stop;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.BackOff;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.junit.jupiter.api.Test;

/** Simulated hubs, which are the live ones, hold mail where {@link Itinerary} says, under each order of back-off. */
class PointOfFailureTest {
    private static final int RUNS = 400;
    private final long seed = Long.getLong("bridgehead.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TreeMap<String, Integer> seen = new TreeMap<>();

    @Test
    void hubsHoldMailWhereTheItinerarySays() {
        for (int run = 0; run < RUNS; run++) {
            RoutingPolicy policy = (random.nextInt(5) == 0 ? RoutingPolicy.DEFAULT : RoutingPolicy.EXCHANGE_2007)
                    .with(random.nextInt(3) > 0 ? BackOff.BINARY : BackOff.HOP_BY_HOP)
                    .with(random.nextInt(3) == 0 ? Connectivity.ANY_PATH : Connectivity.PATH);
            check(policy, "seed " + seed + " run " + run);
        }
        System.out.println("point of failure: seed " + seed + ", " + RUNS + " runs, " + seen);
        assertThat(seen).containsKeys("held by halves", "held hop by hop", "arrived by a detour", "arrived");
        assertThat(seen.values()).allMatch(count -> count >= 10);
    }

    private void check(RoutingPolicy policy, String where) {
        int sites = 4 + random.nextInt(10);
        String last = name(sites - 1);
        List<String> links = new ArrayList<>();
        for (int i = 1; i < sites; i++) {
            links.add(name(i - 1) + "-" + name(i) + " 5");
        }
        boolean round = random.nextBoolean();
        if (round) {
            links.add("A-" + last + " 500");
        }
        Scene scene = Scene.of(links.toArray(String[]::new)).policy(policy);
        for (int i = 1; i < sites - 1; i++) {
            if (random.nextInt(5) == 0) {
                scene.withoutHub(name(i));
            } else if (random.nextInt(10) == 0) {
                scene.hubSites(name(i));
            }
        }
        VirtualOrganization org = scene.start();
        List<String> down = down(sites);
        down.forEach(org::down);
        TransportId id = Scene.send(org, "A1", "a", last.toLowerCase(Locale.ROOT));
        org.runUntilIdle();
        RoutingTable routes = RoutingTable.of(org.topology());
        Itinerary way = Itinerary.of(routes, Reachability.of(org.topology(), down), "A", last)
                .orElseThrow();
        List<String> expected = way.stops().stream()
                .filter(stop -> stop.skippedBecause().isEmpty())
                .map(Stop::site)
                .toList();
        assertThat(Scene.path(org, id, last.toLowerCase(Locale.ROOT)).stream()
                        .map(server -> server.substring(0, 1))
                        .toList())
                .as(where + " down " + down + " " + policy)
                .isEqualTo(expected);
        assertThat(Scene.received(org, last.toLowerCase(Locale.ROOT)))
                .as(where + " down " + down + " " + policy)
                .isEqualTo(way.arrives() ? 1 : 0);
        String held = policy.backOff() == BackOff.BINARY ? "held by halves" : "held hop by hop";
        boolean crossed = way.path().links().stream().anyMatch(link -> down.contains("link:" + link));
        String what = way.arrives() ? crossed ? "arrived by a detour" : "arrived" : held;
        seen.merge(what, 1, Integer::sum);
    }

    private static String name(int site) {
        return String.valueOf((char) ('A' + site));
    }

    private List<String> down(int sites) {
        List<String> items = new ArrayList<>();
        for (int i = 1; i < sites; i++) {
            items.add("server:" + name(i) + "1");
            items.add("link:" + name(i - 1) + "-" + name(i));
        }
        Collections.shuffle(items, random);
        return items.subList(0, 1 + random.nextInt(3)).stream()
                .sorted(Names.ORDER)
                .toList();
    }
}
