package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.junit.jupiter.api.Test;

/** The documented examples of BEHAVIOUR 12 that routing alone decides. */
class WorkedExamplesTest {
    private static final List<String> HUBS = List.of("HT1", "HT2", "HT3");

    private static String path(RoutingTable routes, String from, String to) {
        return routes.path(from, to).map(path -> String.join("-", path.sites())).orElse("none");
    }

    private static String candidates(RoutingTable routes, String from, String to) {
        SitePath path = routes.path(from, to).orElseThrow();
        return String.join(" ", DeliveryPlan.of(path, routes).candidates());
    }

    private static String stops(Itinerary itinerary) {
        return String.join(
                ">",
                itinerary.stops().stream()
                        .filter(stop -> stop.skippedBecause().isEmpty())
                        .map(Stop::site)
                        .toList());
    }

    private static Itinerary itinerary(RoutingTable routes, String from, String to, String... down) {
        return Itinerary.of(routes, Reachability.of(routes.topology(), List.of(down)), from, to)
                .orElseThrow();
    }

    private static String loser(Decision decision, int at) {
        Decision.Rejected rejected = decision.rejected().get(at);
        return String.join("-", rejected.path().sites()) + " " + rejected.path().cost() + " "
                + rejected.lostBy().name().toLowerCase(Locale.ROOT);
    }

    @Test
    void w1EqualCostIsDecidedByHops() {
        RoutingTable routes =
                Nets.of("A-B 5", "B-D 10", "B-C 5", "C-D 5").exchange2007().routes();
        Decision decision = routes.decide("A", "D").orElseThrow();
        assertThat(path(routes, "A", "D")).isEqualTo("A-B-D");
        assertThat(decision.chosen().cost()).isEqualTo(15);
        assertThat(decision.rule()).isEqualTo(Rule.HOPS);
        assertThat(loser(decision, 0)).isEqualTo("A-B-C-D 15 hops");
        assertThat(candidates(routes, "A", "D")).startsWith("D");
    }

    @Test
    void w2AllEqualIsDecidedByTheNameNearestTheDestination() {
        RoutingTable routes =
                Nets.of("A-B 5", "B-D 5", "A-C 5", "C-D 5").exchange2007().routes();
        assertThat(path(routes, "A", "D")).isEqualTo("A-B-D");
        assertThat(routes.decidedBy("a", "d")).contains(Rule.NAME);
        assertThat(loser(routes.decide("A", "D").orElseThrow(), 0)).isEqualTo("A-C-D 10 name");
    }

    @Test
    void w3LeastCostWithQueueingAtThePointOfFailure() {
        RoutingTable routes =
                Nets.of("A-B 5", "B-D 15", "A-C 5", "C-D 5").exchange2007().routes();
        assertThat(path(routes, "A", "D")).isEqualTo("A-C-D");
        assertThat(routes.decidedBy("A", "D")).contains(Rule.COST);
        assertThat(candidates(routes, "A", "D")).isEqualTo("D C");
        assertThat(stops(itinerary(routes, "A", "D"))).isEqualTo("A>D");
        Itinerary broken = itinerary(routes, "A", "D", "server:D1", "server:D2");
        assertThat(stops(broken)).isEqualTo("A>C");
        assertThat(broken.heldAt()).contains("C");
        assertThat(broken.reason()).contains("no hub of D answers (D1, D2)");
    }

    @Test
    void w4ExchangeCostReplacesCost() {
        RoutingTable routes =
                Nets.of("A-B 5", "B-D 15", "A-C 5", "C-D 5 25").exchange2007().routes();
        SitePath path = routes.path("A", "D").orElseThrow();
        assertThat(path).isEqualTo(new SitePath(List.of("A", "B", "D"), List.of("A-B", "B-D"), 20));
    }

    @Test
    void w5HubSiteOnThePathIsAStop() {
        RoutingTable routes = Nets.of("A-B 5", "B-C 5", "C-D 5", "D-E 5")
                .exchange2007()
                .hubSites("C")
                .routes();
        assertThat(stops(itinerary(routes, "A", "E"))).isEqualTo("A>C>E");
        assertThat(candidates(routes, "A", "E")).isEqualTo("C B");
        Itinerary broken = itinerary(routes, "A", "E", "server:C1", "server:C2");
        assertThat(broken.heldAt()).contains("B");
    }

    @Test
    void w6HubSiteOffThePathIsIgnored() {
        RoutingTable routes = Nets.of("A-B 5", "B-D 15", "A-C 5", "C-D 5")
                .exchange2007()
                .hubSites("B")
                .routes();
        assertThat(stops(itinerary(routes, "A", "D"))).isEqualTo("A>D");
    }

