package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bridgehead.core.mailbox.Quorum;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.Comparison.Changed;
import org.bridgehead.whatif.Comparison.OtherStops;
import org.bridgehead.whatif.Comparison.Pair;
import org.bridgehead.whatif.ConnectorChange.Moved;
import org.bridgehead.whatif.ConnectorChange.Status;
import org.bridgehead.whatif.ConnectorChange.Waiting;
import org.junit.jupiter.api.Test;

/** Before and after on organisations small enough to see the answer: paths, connectors, clusters. */
class ComparisonTest {
    private static final RoutingPolicy HOLD = policy(Relay.EVERY_SITE, OnFailure.HOLD);
    private static final RoutingPolicy REROUTE = policy(Relay.EVERY_SITE, OnFailure.REROUTE);

    private static RoutingPolicy policy(Relay relay, OnFailure onFailure) {
        return new RoutingPolicy(Metric.COST, relay, onFailure, LoadBalancing.HEALTHY);
    }

    /** Links like {@code A-B 5}; every site has a hub called after it. */
    private static Topology net(RoutingPolicy policy, List<Server> more, List<SendConnector> out, String... links) {
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
        List<Server> servers = new ArrayList<>(more);
        sites.forEach(site -> servers.add(Server.hub(site.name() + "1", site.name())));
        return new Topology(
                Settings.of("Test", "test.test").withRouting(policy), sites, all, servers, out, List.of(), List.of());
    }

    private static Topology net(RoutingPolicy policy, String... links) {
        return net(policy, List.of(), List.of(), links);
    }

    private static SendConnector connector(String name, String pattern, boolean enabled, String... sources) {
        return new SendConnector(
                name,
                List.of(new AddressSpace("SMTP", pattern, 1)),
                List.of(sources),
                true,
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                false,
                enabled,
                TlsMode.OPPORTUNISTIC,
                Optional.empty());
    }

    private static Comparison down(Topology topology, String... items) {
        return Comparison.of(topology, topology, List.of(items));
    }

    private static List<String> lines(Comparison answer) {
        return answer.changed().stream().map(ComparisonTest::line).toList();
    }

    private static String line(Changed pair) {
        return String.join("", pair.before()) + " "
                + pair.after()
                        .map(sites -> String.join("", sites))
                        .orElse("held at " + pair.heldAt().orElse("nowhere"));
    }

    @Test
    void holdKeepsThePathAndSaysWhereMailWaits() {
        Comparison answer = down(net(HOLD, "A-B 1", "B-C 1", "A-C 9"), "link:B-C");
        assertThat(answer.pairs()).isEqualTo(6);
        assertThat(lines(answer)).containsExactly("ABC held at B", "BC held at B", "CBA held at C", "CB held at C");
        assertThat(answer.unreachable()).isEmpty();
        assertThat(answer.changed().get(0).why()).isEqualTo("link:B-C is down; mail waits at B");
        assertThat(answer.isBad()).isTrue();
        assertThat(answer.held()).isEqualTo(4);
    }

    @Test
    void rerouteGoesRoundAndIsNoBadAnswer() {
        Comparison answer = down(net(REROUTE, "A-B 1", "B-C 1", "A-C 9"), "link:B-C");
        assertThat(lines(answer)).containsExactly("ABC AC", "BC BAC", "CBA CA", "CB CAB");
        assertThat(answer.changed().get(0).why())
                .isEqualTo("link:B-C is down, so mail goes round it: 1 hop, cost 9 instead of 2 hops, cost 2");
        assertThat(answer.isBad()).isFalse();
    }

    @Test
    void withoutAnyWayLeftPairsAreUnreachable() {
        Comparison answer = down(net(REROUTE, "A-B 1", "B-C 1"), "link:B-C");
        assertThat(answer.unreachable())
                .containsExactly(new Pair("A", "C"), new Pair("B", "C"), new Pair("C", "A"), new Pair("C", "B"));
        assertThat(lines(answer)).contains("ABC held at B", "CBA held at C");
        assertThat(answer.changed().get(0).why())
                .isEqualTo("link:B-C is down; mail waits at B, and no other way exists");
    }

    @Test
    void pairsOfAFailedSiteAreLeftOut() {
        Comparison answer = down(net(HOLD, "A-B 1", "B-C 1", "A-C 9"), "site:B");
        assertThat(answer.pairs()).isEqualTo(2);
        assertThat(lines(answer)).containsExactly("ABC held at A", "CBA held at C");
        assertThat(answer.unreachable()).isEmpty();
    }

    @Test
    void deadHubsOnTheWayArePassedOverAtTheEndsNot() {
        Comparison answer = down(net(HOLD, "A-B 1", "B-C 1"), "server:B1");
        assertThat(answer.passedOver())
                .containsExactly(new OtherStops("A", "C", List.of("B")), new OtherStops("C", "A", List.of("B")));
        assertThat(lines(answer)).containsExactly("AB held at A", "BA held at B", "BC held at B", "CB held at C");
        assertThat(answer.unreachable()).hasSize(4);
        assertThat(answer.changed().get(0).cause()).isEqualTo("no hub of B answers (B1)");
    }

