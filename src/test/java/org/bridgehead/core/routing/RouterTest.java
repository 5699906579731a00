package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.bridgehead.core.mail.EmailAddress;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final List<String> NONE = List.of();
    private static final EmailAddress OUTSIDE = EmailAddress.of("x@fabrikam.test");

    @Test
    void mailboxServersOfTheOwnSiteGetMailDirectlyAllOthersByTheirSites() {
        Router router = Router.of(Nets.of("A-B 5", "B-C 5").routes(), "a1");
        assertThat(router.toMailboxServer("A-MBX", 0, NONE)).isEqualTo(new NextHop.Mailbox("A-MBX"));
        NextHop far = router.toMailboxServer("C-MBX", 0, NONE);
        assertThat(far).isEqualTo(new NextHop.Sites(List.of("B", "C"), "C"));
        assertThat(far.queueName()).isEqualTo("site:B");
        assertThatThrownBy(() -> router.toMailboxServer("X", 0, NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sitesWithoutHubArePassedOverAndCannotBeDestinations() {
        Router router = Router.of(Nets.of("A-B 5", "B-C 5").withoutHub("B").routes(), "A1");
        assertThat(router.toMailboxServer("C-MBX", 0, NONE)).isEqualTo(new NextHop.Sites(List.of("C"), "C"));
        assertThat(router.toMailboxServer("B-MBX", 0, NONE))
                .isEqualTo(new NextHop.Unreachable("B has no hub transport server"));
    }

    @Test
    void aHubSiteEndsTheCandidates() {
        Router router =
                Router.of(Nets.of("A-B 5", "B-C 5", "C-D 5").hubSites("C").routes(), "A1");
        assertThat(router.toMailboxServer("D-MBX", 0, NONE)).isEqualTo(new NextHop.Sites(List.of("B", "C"), "D"));
    }

    @Test
    void aSmallLinkOnTheChosenPathRefusesAndNoOtherPathIsTried() {
        Router router =
                Router.of(Nets.of("A-B 5", "A-C 5", "C-B 5").limit("A-B", 1000).routes(), "A1");
        assertThat(router.toMailboxServer("B-MBX", 1000, NONE)).isInstanceOf(NextHop.Sites.class);
        assertThat(router.toMailboxServer("B-MBX", 1001, NONE))
                .isInstanceOfSatisfying(
                        NextHop.Rejected.class, no -> assertThat(no.status()).hasToString("5.3.4"));
    }

    @Test
    void avoidedPartsAreLeftOutAsLongAsAnythingIsLeft() {
        Router router = Router.of(Nets.of("A-B 5", "A-C 5", "C-B 5").routes(), "A1");
        assertThat(router.toMailboxServer("B-MBX", 0, List.of("link:a-b")))
                .isEqualTo(new NextHop.Sites(List.of("C", "B"), "B"));
        assertThat(router.toMailboxServer("B-MBX", 0, List.of("link:A-B", "site:C")))
                .isEqualTo(new NextHop.Sites(List.of("B"), "B"));
    }

    @Test
    void expansionServersAreNamedInTheirSiteAndReachedByItFromElsewhere() {
        Router router = Router.of(Nets.of("A-B 5").routes(), "A1");
        assertThat(router.toHub("A2", 0, NONE)).isEqualTo(new NextHop.Servers("server:A2", List.of("A2")));
        assertThat(router.toHub("B2", 0, NONE)).isEqualTo(new NextHop.Sites(List.of("B"), "B"));
        assertThatThrownBy(() -> router.toHub("A1", 0, NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void connectorsAreChosenInTheOrderOfTheCriteria() {
        Nets net = Nets.of("A-B 5", "B-C 5");
        net.connector("F", "SMTP:*;1", "C1");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "x@y.test")).isEqualTo("F scope");
        net.connector("E", "SMTP:*;6", "B1");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "x@y.test")).isEqualTo("E proximity");
        net.connector("D", "SMTP:*;6", "B2");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "x@y.test")).isEqualTo("D name");
        net.connector("Local", "SMTP:*;12", "A1");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "x@y.test")).isEqualTo("D name");
        net.connector("Near", "SMTP:*;10", "A2");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "x@y.test")).isEqualTo("Near cost");
        net.connector("Scoped", "SMTP:y.test;1", OptionalLong.empty(), true, true, "B1");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "x@y.test")).isEqualTo("Near cost");
        assertThat(WorkedExamplesTest.chosen(net, "B1", "x@y.test")).isEqualTo("Scoped specificity");
    }

    @Test
    void smallConnectorsGoFirstAndTheirsIsTheOnlyRefusal() {
        Nets net = Nets.of("A-B 5")
                .connector("Small", "SMTP:*;1", OptionalLong.of(1000), false, true, "A1")
                .connector("Off", "SMTP:*;1", OptionalLong.empty(), false, false, "A1");
        Router router = Router.of(net.routes(), "A1");
        assertThat(router.toExternal(OUTSIDE, 1000, NONE)).isEqualTo(new NextHop.Dns("Small", "fabrikam.test"));
        assertThat(router.toExternal(OUTSIDE, 1001, NONE))
                .isInstanceOfSatisfying(
                        NextHop.Rejected.class, no -> assertThat(no.status()).hasToString("5.3.4"));
        net.connector("Big", "SMTP:*;90", "B1");
        ConnectorDecision decision = Router.of(net.routes(), "A1")
                .decideConnector(OUTSIDE, 1001, NONE)
                .orElseThrow();
        assertThat(decision.chosen()).isEqualTo("Big");
        assertThat(decision.alternatives().stream()
                        .map(lost -> lost.name() + " by " + lost.lostBy().keyword() + ": " + lost.because()))
                .containsExactly("Off by scope: disabled", "Small by size: takes messages of up to 1000 bytes");
    }

    @Test
    void ofSourceServersInSeveralSitesTheClosestSiteServes() {
        Nets net = Nets.of("A-B 5", "B-C 5").connector("Out", "SMTP:*;1", "C1", "B2", "B1");
        assertThat(Router.of(net.routes(), "A1").toExternal(OUTSIDE, 0, NONE))
                .isEqualTo(new NextHop.Sites(List.of("B"), "B"));
        Router near = Router.of(
                Nets.of("A-B 5", "B-C 5")
                        .connector("Out", "SMTP:*;1", "C1", "B2", "B1")
                        .routes(),
                "C2");
        assertThat(near.toExternal(OUTSIDE, 0, NONE)).isEqualTo(new NextHop.Servers("connector:Out", List.of("C1")));
    }

    @Test
    void anEdgeStandsForItsSiteAndSendsOutItself() {
        Nets net = Nets.of("A-B 5").edge("EDGE", "B").connector("Out", "SMTP:*;1", "EDGE");
        assertThat(Router.of(net.routes(), "A1").toExternal(OUTSIDE, 0, NONE))
                .isEqualTo(new NextHop.Sites(List.of("B"), "B"));
        assertThat(Router.of(net.routes(), "B1").toExternal(OUTSIDE, 0, NONE))
                .isEqualTo(new NextHop.Servers("connector:Out", List.of("EDGE")));
        Router edge = Router.of(net.routes(), "EDGE");
        assertThat(edge.toExternal(OUTSIDE, 0, NONE)).isEqualTo(new NextHop.Dns("Out", "fabrikam.test"));
        assertThat(edge.toMailboxServer("A-MBX", 0, NONE))
                .isEqualTo(edge.inboundFromEdge())
                .isEqualTo(new NextHop.Servers("EdgeSync - Inbound to B", List.of("B1", "B2")));
    }

    @Test
    void foreignAddressesNeedAConnectorOfTheirType() {
        EmailAddress fax = EmailAddress.of("IMCEAFAX-+2B4930_1@contoso.test");
        Nets net = Nets.of("A-B 5").connector("All", "SMTP:*;1", "A1");
        assertThat(Router.of(net.routes(), "A1").toExternal(fax, 0, NONE))
                .isEqualTo(
                        new NextHop.Rejected(NextHop.Rejected.NO_ROUTE, "no connector carries addresses of type FAX"));
        net.connector("Fax", "FAX:+49*;1", OptionalLong.empty(), false, true, false, "A1");
        assertThat(Router.of(net.routes(), "A1").toExternal(fax, 0, NONE).queueName())
                .isEqualTo("connector:Fax");
    }

    @Test
    void aConnectorWithoutPathIsNotChosenWhileAnotherIsThere() {
        Nets net = Nets.of("A-B 5", "C-D 5").connector("Far", "SMTP:fabrikam.test;1", "C1");
        assertThat(Router.of(net.routes(), "A1").toExternal(OUTSIDE, 0, NONE)).isInstanceOf(NextHop.Unreachable.class);
        net.connector("Near", "SMTP:*;50", "B1");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "x@fabrikam.test")).isEqualTo("Near cost");
    }

    private static String unreachable(Nets net, String server) {
        NextHop hop = Router.of(net.routes(), server).toExternal(OUTSIDE, 0, NONE);
        return ((NextHop.Unreachable) hop).reason();
    }

    /** BEHAVIOUR 1.8.7, 1.8.8. */
    @Test
    void mailWithoutAConnectorWaitsAndSaysWhatIsMissing() {
        String none = "a matching connector cannot be found for fabrikam.test";
        assertThat(unreachable(Nets.of("A-B 5"), "A1")).isEqualTo(none);
        assertThat(unreachable(Nets.of("A-B 5").connector("Own", "SMTP:contoso.test;1", "A1"), "A1"))
                .isEqualTo(none);
        Nets scoped = Nets.of("A-B 5").connector("Scoped", "SMTP:*;1", OptionalLong.empty(), true, true, "B1");
        assertThat(unreachable(scoped, "A1")).isEqualTo(none);
        assertThat(unreachable(Nets.of("A-B 5", "C-D 5").connector("Far", "SMTP:*;1", "C1"), "A1"))
                .isEqualTo("no path leads to a connector for fabrikam.test");
    }

    /** DECISIONS 2.4. */
    @Test
    void connectorsBehindAvoidedPartsComeBehindTheOthers() {
        Router router = Router.of(
                Nets.of("A-B 5", "A-C 50")
                        .connector("Near", "SMTP:*;1", "B1")
                        .connector("Far", "SMTP:*;1", "C1")
                        .routes(),
                "A1");
        NextHop near = new NextHop.Sites(List.of("B"), "B");
        NextHop far = new NextHop.Sites(List.of("C"), "C");
        assertThat(router.toExternal(OUTSIDE, 0, NONE)).isEqualTo(near);
        assertThat(router.toExternal(OUTSIDE, 0, List.of("link:A-B"))).isEqualTo(far);
        assertThat(router.toExternal(OUTSIDE, 0, List.of("link:A-B", "link:A-C")))
                .isEqualTo(near);
    }

    /** BEHAVIOUR 1.8.4: which site is the closest, the metric says. */
    @Test
    void sourceServersOfTheClosestSiteByTheMetricServe() {
        Nets net = Nets.of("A-B 50", "A-D 5", "D-C 5").connector("Out", "SMTP:*;1", "B1", "C2", "C1");
        assertThat(exit(net)).isEqualTo("B1, farther C");
        assertThat(exit(net.exchange2007())).isEqualTo("C1 C2, farther B");
    }

    private static String exit(Nets net) {
        ConnectorDecision.Figures figures = Router.of(net.routes(), "A1")
                .decideConnector(OUTSIDE, 0, NONE)
                .orElseThrow()
                .figures();
        return String.join(" ", figures.servers()) + ", farther " + String.join(" ", figures.farther());
    }

    @Test
    void losersSayWhatTheyLostByInFiguresOfTheFile() {
        Nets net = Nets.of("A-B 5", "B-C 5", "D-E 5")
                .connector("Zulu", "SMTP:*.test;6", "A1")
                .connector("Away", "SMTP:*.test;1", "B2", "B1")
                .connector("Cut", "SMTP:*;1", "D1", "D2")
                .connector("Dear", "SMTP:*.test;7", "C1")
                .connector("Late", "SMTP:*.test;6", "A1")
                .connector("Peer", "SMTP:*.test;6", "A2")
                .connector("Vague", "SMTP:*;1", "A1")
                .connector("Scoped", "SMTP:*;1", OptionalLong.empty(), true, true, "B1");
        ConnectorDecision decision =
                Router.of(net.routes(), "A1").decideConnector(OUTSIDE, 0, NONE).orElseThrow();
        assertThat(decision.chosen()).isEqualTo("Late");
        assertThat(decision.alternatives().stream()
                        .map(lost -> lost.name() + " by " + lost.lostBy().keyword() + ": " + lost.because()))
                .containsExactly(
                        "Zulu by name: equal in all else, and Late comes before Zulu",
                        "Peer by proximity: A2 in this site against this server",
                        "Away by proximity: B1, B2 1 hop away against this server",
                        "Dear by cost: 17 (path 10 + space 7) against 6 (path 0 + space 6)",
                        "Vague by specificity: * against the more specific *.test",
                        "Cut by cost: no path leads to its source servers (D1, D2)",
                        "Scoped by scope: scoped, and none of its source servers is in this site");
    }

    @Test
    void foreignPatternsCoverWhatBeginsAlike() {
        Nets net = Nets.of("A-B 5")
                .connector("Germany", "FAX:+49*;1", OptionalLong.empty(), false, true, false, "A1")
                .connector("One", "FAX:+1555;1", OptionalLong.empty(), false, true, false, "A1");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "IMCEAFAX-+2B4930@contoso.test"))
                .isEqualTo("Germany scope");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "IMCEAFAX-+2B1555@contoso.test"))
                .isEqualTo("One scope");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "IMCEAFAX-+2B15550@contoso.test"))
                .isEqualTo("none");
        assertThat(WorkedExamplesTest.chosen(net, "A1", "IMCEATEL-+2B4930@contoso.test"))
                .isEqualTo("none");
    }
}
