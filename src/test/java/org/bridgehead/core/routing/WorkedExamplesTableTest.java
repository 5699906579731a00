package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.junit.jupiter.api.Test;

/**
 * The worked examples of BEHAVIOUR 12 as a table with the reasons the routing core gives, held against the committed
 * one; {@code -Dbridgehead.golden=write} writes it anew.
 */
class WorkedExamplesTableTest {
    private static final Path GOLDEN =
            Path.of("src", "test", "resources", "org", "bridgehead", "core", "routing", "worked-examples.md");
    private static final String LEGEND = """
            A-B 5: a site link of A and B, cost 5. A-B-C: the path. A>C: the transfers, from a hub of A to a hub of C.
            Name \\*.x.com;1 on A1: a send connector, its address space and cost, its source server in site A.

            """;
    private final List<String> rows = new ArrayList<>();

    @Test
    void answersAndReasonsAreThoseOfTheCommittedTable() throws Exception {
        table();
        String text = LEGEND + "| Case | Topology | Question | Answer | Because |\n|---|---|---|---|---|\n"
                + String.join("\n", rows) + "\n";
        System.out.println(text);
        if ("write".equals(System.getProperty("bridgehead.golden"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN).replace("\r\n", "\n"));
    }

    private void table() {
        paths();
        hubSites();
        failures();
        copies();
        connectors();
        selectors();
    }

    private void paths() {
        route("W1", "A", "D", "A-B 5", "B-D 10", "B-C 5", "C-D 5");
        route("W2", "A", "D", "A-B 5", "B-D 5", "A-C 5", "C-D 5");
        route("W3", "A", "D", "A-B 5", "B-D 15", "A-C 5", "C-D 5");
        route("W4", "A", "D", "A-B 5", "B-D 15", "A-C 5", "C-D 5 25");
        String[] figure = {"A-B 5", "B-D 15", "A-C 5", "C-D 5", "B-E 5", "C-E 5"};
        route("W3+", "B", "D", figure);
        route("W3+", "A", "E", figure);
    }

    private void hubSites() {
        stops("W5", "A", "E", "C", "A-B 5", "B-C 5", "C-D 5", "D-E 5");
        stops("W6", "A", "D", "B", "A-B 5", "B-D 15", "A-C 5", "C-D 5");
        stops("W7", "B", "C", "", "A-B 5", "A-C 5", "A-D 5");
        stops("W7", "B", "C", "A", "A-B 5", "A-C 5", "A-D 5");
        route("W8", "A", "D", "A-B-C-D 100");
    }

    private void failures() {
        held("W3", "A", "D", List.of("server:D1", "server:D2"), "A-B 5", "B-D 15", "A-C 5", "C-D 5");
        held("W8", "A", "D", List.of("server:D1", "server:D2"), "A-B-C-D 100");
        held("W11", "S1", "S4", List.of("site:S4"), "S1-S2 5", "S2-S3 5", "S3-S4 5");
        held("W11", "S1", "S4", List.of("site:S4", "site:S3"), "S1-S2 5", "S2-S3 5", "S3-S4 5");
        held("W12", "A", "D", List.of("site:D"), "A-B 5", "B-C 5", "C-D 5", "B-D 15");
        held("W12", "A", "D", List.of("site:D"), "A-B 5", "B-C 5", "C-D 5 25", "B-D 15");
    }

    private void copies() {
        fork("W9", "S1", List.of("S3", "S4"), "S1-S2 5", "S2-S3 5", "S2-S4 5");
        fork("W10", "A", List.of("D", "E", "E"), "A-B 5", "B-D 5", "B-E 5");
    }

    private void connectors() {
        Nets w15 = Nets.of("A-B 5")
                .connector("All", "SMTP:*;1", "A1")
                .connector("Wild", "SMTP:*.contoso.com;1", "A1")
                .connector("Exact", "SMTP:marketing.contoso.com;100", "B1");
        connector("W15", w15, "A1", "julia@marketing.contoso.com");
        connector(
                "W15",
                Nets.of("A-B 5").connector("All", "SMTP:*;1", "A1").connector("Wild", "SMTP:*.contoso.com;1", "A1"),
                "A1",
                "julia@marketing.contoso.com");
        Nets w16 = Nets.of("A-B 5").connector("Out", "SMTP:*.contoso.com;1", "B1");
        connector("W16", w16, "A1", "joe@contoso.com");
        connector("W16", w16, "B1", "joe@contoso.com");
        connector("W17", Nets.of("A-B 5"), "A1", "x@fabrikam.com");
        connector("W17", Nets.of("A-B 5").connector("Internet", "SMTP:*;1", "A1"), "A1", "x@fabrikam.com");
    }

    private void selectors() {
        List<String> hubs = List.of("HT1", "HT2", "HT3");
        row(
                "W13",
                "HT1, HT2, HT3 up",
                "3 connections",
                IntStream.range(0, 3)
                        .mapToObj(turn ->
                                String.join(" ", Rotation.order(hubs, turn, LoadBalancing.ROTATE, dead -> false)))
                        .collect(Collectors.joining("; ")),
                "each connection begins with the next server");
        for (LoadBalancing balancing : List.of(LoadBalancing.ROTATE, LoadBalancing.HEALTHY)) {
            row(
                    "W14",
                    "HT1 down, loadBalancing " + balancing.keyword(),
                    "6 connections",
                    IntStream.range(0, 6)
                            .mapToObj(turn -> Rotation.order(hubs, turn, balancing, "HT1"::equals).stream()
                                    .filter(server -> !server.equals("HT1"))
                                    .findFirst()
                                    .orElseThrow())
                            .collect(Collectors.joining(" ")),
                    balancing == LoadBalancing.ROTATE
                            ? "the dead server keeps its turn; its successor carries it"
                            : "the turns go round the living only");
        }
        CoexistenceCost one = new CoexistenceCost(20, 0);
        CoexistenceCost two = new CoexistenceCost(15, 100);
        row(
                "W18",
                "routing group cost 20 + site cost 0; 15 + 100",
                "which way",
                two.compareTo(one) < 0 ? "15 + 100" : "20 + 0",
                "routing group cost counts first");
    }

    private void route(String id, String from, String to, String... links) {
        Decision decision =
                Nets.of(links).exchange2007().routes().decide(from, to).orElseThrow();
        SitePath chosen = decision.chosen();
        row(id, topology(links), from + " to " + to, path(chosen), because(decision));
    }

    /** {@code A-B 5} as it is; a second figure is an ExchangeCost, more than two sites are one link of all of them. */
    private static String topology(String... links) {
        return Stream.of(links)
                .map(link -> {
                    String[] parts = link.split(" ");
                    return (parts[0].split("-").length > 2 ? "one link " : "")
                            + parts[0] + " " + parts[1]
                            + (parts.length > 2 ? " (ExchangeCost " + parts[2] + ")" : "");
                })
                .collect(Collectors.joining(", "));
    }

    private static String path(SitePath path) {
        return String.join("-", path.sites()) + ", cost " + path.cost() + ", " + hops(path);
    }

    private static String hops(SitePath path) {
        return path.hops() == 1 ? "1 hop" : path.hops() + " hops";
    }

    private static String because(Decision decision) {
        return decision.rejected().isEmpty()
                ? "no other path"
                : decision.rejected().stream()
                        .map(lost ->
                                path(lost.path()) + " lost by " + lost.lostBy().keyword()
                                        + (lost.lostBy() == Rule.NAME ? names(decision.chosen(), lost.path()) : ""))
                        .collect(Collectors.joining("; "));
    }

    private static String names(SitePath winner, SitePath loser) {
        List<String> ours = winner.sites();
        List<String> theirs = loser.sites();
        int back = 1;
        while (ours.get(ours.size() - back).equals(theirs.get(theirs.size() - back))) {
            back++;
        }
        return " (read from " + winner.destination() + " back, " + ours.get(ours.size() - back) + " comes before "
                + theirs.get(theirs.size() - back) + ")";
    }

    private void stops(String id, String from, String to, String hubSite, String... links) {
        Nets net = Nets.of(links).exchange2007();
        RoutingTable routes =
                hubSite.isEmpty() ? net.routes() : net.hubSites(hubSite).routes();
        Itinerary way = way(routes, from, to, List.of());
        boolean on = way.path().sites().contains(hubSite);
        String why = hubSite.isEmpty()
                ? "direct relay, no hub site, so nothing on the way touches the mail"
                : on
                        ? "hub site " + hubSite + " is on the path, so mail stops there"
                        : "hub site " + hubSite + " is off the path, so it is ignored";
        row(
                id,
                topology(links) + (hubSite.isEmpty() ? "" : "; hub site " + hubSite),
                from + " to " + to,
                transfers(way),
                path(way.path()) + "; " + why);
    }

    private static Itinerary way(RoutingTable routes, String from, String to, List<String> down) {
        return Itinerary.of(routes, Reachability.of(routes.topology(), down), from, to)
                .orElseThrow();
    }

    private static String transfers(Itinerary way) {
        return way.stops().stream()
                .filter(stop -> stop.skippedBecause().isEmpty())
                .map(Stop::site)
                .collect(Collectors.joining(">"));
    }

    private void held(String id, String from, String to, List<String> down, String... links) {
        RoutingTable routes = Nets.of(links).exchange2007().routes();
        Itinerary way = way(routes, from, to, down);
        String tried = String.join(", ", DeliveryPlan.of(way.path(), routes).candidates());
        row(
                id,
                topology(links),
                from + " to " + to + ", down: " + String.join(", ", down),
                transfers(way) + way.heldAt().map(site -> ", waits at " + site).orElse(""),
                path(way.path()) + "; tried in turn: " + tried + "; "
                        + way.reason().orElse("arrives"));
    }

    private void fork(String id, String from, List<String> to, String... links) {
        RoutingTable routes = Nets.of(links).exchange2007().routes();
        String answer = ForkSites.copies(routes, from, to).stream()
                .map(copy -> copy.from() + ">" + copy.to() + " for " + recipients(copy, to))
                .collect(Collectors.joining(", "));
        row(
                id,
                topology(links),
                "one message from " + from + " to users in " + String.join(", ", to),
                answer,
                "one copy as far as the paths run together");
    }

    private static String recipients(ForkSites.Copy copy, List<String> to) {
        long count = to.stream().filter(copy.destinations()::contains).count();
        return count == 1 ? "1 recipient" : count + " recipients";
    }

    private void connector(String id, Nets net, String server, String address) {
        RoutingTable routes = net.routes();
        Router router = Router.of(routes, server);
        EmailAddress to = EmailAddress.of(address);
        Optional<ConnectorDecision> decision = router.decideConnector(to, 0, List.of());
        NextHop hop = router.toExternal(to, 0, List.of());
        String topology = routes.topology().sendConnectors().values().stream()
                .map(its -> its.name() + " " + its.addressSpaces().get(0).pattern() + ";"
                        + its.addressSpaces().get(0).cost() + " on " + String.join(", ", its.sourceServers()))
                .collect(Collectors.joining(", "));
        String why = decision.map(its -> its.alternatives().isEmpty()
                        ? "the only connector for it"
                        : its.alternatives().stream()
                                .map(lost -> lost.name() + " lost by "
                                        + lost.lostBy().keyword() + ": " + lost.because())
                                .collect(Collectors.joining("; ")))
                .orElseGet(() -> hop instanceof NextHop.Unreachable none ? none.reason() : "");
        row(
                id,
                topology.isEmpty() ? "no connector" : topology,
                server + " to " + address,
                decision.map(its -> its.chosen() + ", queue ").orElse("queue ") + hop.queueName(),
                why);
    }

    private void row(String... cells) {
        rows.add("| " + String.join(" | ", cells).replace("*", "\\*") + " |");
    }
}
