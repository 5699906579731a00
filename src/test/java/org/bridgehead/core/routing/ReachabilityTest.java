package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
    private static final RoutingPolicy DETOURS = RoutingPolicy.EXCHANGE_2007.with(Connectivity.ANY_PATH);

    private static Reachability now(RoutingTable routes, String... down) {
        return Reachability.of(routes.topology(), List.of(down));
    }

    private static Itinerary way(RoutingTable routes, String from, String to, String... down) {
        return Itinerary.of(routes, now(routes, down), from, to).orElseThrow();
    }

    @Test
    void connectionsFollowThePathUnlessTheNetworkMayGoRound() {
        Nets square = Nets.of("A-B 5", "B-D 5", "A-C 50", "C-D 50");
        RoutingTable strict = square.exchange2007().routes();
        assertThat(now(strict, "link:B-D").transferWorks(strict, "A", "D")).isFalse();
        assertThat(way(strict, "A", "D", "link:B-D").heldAt()).contains("B");

        RoutingTable round = square.policy(DETOURS).routes();
        assertThat(now(round, "link:B-D").transferWorks(round, "A", "D")).isTrue();
        assertThat(now(round, "site:B").obstacle(round.path("A", "D").orElseThrow()))
                .isEmpty();
        assertThat(way(round, "A", "D", "link:B-D").arrives()).isTrue();
        assertThat(way(round, "A", "D", "link:B-D").path().sites()).containsExactly("A", "B", "D");
        assertThat(way(round, "A", "D", "link:B-D", "link:A-C").reason()).contains("link:B-D is down");
        assertThat(way(round, "A", "D", "link:B-D", "link:A-C").heldAt()).contains("B");
        assertThat(now(round, "site:D").transferWorks(round, "A", "D")).isFalse();
        assertThat(way(round, "A", "D", "site:D").reason()).contains("site:D is down");
    }

    @Test
    void deadHubsCountUnderAnyConnectivity() {
        RoutingTable round = Nets.of("A-B 5", "B-C 5").policy(DETOURS).routes();
        assertThat(way(round, "A", "C", "server:C1", "server:C2").heldAt()).contains("B");
        assertThat(way(round, "A", "C", "server:B1", "server:B2").arrives()).isTrue();
    }

    @Test
    void aLostLinkOfManySitesPartsThemAll() {
        RoutingTable round = Nets.of("A-B-C 5", "C-D 5").policy(DETOURS).routes();
        assertThat(now(round, "link:A-B-C").transferWorks(round, "A", "B")).isFalse();
        assertThat(now(round, "link:A-B-C").transferWorks(round, "C", "D")).isTrue();
        assertThat(now(round, "site:C").transferWorks(round, "A", "B")).isTrue();
    }

    @Test
    void connectorsNodesAndDomainControllersKeepNoHubFromAnother() {
        RoutingTable routes = Nets.of("A-B 5").routes();
        assertThat(way(routes, "A", "B", "connector:Internet", "node:B-MBX", "dc:B-DC1")
                        .arrives())
                .isTrue();
    }

    /** BEHAVIOUR 1.4.10. */
    @Test
    void heldMailCreepsForwardAsPartsComeBack() {
        RoutingTable routes =
                Nets.of("A-B 5", "B-C 5", "C-D 5", "D-E 5").exchange2007().routes();
        String[] all = {"server:E1", "server:E2", "link:C-D"};
        assertThat(way(routes, "A", "E", all).heldAt()).contains("C");
        assertThat(Itinerary.nextFrom(routes, now(routes, all), "A", "E")).contains("C");
        assertThat(Itinerary.nextFrom(routes, now(routes, all), "C", "E")).isEmpty();
        Reachability linkBack = now(routes, "server:E1", "server:E2");
        assertThat(Itinerary.nextFrom(routes, linkBack, "C", "E")).contains("D");
        assertThat(Itinerary.nextFrom(routes, linkBack, "D", "E")).isEmpty();
        assertThat(Itinerary.nextFrom(routes, now(routes, "server:E1"), "D", "E"))
                .contains("E");
        assertThat(Itinerary.nextFrom(routes, now(routes), "E", "E")).isEmpty();
        assertThat(Itinerary.nextFrom(routes, now(routes, "site:C"), "C", "E")).isEmpty();
        assertThat(Itinerary.nextFrom(routes, now(routes), "C", "nowhere")).isEmpty();
    }

    @Test
    void forksLieAtSitesWithHubsAndStopAtHubSites() {
        Nets net = Nets.of("A-B 5", "B-C 5", "C-D 5", "C-E 5").exchange2007();
        assertThat(WorkedExamplesTest.copies(net.routes(), "A", "D", "E")).isEqualTo("A>C [D, E], C>D [D], C>E [E]");
        assertThat(WorkedExamplesTest.copies(net.withoutHub("C").routes(), "A", "D", "E"))
                .isEqualTo("A>B [D, E], B>D [D], B>E [E]");
        assertThat(WorkedExamplesTest.copies(net.withoutHub("B").routes(), "A", "D", "E"))
                .isEqualTo("A>D [D], A>E [E]");
        Nets hub = Nets.of("A-B 5", "B-C 5", "C-D 5", "C-E 5").exchange2007().hubSites("B");
        assertThat(WorkedExamplesTest.copies(hub.routes(), "A", "D", "E"))
                .isEqualTo("A>B [D, E], B>C [D, E], C>D [D], C>E [E]");
        assertThat(WorkedExamplesTest.copies(hub.routes(), "A", "A", "C", "E"))
                .isEqualTo("A>B [C, E], B>C [C, E], C>E [E]");
        RoutingTable everySite = Nets.of("A-B 5", "B-C 5", "C-D 5").routes();
        assertThat(WorkedExamplesTest.copies(everySite, "A", "B", "D")).isEqualTo("A>B [B, D], B>C [D], C>D [D]");
    }

    /** BEHAVIOUR 1.8.9: a dead connector is waited for, no other one is tried. */
    @Test
    void mailWaitsForItsConnectorOrAnyOfItsServers() {
        RoutingTable routes =
                Nets.of("A-B 5").connector("Out", "SMTP:*;1", "B1", "B2").routes();
        ConnectorDecision way = Router.of(routes, "A1")
                .decideConnector(EmailAddress.of("x@fabrikam.test"), 0, List.of())
                .orElseThrow();
        assertThat(now(routes).darkness(way)).isEmpty();
        assertThat(now(routes, "connector:out").darkness(way)).contains("connector:Out is down");
        assertThat(now(routes, "connector:Other", "server:B1").darkness(way)).isEmpty();
        assertThat(now(routes, "server:B1", "server:B2").darkness(way))
                .contains("no source server of Out answers (B1, B2)");
        assertThat(now(routes, "site:B").darkness(way)).contains("no source server of Out answers (B1, B2)");
    }
}