    @Test
    void w7StarWithAndWithoutHubSite() {
        RoutingTable plain = Nets.of("A-B 5", "A-C 5").exchange2007().routes();
        RoutingTable hub =
                Nets.of("A-B 5", "A-C 5").exchange2007().hubSites("A").routes();
        assertThat(path(plain, "B", "C")).isEqualTo("B-A-C");
        assertThat(stops(itinerary(plain, "B", "C"))).isEqualTo("B>C");
        assertThat(stops(itinerary(hub, "B", "C"))).isEqualTo("B>A>C");
    }

    @Test
    void w8OneLinkForAllIsAClique() {
        RoutingTable routes = Nets.of("A-B-C-D 100").exchange2007().routes();
        for (String from : List.of("A", "B", "C", "D")) {
            for (String to : List.of("A", "B", "C", "D")) {
                SitePath path = routes.path(from, to).orElseThrow();
                assertThat(path.hops()).isEqualTo(from.equals(to) ? 0 : 1);
                assertThat(path.cost()).isEqualTo(from.equals(to) ? 0 : 100);
            }
        }
        assertThat(itinerary(routes, "A", "D", "server:D1", "server:D2").heldAt())
                .contains("A");
    }

    @Test
    void w11BackOffGoesFromTheDestinationTowardsTheSource() {
        RoutingTable routes =
                Nets.of("S1-S2 5", "S2-S3 5", "S3-S4 5").exchange2007().routes();
        assertThat(candidates(routes, "S1", "S4")).isEqualTo("S4 S3 S2");
        assertThat(itinerary(routes, "S1", "S4", "link:S3-S4").heldAt()).contains("S3");
        assertThat(itinerary(routes, "S1", "S4", "site:S3").heldAt()).contains("S2");
    }

    @Test
    void w12ARaisedExchangeCostMovesTheQueueToAnotherSite() {
        RoutingTable thin =
                Nets.of("A-B 5", "B-C 5", "C-D 5", "B-D 15").exchange2007().routes();
        RoutingTable raised =
                Nets.of("A-B 5", "B-C 5", "C-D 5 25", "B-D 15").exchange2007().routes();
        String[] down = {"server:D1", "server:D2"};
        assertThat(itinerary(thin, "A", "D", down).heldAt()).contains("C");
        assertThat(itinerary(raised, "A", "D", down).heldAt()).contains("B");
    }

    @Test
    void w13EachConnectionBeginsWithTheNextServer() {
        assertThat(IntStream.range(0, 4)
                        .mapToObj(turn -> Rotation.order(HUBS, turn, LoadBalancing.ROTATE, dead -> false)))
                .containsExactly(
                        List.of("HT1", "HT2", "HT3"),
                        List.of("HT2", "HT3", "HT1"),
                        List.of("HT3", "HT1", "HT2"),
                        List.of("HT1", "HT2", "HT3"));
    }

    @Test
    void w14ADeadServersShareGoesToItsSuccessorOrToAll() {
        assertThat(share(LoadBalancing.ROTATE)).isEqualTo("HT2 4, HT3 2");
        assertThat(share(LoadBalancing.HEALTHY)).isEqualTo("HT2 3, HT3 3");
    }

