package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;

/** The choice of a connector against the list of BEHAVIOUR 1.8, filtered and compared as plainly as can be. */
class ConnectorOracleTest {
    private static final int TOPOLOGIES = Rounds.of(3000);
    private static final List<String> SPACES =
            List.of("*", "*.test", "*.contoso.test", "contoso.test", "sales.contoso.test", "*.sales.contoso.test");
    private static final List<String> DOMAINS =
            List.of("sales.contoso.test", "contoso.test", "eu.sales.contoso.test", "fabrikam.test", "fabrikam.example");
    private final long seed = Long.getLong("bridgehead.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TreeMap<String, Integer> decided = new TreeMap<>();
    private int none;
    private int spread;

    @Test
    void agreesWithANaiveFilterAndSort() {
        for (int run = 0; run < TOPOLOGIES; run++) {
            Topology topology = topology(run);
            RoutingTable routes = RoutingTable.of(topology);
            List<String> senders = topology.servers().keySet().stream().toList();
            for (int ask = 0; ask < 3 && !senders.isEmpty(); ask++) {
                String sender = senders.get(random.nextInt(senders.size()));
                String domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
                long size = random.nextInt(3) * 1000L;
                check(routes, sender, domain, size, "seed " + seed + " run " + run + " " + sender + " " + domain);
            }
        }
        System.out.println("connector oracle: seed " + seed + ", " + TOPOLOGIES + " topologies, decided by " + decided
                + ", no connector " + none + ", source servers in several sites " + spread);
        assertThat(decided).containsOnlyKeys("size", "scope", "specificity", "cost", "proximity", "name");
        assertThat(decided.values()).allMatch(count -> count >= Rounds.of(20));
        assertThat(spread).isGreaterThan(Rounds.of(1000));
    }

    private Topology topology(int run) {
        Topology graph = new RandomTopology(random, run % 2 == 0 ? Metric.HOPS : Metric.COST).topology;
        List<Server> servers = new ArrayList<>(graph.servers().values());
        graph.sites().keySet().stream()
                .filter(site -> random.nextInt(4) == 0)
                .forEach(site -> servers.add(Server.edge("EDGE-" + site, site)));
        List<SendConnector> connectors = new ArrayList<>();
        for (int i = 1 + random.nextInt(7); i > 0 && !servers.isEmpty(); i--) {
            connectors.add(connector((random.nextBoolean() ? "c" : "C") + i, servers));
        }
        return new Topology(
                graph.settings(),
                List.copyOf(graph.sites().values()),
                List.copyOf(graph.links().values()),
                servers,
                connectors,
                List.of(),
                List.of());
    }

    private SendConnector connector(String name, List<Server> servers) {
        List<Server> shuffled = new ArrayList<>(servers);
        Collections.shuffle(shuffled, random);
        List<AddressSpace> spaces = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            spaces.add(new AddressSpace(
                    "SMTP",
                    SPACES.get(random.nextInt(SPACES.size())),
                    1 + random.nextInt(random.nextBoolean() ? 2 : 5)));
        }
        return new SendConnector(
                name,
                spaces,
                shuffled.subList(0, Math.min(shuffled.size(), 1 + random.nextInt(3))).stream()
                        .map(Server::name)
                        .toList(),
                true,
                List.of(),
                Optional.empty(),
                random.nextInt(4) == 0 ? OptionalLong.of(1000) : OptionalLong.empty(),
                random.nextInt(5) == 0,
                random.nextInt(6) > 0,
                TlsMode.OPPORTUNISTIC,
                Optional.empty());
    }

    /** A connector with everything it is judged by; what it was thrown out for, if it was. */
    private record Judged(String name, String out, int fit, long cost, int near) {}