    @Test
    void anEditSaysWhichRuleDecidesNow() {
        Topology before = net(HOLD, "A-B 10", "B-D 10", "A-C 15", "C-D 15");
        Comparison dearer = Comparison.of(before, net(HOLD, "A-B 30", "B-D 10", "A-C 15", "C-D 15"), List.of());
        assertThat(lines(dearer)).contains("ABD ACD", "DBA DCA").doesNotContain("AB ACDB");
        assertThat(dearer.changed())
                .filteredOn(pair -> line(pair).equals("ABD ACD"))
                .extracting(Changed::why)
                .containsExactly(
                        "link A-B costs 30 instead of 10; cost 30 against 40 on the way before with equal hops");
        assertThat(dearer.isBad()).isFalse();
        Comparison tied = Comparison.of(
                net(HOLD, "A-B 10", "B-D 10", "A-C 5", "C-D 10"),
                net(HOLD, "A-B 10", "B-D 10", "A-C 10", "C-D 10"),
                List.of());
        assertThat(tied.changed())
                .filteredOn(pair -> line(pair).equals("ACD ABD"))
                .extracting(Changed::why)
                .containsExactly("link A-C costs 10 instead of 5; equal in hops and cost to the way before, so the"
                        + " names decide, from the destination back: B comes before C");
    }

    @Test
    void removedAndAddedLinksAndSites() {
        Topology before = net(HOLD, "A-B 10", "B-D 10");
        Comparison cut = Comparison.of(before, net(HOLD, "A-B 10", "D-E 1"), List.of());
        assertThat(cut.sitesNew()).containsExactly("E");
        assertThat(lines(cut)).containsExactly("ABD held at A", "BD held at B", "DBA held at D", "DB held at D");
        assertThat(cut.unreachable()).hasSize(4);
        assertThat(cut.changed().get(0).why()).isEqualTo("link B-D is removed; no way is left from A to D");
        Comparison joined = Comparison.of(net(HOLD, "A-B 10", "D-E 1"), net(HOLD, "A-B 10", "B-D 10"), List.of());
        assertThat(joined.sitesGone()).containsExactly("E");
        assertThat(joined.changed().get(0).why()).isEqualTo("link B-D is added; a way exists now: 2 hops, cost 20");
        assertThat(joined.isBad()).isFalse();
    }

    @Test
    void aNewHubSiteMakesANewStop() {
        RoutingPolicy direct = policy(Relay.DIRECT, OnFailure.HOLD);
        Topology before = net(direct, "A-B 1", "B-C 1");
        Topology after = before.withGraph(
                List.of(Site.of("A"), new Site("B", true, List.of()), Site.of("C")),
                List.copyOf(before.links().values()));
        Comparison answer = Comparison.of(before, after, List.of());
        assertThat(answer.changed()).isEmpty();
        assertThat(answer.newStops())
                .containsExactly(new OtherStops("A", "C", List.of("B")), new OtherStops("C", "A", List.of("B")));
    }

    @Test
    void mailboxesWithoutTheirLastHubAreUnreachable() {
        Server mailbox = Server.mailbox("B-MBX", "B");
        Topology before = net(HOLD, List.of(mailbox), List.of(), "A-B 1");
        Topology after = Topology.of(
                before.settings(),
                List.copyOf(before.sites().values()),
                List.copyOf(before.links().values()),
                List.of(mailbox, Server.hub("A1", "A")));
        Comparison answer = Comparison.of(before, after, List.of());
        assertThat(answer.unreachable()).containsExactly(new Pair("A", "B"), new Pair("B", "A"));
        assertThat(answer.changed().get(0).why()).contains("B has mailboxes and no hub transport server");
    }

    @Test
    void aFailedConnectorIsNotReplaced() {
        List<SendConnector> out =
                List.of(connector("Near", "*", true, "A1"), connector("Partner", "partner.test", true, "C1"));
        Topology topology = net(HOLD, List.of(), out, "A-B 1", "B-C 1");
        Comparison dark = down(topology, "connector:Partner");
        assertThat(dark.connectors()).hasSize(1);
        assertThat(dark.connectors().get(0).status()).isEqualTo(Status.DARK);
        assertThat(dark.connectors().get(0).waiting())
                .containsExactly(new Waiting("A", "C"), new Waiting("B", "C"), new Waiting("C", "C"));
        assertThat(dark.connectors().get(0).moved()).isEmpty();
        assertThat(dark.isBad()).isTrue();
        Comparison cut = down(topology, "link:B-C");
        assertThat(cut.connectors())
                .extracting(change -> change.name() + " " + change.status() + " " + change.waiting())
                .containsExactly(
                        "Near CUT_OFF [Waiting[from=C, heldAt=C]]",
                        "Partner CUT_OFF [Waiting[from=A, heldAt=B], Waiting[from=B, heldAt=B]]");
        Comparison dead = down(topology, "server:C1");
        assertThat(dead.connectors())
                .extracting(ConnectorChange::why)
                .containsExactly("none of its source servers runs (C1); another connector is not tried");
    }

