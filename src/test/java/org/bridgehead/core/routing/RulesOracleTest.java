package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.BackOff;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stops, held mail, back-off, connectivity and fork sites against {@link NaiveWalk}. */
class RulesOracleTest {
    private static final int SMALL = Rounds.of(1500);
    private static final int LONG = Rounds.of(1500);
    private static final int PAIRS = 12;
    private final long seed = Long.getLong("bridgehead.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TreeMap<String, Integer> seen = new TreeMap<>();

    @Test
    void agreesWithNaiveWalksOnRandomTopologies() {
        for (int run = 0; run < SMALL + LONG; run++) {
            Topology drawn = run < SMALL ? small() : longWays();
            check(drawn, PAIRS, "seed " + seed + " topology " + run);
        }
        System.out.println("rules oracle: seed " + seed + ", " + (SMALL + LONG) + " topologies, " + seen);
        assertThat(seen.keySet())
                .contains("arrives", "held at source", "held", "held, by halves", "detour by the network", "fork");
        assertThat(seen.values()).allMatch(count -> count >= Rounds.of(200));
    }

    @Test
    @Tag("large")
    void agreesWithNaiveWalksOnRealNetworks() throws Exception {
        List<Path> files = Zoo.files();
        assumeFalse(files.isEmpty(), "the folder ../shared/data/topology-zoo is not here");
        for (Path file : files) {
            Topology real = Zoo.read(file, Settings.of("Zoo", "zoo.test").withRouting(policy()));
            List<Site> sites = real.sites().values().stream()
                    .map(site -> new Site(site.name(), random.nextInt(12) == 0, List.of()))
                    .toList();
            check(
                    real.withGraph(sites, List.copyOf(real.links().values())),
                    PAIRS,
                    "seed " + seed + " " + file.getFileName());
        }
        System.out.println("rules oracle: seed " + seed + ", " + files.size() + " real networks, " + seen);
    }

    private Topology small() {
        Topology drawn = new RandomTopology(random, Metric.COST).topology;
        return drawn.withSettings(drawn.settings().withRouting(policy()));
    }

    /** A chain with a few expensive short cuts and branches: paths of up to 24 hops. */
    private Topology longWays() {
        int count = 8 + random.nextInt(17);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("S" + i);
        }
        Collections.shuffle(names, random);
        List<SiteLink> links = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int other = random.nextInt(6) == 0 ? random.nextInt(i) : i - 1;
            links.add(SiteLink.of("L" + i, List.of(names.get(other), names.get(i)), 1 + random.nextInt(2)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            List<String> ends = pick(names, 2);
            links.add(SiteLink.of("X" + i, ends, 1 + random.nextInt(3 * count)));
        }
        List<Server> servers = new ArrayList<>();
        names.stream()
                .filter(name -> random.nextInt(6) > 0)
                .forEach(name -> servers.add(Server.hub("HUB-" + name, name)));
        return Topology.of(
                Settings.of("Long", "long.test").withRouting(policy()),
                names.stream()
                        .map(name -> new Site(name, random.nextInt(15) == 0, List.of()))
                        .toList(),
                links,
                servers);
    }

    private RoutingPolicy policy() {
        return new RoutingPolicy(
                random.nextInt(3) == 0 ? Metric.HOPS : Metric.COST,
                random.nextInt(4) == 0 ? Relay.EVERY_SITE : Relay.DIRECT,
                OnFailure.HOLD,
                LoadBalancing.ROTATE,
                random.nextBoolean() ? BackOff.BINARY : BackOff.HOP_BY_HOP,
                random.nextInt(3) == 0 ? Connectivity.ANY_PATH : Connectivity.PATH);
    }

    private <T> List<T> pick(List<T> from, int count) {
        List<T> shuffled = new ArrayList<>(from);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
    }

    private void check(Topology topology, int pairs, String where) {
        RoutingTable routes = RoutingTable.of(topology);
        List<String> sites = List.copyOf(topology.sites().keySet());
        for (int pair = 0; pair < pairs; pair++) {
            List<String> ends = pick(sites, 2);
            Optional<SitePath> path = routes.path(ends.get(0), ends.get(1));
            if (path.isPresent()) {
                List<String> down = down(topology, path.get());
                held(
                        routes,
                        path.get(),
                        down,
                        where + " " + ends + " down " + down + " "
                                + topology.settings().routing());
            }
            forks(routes, pick(sites, 2 + random.nextInt(5)), where);
        }
    }

    /** One to five parts, most of them on the path. */
    private List<String> down(Topology topology, SitePath path) {
        List<String> on = new ArrayList<>();
        path.sites().forEach(site -> {
            on.add("site:" + site);
            topology.hubsOf(site).forEach(hub -> on.add("server:" + hub.name()));
        });
        path.links().forEach(link -> on.add("link:" + link));
        List<String> all = new ArrayList<>(pick(on, random.nextInt(4)));
        topology.links().keySet().stream()
                .filter(link -> random.nextInt(8) == 0)
                .limit(2)
                .forEach(link -> all.add("link:" + link));
        return all;
    }

    private void held(RoutingTable routes, SitePath path, List<String> down, String where) {
        Reachability now = Reachability.of(routes.topology(), down);
        Itinerary got =
                Itinerary.of(routes, now, path.source(), path.destination()).orElseThrow();
        List<String> expected = new NaiveWalk(routes.topology(), down, path).stops();
        String last = expected.get(expected.size() - 1);
        boolean arrives = last.equals(path.destination());
        List<String> handled = got.stops().stream()
                .filter(stop -> stop.skippedBecause()
                                .filter(why -> !why.equals(Itinerary.NO_HUB))
                                .isEmpty()
                        && (expected.contains(stop.site())
                                || stop.skippedBecause().isEmpty()))
                .map(Stop::site)
                .toList();
        assertThat(handled).as(where).isEqualTo(expected);
        assertThat(got.heldAt()).as(where).isEqualTo(arrives ? Optional.empty() : Optional.of(last));
        Optional<String> next = Itinerary.nextFrom(routes, now, path.source(), path.destination());
        assertThat(next).as(where).isEqualTo(expected.stream().skip(1).findFirst());
        boolean joined = NaiveWalk.joined(routes.topology(), new TreeSet<>(down), path.source(), path.destination());
        boolean anyPath = routes.topology().settings().routing().connectivity() == Connectivity.ANY_PATH;
        boolean blocked =
                routes.without(down).path(path.source(), path.destination()).isEmpty();
        assertThat(joined).as(where).isEqualTo(!blocked);
        if (anyPath) {
            assertThat(now.transferWorks(routes, path.source(), path.destination()))
                    .as(where)
                    .isEqualTo(joined);
        }
        count(routes.topology().settings().routing(), path, expected, arrives, down);
    }

    private void count(RoutingPolicy policy, SitePath path, List<String> stops, boolean arrives, List<String> down) {
        String what = arrives ? "arrives" : stops.size() == 1 ? "held at source" : "held";
        boolean halves = policy.backOff() == BackOff.BINARY && policy.relay() == Relay.DIRECT && path.hops() > 4;
        seen.merge(what, 1, Integer::sum);
        if (what.equals("held") && halves) {
            seen.merge("held, by halves", 1, Integer::sum);
        }
        if (arrives && path.links().stream().anyMatch(link -> down.contains("link:" + link))) {
            seen.merge("detour by the network", 1, Integer::sum);
        }
    }

    private void forks(RoutingTable routes, List<String> drawn, String where) {
        if (routes.topology().settings().routing().relay() != Relay.DIRECT) {
            return;
        }
        String from = drawn.get(0);
        List<String> destinations = drawn.subList(1, drawn.size());
        List<ForkSites.Copy> copies = ForkSites.copies(routes, from, destinations);
        TreeMap<String, List<String>> got = new TreeMap<>();
        for (ForkSites.Copy copy : copies) {
            List<String> its = copy.destinations().stream().sorted().toList();
            got.put(copy.from() + ">" + copy.to() + " for " + String.join(" ", its), its);
        }
        assertThat(got).as(where + " " + drawn).isEqualTo(NaiveWalk.copies(routes, from, destinations));
        assertThat(got).as(where).hasSize(copies.size());
        for (String to : destinations) {
            long ends = copies.stream()
                    .filter(copy -> copy.to().equals(to) && copy.destinations().contains(to))
                    .count();
            boolean possible =
                    !routes.hubsOf(to).isEmpty() && routes.path(from, to).isPresent();
            assertThat(ends).as(where + " " + drawn + " " + to).isEqualTo(possible ? 1 : 0);
        }
        if (copies.stream().anyMatch(copy -> copy.destinations().size() > 1 && !destinations.contains(copy.to()))) {
            seen.merge("fork", 1, Integer::sum);
        }
    }
}
