package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private static final RoutingPolicy REROUTE =
            new RoutingPolicy(Metric.HOPS, Relay.EVERY_SITE, OnFailure.REROUTE, LoadBalancing.HEALTHY);

    @Test
    void aPathWithinASiteHasNoHop() {
        RoutingTable routes = Nets.of("A-B 5").routes();
        assertThat(routes.path("a", "A")).contains(new SitePath(List.of("A"), List.of(), 0));
        assertThat(routes.decidedBy("A", "A")).contains(Rule.ONLY);
        DeliveryPlan plan = DeliveryPlan.of(routes.path("A", "A").orElseThrow(), routes);
        assertThat(plan).isEqualTo(new DeliveryPlan(List.of(), List.of()));
    }

    @Test
    void sitesThatNoLinkJoinsHaveNoPath() {
        RoutingTable routes = Nets.of("A-B 5").withoutHub("Z").routes();
        assertThat(routes.path("A", "Z")).isEmpty();
        assertThat(routes.decide("A", "nowhere")).isEmpty();
    }

    @Test
    void fewestHopsGoBeforeCostByDefault() {
        RoutingTable routes = Nets.of("A-B 50", "A-C 1", "C-B 1").routes();
        assertThat(routes.path("A", "B").orElseThrow().sites()).containsExactly("A", "B");
        assertThat(routes.decidedBy("A", "B")).contains(Rule.HOPS);
    }

    @Test
    void ofEqualParallelLinksTheLowestNameIsUsed() {
        Topology net = Nets.of("A-B 5").topology();
        List<SiteLink> links = List.of(
                SiteLink.of("zeta", List.of("A", "B"), 3),
                SiteLink.of("Beta", List.of("B", "A"), 3),
                SiteLink.of("alpha", List.of("A", "B"), 4));
        RoutingTable routes =
                RoutingTable.of(net.withGraph(List.copyOf(net.sites().values()), links));
        assertThat(routes.path("A", "B").orElseThrow().links()).containsExactly("Beta");
        assertThat(routes.decidedBy("A", "B")).contains(Rule.ONLY);
    }

    @Test
    void reroutingGoesRoundLostPartsAndHoldingDoesNot() {
        Topology hold = Nets.of("A-B 5", "A-C 5", "C-D 5", "D-B 5").topology();
        Topology round = hold.withSettings(hold.settings().withRouting(REROUTE));
        List<String> down = List.of("link:A-B");
        Itinerary held = Itinerary.of(RoutingTable.of(hold), Reachability.of(hold, down), "A", "B")
                .orElseThrow();
        assertThat(held.heldAt()).contains("A");
        assertThat(held.reason()).contains("link:A-B is down");
        Itinerary led = Itinerary.of(RoutingTable.of(round), Reachability.of(round, down), "A", "B")
                .orElseThrow();
        assertThat(led.arrives()).isTrue();
        assertThat(led.path().sites()).containsExactly("A", "C", "D", "B");
    }

    @Test
    void aStopWhoseHubsAreDownIsPassedOverUnlessItIsAHubSite() {
        RoutingTable routes = Nets.of("A-B 5", "B-C 5").routes();
        Reachability now = Reachability.of(routes.topology(), List.of("server:B1", "server:B2"));
        Itinerary over = Itinerary.of(routes, now, "A", "C").orElseThrow();
        assertThat(over.stops().get(1).skippedBecause()).contains("no hub of B answers (B1, B2)");
        assertThat(over.handled()).isEqualTo(2);
        RoutingTable strict = Nets.of("A-B 5", "B-C 5").hubSites("B").routes();
        assertThat(Itinerary.of(strict, now, "A", "C").orElseThrow().heldAt()).contains("A");
    }

    @Test
    void theWayToASiteWithoutHubIsKnownAllTheSame() {
        RoutingTable routes = Nets.of("A-B 5", "B-C 5").withoutHub("C").routes();
        Itinerary way = Itinerary.of(routes, Reachability.of(routes.topology(), List.of()), "A", "C")
                .orElseThrow();
        assertThat(way.arrives()).isTrue();
        assertThat(way.handled()).isEqualTo(2);
        assertThat(way.stops().get(2)).isEqualTo(new Stop("C", true, Optional.of("no hub transport server")));
        Itinerary cut = Itinerary.of(routes, Reachability.of(routes.topology(), List.of("link:B-C")), "A", "C")
                .orElseThrow();
        assertThat(cut.heldAt()).contains("B");
    }

    @Test
    void oneSiteIsANetworkToo() {
        RoutingTable alone = Nets.of().withoutHub("A").routes();
        assertThat(alone.decidedBy("A", "A")).contains(Rule.ONLY);
    }

    @Test
    void theEndOfALinkIntoALostSiteIsNoWay() {
        RoutingTable rest = Nets.of("A-B 5", "B-D 5", "D-E 5").routes().without(List.of("site:E"));
        assertThat(rest.decidedBy("A", "D")).contains(Rule.ONLY);
        assertThat(rest.path("A", "E")).isEmpty();
    }

    /** BEHAVIOUR 1.7.5. */
    @Test
    void mailboxesWithoutAHubInTheirSiteAreStranded() {
        Topology net = Nets.of("A-B 5", "B-C 5").withoutHub("B", "C").topology();
        List<Server> servers = net.servers().values().stream()
                .filter(server -> !server.name().equals("C-MBX"))
                .toList();
        RoutingTable routes = RoutingTable.of(Topology.of(
                net.settings(),
                List.copyOf(net.sites().values()),
                List.copyOf(net.links().values()),
                servers));
        assertThat(routes.strandsMailboxes("A")).isFalse();
        assertThat(routes.strandsMailboxes("b")).isTrue();
        assertThat(routes.strandsMailboxes("C")).isFalse();
    }

    @Test
    void aTableIsSharedByThreadsSoItsListsCannotBeChanged() {
        List<String> hubs = Nets.of("A-B 5").routes().hubsOf("A");
        assertThat(hubs).containsExactly("A1", "A2");
        assertThatThrownBy(() -> hubs.add("A3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ofLargeNetworksPathsAreForgottenButNeverMixedUp() {
        List<String> names = IntStream.range(0, 2500).mapToObj(i -> "S" + i).toList();
        RoutingTable routes = RoutingTable.of(Topology.of(
                Settings.of("Large", "large.test"),
                names.stream().map(Site::of).toList(),
                List.of(SiteLink.of("all", names, 5)),
                List.of()));
        List<String> every = List.copyOf(routes.topology().sites().keySet());
        for (int from = 0; from < every.size(); from += 20) {
            assertThat(routes.path(every.get(from), "S2499").orElseThrow().source())
                    .isEqualTo(every.get(from));
        }
    }
}