    @Test
    void editsMoveMailToOtherConnectors() {
        SendConnector near = connector("Near", "*", true, "A1");
        Topology before = net(HOLD, List.of(), List.of(near), "A-B 1", "B-C 1");
        Topology after = net(HOLD, List.of(), List.of(near, connector("Far", "*", true, "C1")), "A-B 1", "B-C 1");
        assertThat(Comparison.of(before, after, List.of()).connectors())
                .extracting(change -> change.name() + " " + change.status() + " " + change.moved())
                .containsExactly(
                        "Far ADDED []",
                        "Near MOVED "
                                + List.of(new Moved(
                                        "SMTP:*", Optional.of("Near"), Optional.of("Far"), List.of("B", "C"))));
        Comparison removed = Comparison.of(after, before, List.of());
        assertThat(removed.connectors().get(0).status()).isEqualTo(Status.REMOVED);
        assertThat(removed.isBad()).isFalse();
        Topology off = net(HOLD, List.of(), List.of(connector("Near", "*", false, "A1")), "A-B 1", "B-C 1");
        Comparison disabled = Comparison.of(before, off, List.of());
        assertThat(disabled.connectors().get(0).status()).isEqualTo(Status.DISABLED);
        assertThat(disabled.connectors().get(0).moved().get(0).to()).isEmpty();
        assertThat(disabled.isBad()).isTrue();
    }

    @Test
    void rerouteMayChooseAnotherConnector() {
        List<SendConnector> out = List.of(connector("Near", "*", true, "B1"), connector("Far", "*", true, "C1"));
        Comparison answer = down(net(REROUTE, List.of(), out, "A-B 1", "A-C 2", "B-D 9", "C-D 9"), "link:A-B");
        assertThat(answer.connectors().get(0).moved())
                .containsExactly(new Moved("SMTP:*", Optional.of("Near"), Optional.of("Far"), List.of("A")));
        assertThat(answer.isBad()).isFalse();
    }

    @Test
    void anEdgeGoesWithTheSiteItIsSubscribedTo() {
        Topology topology =
                net(HOLD, List.of(Server.edge("E1", "B")), List.of(connector("Out", "*", true, "E1")), "A-B 1");
        assertThat(down(topology, "site:B").connectors().get(0).status()).isEqualTo(Status.DARK);
        assertThat(down(topology, "server:E1").connectors().get(0).waiting())
                .containsExactly(new Waiting("A", "B"), new Waiting("B", "B"));
        assertThat(down(topology, "server:A1").connectors()).isEmpty();
    }

    private static Server cluster() {
        MailboxRole role = new MailboxRole(
                MailboxRole.Replication.CCR,
                List.of(MailboxNode.embedded("N1"), MailboxNode.embedded("N2")),
                Optional.of("B1"),
                MailboxRole.MountDial.BEST_AVAILABILITY,
                List.of(new StorageGroup("SG1", List.of("DB1"))));
        return new Server(
                "MBX",
                Optional.of("A"),
                List.of(Role.MAILBOX),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                Optional.of(role));
    }

    @Test
    void clustersLoseNodesWitnessAndQuorum() {
        Topology topology = net(HOLD, List.of(cluster(), Server.mailbox("ALONE", "B")), List.of(), "A-B 1");
        ClusterState one = down(topology, "node:n1").clusters().get(0);
        assertThat(one.quorum()).isEqualTo(new Quorum(3, 2, 2));
        assertThat(one.noMarginLeft()).isTrue();
        assertThat(one.activeBefore()).contains("N1");
        assertThat(one.activeAfter()).contains("N2");
        assertThat(one.why())
                .isEqualTo("N1 is down: 2 of 3 votes, 2 needed; N2 takes over if at most 6 logs of 1024 KB are missing,"
                        + " the open one included; their mail is asked of the dumpsters of 1 hub, 18 MB a storage group;"
                        + " one more failure stops it");
        assertThat(down(topology, "node:N1").isBad()).isFalse();
        assertThat(down(topology, "node:N1", "server:B1").clusters().get(0).lost())
                .isTrue();
        assertThat(Clusters.offline(topology, List.of("node:N1"))).isEmpty();
        assertThat(offline(topology, "node:N1", "node:N2")).containsExactly("MBX");
        assertThat(offline(topology, "node:N2", "server:B1")).containsExactly("MBX");
        assertThat(offline(topology, "node:N2", "site:B")).containsExactly("ALONE", "MBX");
        assertThat(offline(topology, "server:MBX")).containsExactly("MBX");
        assertThat(offline(topology, "site:A")).containsExactly("MBX");
        assertThat(offline(topology, "node:ALONE")).containsExactly("ALONE");
        assertThat(down(topology, "node:N1", "node:N2").isBad()).isTrue();
    }

    private static List<String> offline(Topology topology, String... down) {
        return Clusters.offline(topology, Arrays.asList(down));
    }
}