    private static String share(LoadBalancing balancing) {
        List<String> served = IntStream.range(0, 6)
                .mapToObj(turn -> Rotation.order(HUBS, turn, balancing, "HT1"::equals).stream()
                        .filter(server -> !server.equals("HT1"))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return "HT2 " + served.stream().filter("HT2"::equals).count() + ", HT3 "
                + served.stream().filter("HT3"::equals).count();
    }

    @Test
    void w15TheMostSpecificAddressSpaceWinsWhateverItsCost() {
        Nets net = Nets.of("A-B 5").connector("All", "SMTP:*;1", "A1").connector("Wild", "SMTP:*.contoso.com;1", "A1");
        assertThat(chosen(net, "A1", "julia@marketing.contoso.com")).isEqualTo("Wild specificity");
        net.connector("Exact", "SMTP:marketing.contoso.com;100", "B1");
        assertThat(chosen(net, "A1", "julia@marketing.contoso.com")).isEqualTo("Exact specificity");
        assertThat(chosen(net, "A1", "joe@fabrikam.com")).isEqualTo("All scope");
    }

    static String chosen(Nets net, String server, String address) {
        return Router.of(net.routes(), server)
                .decideConnector(EmailAddress.of(address), 0, List.of())
                .map(decision -> decision.chosen() + " " + decision.decidedBy().keyword())
                .orElse("none");
    }

    @Test
    void w16ExternalMailTravelsToTheConnectorsSite() {
        RoutingTable routes =
                Nets.of("A-B 5").connector("Out", "SMTP:*.contoso.com;1", "B1").routes();
        EmailAddress joe = EmailAddress.of("joe@contoso.com");
        assertThat(Router.of(routes, "A1").toExternal(joe, 0, List.of()))
                .isEqualTo(new NextHop.Sites(List.of("B"), "B"));
        assertThat(Router.of(routes, "B2").toExternal(joe, 0, List.of()))
                .isEqualTo(new NextHop.Servers("connector:Out", List.of("B1")));
        assertThat(Router.of(routes, "B1").toExternal(joe, 0, List.of()))
                .isEqualTo(new NextHop.Dns("Out", "contoso.com"));
    }

    @Test
    void w17WithoutAConnectorMailIsUnreachable() {
        assertThat(Router.of(Nets.of("A-B 5").routes(), "A1")
                        .toExternal(EmailAddress.of("x@fabrikam.com"), 0, List.of()))
                .isInstanceOf(NextHop.Unreachable.class);
    }

    @Test
    void w9OneCopyTravelsToTheForkAndSplitsThere() {
        RoutingTable routes =
                Nets.of("S1-S2 5", "S2-S3 5", "S2-S4 5").exchange2007().routes();
        assertThat(copies(routes, "S1", "S3", "S4")).isEqualTo("S1>S2 [S3, S4], S2>S3 [S3], S2>S4 [S4]");
        Router router = Router.of(routes, "S11");
        List<NextHop> hops = router.fanOut(
                List.of(
                        router.toMailboxServer("S3-MBX", 5 << 20, List.of()),
                        router.toMailboxServer("S4-MBX", 5 << 20, List.of())),
                List.of());
        assertThat(hops)
                .containsExactly(
                        new NextHop.Sites(List.of("S2", "S3"), "S3"), new NextHop.Sites(List.of("S2", "S4"), "S4"));
    }

    @Test
    void w10RecipientsOfOneSiteShareTheCopy() {
        RoutingTable routes = Nets.of("A-B 5", "B-D 5", "B-E 5").exchange2007().routes();
        assertThat(copies(routes, "A", "D", "E", "E")).isEqualTo("A>B [D, E], B>D [D], B>E [E]");
    }

    static String copies(RoutingTable routes, String from, String... destinations) {
        return ForkSites.copies(routes, from, List.of(destinations)).stream()
                .map(copy -> copy.from() + ">" + copy.to() + " " + copy.destinations())
                .collect(Collectors.joining(", "));
    }

    @Test
    void w17AConnectorThatIsAddedCarriesTheMail() {
        Nets net = Nets.of("A-B 5");
        EmailAddress outside = EmailAddress.of("x@fabrikam.com");
        assertThat(Router.of(net.routes(), "A1").decideConnector(outside, 0, List.of()))
                .isEmpty();
        net.connector("Internet", "SMTP:*;1", "A1");
        assertThat(Router.of(net.routes(), "A1").toExternal(outside, 0, List.of()))
                .isEqualTo(new NextHop.Dns("Internet", "fabrikam.com"));
    }

    @Test
    void w18RoutingGroupCostComesBeforeSiteCost() {
        CoexistenceCost one = new CoexistenceCost(20, 0);
        CoexistenceCost two = new CoexistenceCost(15, 100);
        assertThat(two).isLessThan(one);
        assertThat(new CoexistenceCost(15, 99)).isLessThan(two);
        assertThat(new CoexistenceCost(15, 100)).isEqualByComparingTo(two);
    }

    @Test
    void furtherCasesOfTheSameFigure() {
        RoutingTable routes = Nets.of("A-B 5", "B-D 15", "A-C 5", "C-D 5", "B-E 5", "C-E 5")
                .exchange2007()
                .routes();
        Decision direct = routes.decide("B", "D").orElseThrow();
        assertThat(path(routes, "B", "D")).isEqualTo("B-D");
        assertThat(List.of(loser(direct, 0), loser(direct, 1))).containsExactly("B-A-C-D 15 hops", "B-E-C-D 15 hops");
        assertThat(path(routes, "A", "E")).isEqualTo("A-B-E");
        assertThat(loser(routes.decide("A", "E").orElseThrow(), 0)).isEqualTo("A-C-E 10 name");
    }
}