    private void check(RoutingTable routes, String sender, String domain, long size, String where) {
        List<Judged> all = new ArrayList<>();
        for (SendConnector connector : routes.topology().sendConnectors().values()) {
            judge(routes, sender, connector, domain, size).ifPresent(all::add);
        }
        Judged winner = null;
        for (Judged one : all) {
            if (one.out.isEmpty() && (winner == null || !rule(one, winner).startsWith("-"))) {
                winner = one;
            }
        }
        Optional<ConnectorDecision> got =
                Router.of(routes, sender).decideConnector(EmailAddress.of("x@" + domain), size, List.of());
        assertThat(got.map(ConnectorDecision::chosen))
                .as(where)
                .isEqualTo(Optional.ofNullable(winner).map(Judged::name));
        if (winner == null) {
            none++;
            return;
        }
        assertThat(got.orElseThrow().alternatives()).as(where).hasSize(all.size() - 1);
        for (ConnectorDecision.Rejected loser : got.get().alternatives()) {
            Judged its = all.stream()
                    .filter(one -> one.name.equals(loser.name()))
                    .findFirst()
                    .orElseThrow();
            String expected = its.out.isEmpty() ? rule(winner, its) : its.out;
            assertThat(loser.lostBy().keyword()).as(where + " " + loser).isEqualTo(expected);
            assertThat(loser.because()).as(where).isNotBlank();
        }
        if (!got.get().alternatives().isEmpty()) {
            assertThat(got.get().decidedBy())
                    .as(where)
                    .isEqualTo(got.get().alternatives().get(0).lostBy());
            decided.merge(got.get().decidedBy().keyword(), 1, Integer::sum);
        }
        spread += got.get().figures().farther().isEmpty() ? 0 : 1;
    }

    /** What tells the first from the second; with a minus when the second is better. */
    private static String rule(Judged one, Judged other) {
        if (one.fit != other.fit) {
            return one.fit > other.fit ? "specificity" : "-specificity";
        }
        if (one.cost != other.cost) {
            return one.cost < other.cost ? "cost" : "-cost";
        }
        if (one.near != other.near) {
            return one.near < other.near ? "proximity" : "-proximity";
        }
        return one.name.toLowerCase(Locale.ROOT).compareTo(other.name.toLowerCase(Locale.ROOT)) < 0 ? "name" : "-name";
    }

    private static Optional<Judged> judge(
            RoutingTable routes, String sender, SendConnector connector, String domain, long size) {
        int fit = 0;
        int spaceCost = 0;
        for (AddressSpace space : connector.addressSpaces()) {
            int its = fit(space.pattern(), domain);
            if (its > fit || its == fit && its > 0 && space.cost() < spaceCost) {
                fit = its;
                spaceCost = space.cost();
            }
        }
        if (fit == 0) {
            return Optional.empty();
        }
        Topology topology = routes.topology();
        String home = site(topology, sender);
        boolean edge = topology.servers().get(sender).subscribedSite().isPresent();
        boolean own = connector.sourceServers().contains(sender);
        boolean local = connector.sourceServers().stream()
                .anyMatch(name -> site(topology, name).equals(home));
        SitePath closest = null;
        for (String name : connector.sourceServers()) {
            SitePath path = routes.path(home, site(topology, name)).orElse(null);
            if (path != null && (closest == null || closer(topology, path, closest))) {
                closest = path;
            }
        }
        String out = "";
        if (connector.maxMessageSize().isPresent() && connector.maxMessageSize().getAsLong() < size) {
            out = "size";
        } else if (!connector.enabled() || connector.scoped() && !local || edge && !own) {
            out = "scope";
        } else if (closest == null) {
            out = "cost";
        }
        long cost = closest == null ? 0 : closest.cost() + spaceCost;
        int near = own && closest != null && closest.hops() == 0 ? 0 : closest == null ? 0 : 1 + closest.hops();
        return Optional.of(new Judged(connector.name(), out, fit, cost, near));
    }

    private static int fit(String pattern, String domain) {
        if (pattern.equals(domain)) {
            return 1000;
        }
        boolean under = pattern.startsWith("*.") && ("." + domain).endsWith(pattern.substring(1));
        return pattern.equals("*") || under ? pattern.length() : 0;
    }

    private static boolean closer(Topology topology, SitePath one, SitePath other) {
        long first = topology.settings().routing().metric() == Metric.HOPS ? one.hops() : one.cost();
        long second = topology.settings().routing().metric() == Metric.HOPS ? other.hops() : other.cost();
        long third = topology.settings().routing().metric() == Metric.HOPS ? one.cost() : one.hops();
        long fourth = topology.settings().routing().metric() == Metric.HOPS ? other.cost() : other.hops();
        int names = one.destination()
                .toLowerCase(Locale.ROOT)
                .compareTo(other.destination().toLowerCase(Locale.ROOT));
        return first < second || first == second && (third < fourth || third == fourth && names < 0);
    }

    private static String site(Topology topology, String server) {
        Server its = topology.servers().get(server);
        return its.site().or(its::subscribedSite).orElseThrow();
    }
}
