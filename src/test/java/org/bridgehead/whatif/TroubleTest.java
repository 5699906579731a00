package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.Scene.events;
import static org.bridgehead.whatif.Scene.leftOvers;
import static org.bridgehead.whatif.Scene.minutes;
import static org.bridgehead.whatif.Scene.path;
import static org.bridgehead.whatif.Scene.received;
import static org.bridgehead.whatif.Scene.send;
import static org.bridgehead.whatif.Scene.timeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.queue.QueueStatus;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;

/** What a hub does about peers that refuse, break off or keep silent, about operators, and about a changed topology. */
class TroubleTest {
    private static final EnhancedStatus BUSY = EnhancedStatus.of("4.2.2");
    private static final EnhancedStatus PRESSED = EnhancedStatus.of("4.3.1");

    @Test
    void aMessagePutOffWaitsAlone() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.script("B-MBX", new Mishap.Defer(BUSY, "mailbox busy"));
        send(org, "B1", "a", "b");
        org.runUntilIdle();
        send(org, "B1", "a", "b1");
        org.runUntilIdle();
        assertThat(received(org, "b")).isZero();
        assertThat(received(org, "b1")).isEqualTo(1);
        org.advance(minutes(15));
        assertThat(timeline(org, Kind.DELIVER)).containsExactly("+0 B1 B-MBX", "+15 B1 B-MBX");
        assertThat(events(org, Kind.DEFER).get(0).status()).isEqualTo("4.2.2");
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void aServerUnderPressureIsLeftForTheNextOne() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(2).start();
        org.script("B1", new Mishap.Defer(PRESSED, "Insufficient system resources"));
        TransportId id = send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(path(org, id, "b")).containsExactly("A1", "B2");
    }

    @Test
    void aLostConnectionLeadsToTheNextServerAtOnce() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(2).start();
        org.script("B1", new Mishap.LoseConnection());
        TransportId id = send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(path(org, id, "b")).containsExactly("A1", "B2");
        assertThat(events(org, Kind.DEFER)).hasSize(1);
    }

    @Test
    void aRefusedConnectionLeadsToTheNextServerAtOnce() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(2).start();
        org.script("B1", new Mishap.RefuseConnection(EnhancedStatus.of("4.3.2"), "not now"));
        TransportId id = send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(path(org, id, "b")).containsExactly("A1", "B2");
        assertThat(events(org, Kind.DEFER)).isEmpty();
    }

    @Test
    void aServerThatKeepsBreakingOffIsGivenARest() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        for (int i = 0; i < 3; i++) {
            org.script("B1", new Mishap.LoseConnection());
        }
        send(org, "A1", "a", "b");
        org.advance(minutes(40));
        assertThat(timeline(org, Kind.DEFER)).containsExactly("+0 A1 site:B", "+0 A1 site:B", "+15 A1 site:B");
        assertThat(received(org, "b")).isEqualTo(1);
    }

    @Test
    void aLostReplyMakesASecondCopyThatTheMailboxDrops() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(2).start();
        org.script("B1", new Mishap.LoseReply());
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(org.duplicatesDropped()).isEqualTo(1);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void theMarkOfASecondAttemptSurvivesANewRouting() {
        Scene scene = Scene.of("A-B 10");
        VirtualOrganization org = scene.start();
        org.script("B-MBX", new Mishap.LoseReply());
        org.script("B-MBX", new Mishap.LoseConnection());
        send(org, "B1", "a", "b");
        org.runUntilIdle();
        org.change(scene.topology());
        org.advance(minutes(20));
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(org.duplicatesDropped()).isEqualTo(1);
    }

    @Test
    void aConnectionOutlivesNeitherItsPeerNorItsLink() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        org.crash("B1");
        org.restart("B1");
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(2);
        org.down("link:A-B");
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(2);
        org.up("link:A-B");
        org.advance(minutes(1));
        assertThat(received(org, "b")).isEqualTo(3);
    }

    @Test
    void threeHubsTakeTurnsConnectionByConnection() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(3).start();
        assertThat(share(org, 300)).containsExactly(100, 100, 100);
    }

    @Test
    void twoHubsShareEvenlyWhatTheThirdLeaves() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(3).start();
        org.crash("B2");
        assertThat(share(org, 300)).containsExactly(150, 0, 150);
    }

    @Test
    void w14InTheModelledSystemTheDeadHubsNeighbourCarriesItsShare() {
        VirtualOrganization org =
                Scene.of("A-B 10").hubs(3).policy(RoutingPolicy.EXCHANGE_2007).start();
        org.crash("B1");
        assertThat(share(org, 300)).containsExactly(0, 200, 100);
    }

    /** Messages per hub of B, one connection each: they are closed between the messages. */
    private static List<Integer> share(VirtualOrganization org, int connections) {
        for (int i = 0; i < connections; i++) {
            send(org, "A1", "a", "b");
            org.advance(Duration.ofSeconds(20));
        }
        return List.of(receivedBy(org, "B1"), receivedBy(org, "B2"), receivedBy(org, "B3"));
    }

    private static int receivedBy(VirtualOrganization org, String server) {
        return (int) events(org, Kind.RECEIVE).stream()
                .filter(event -> event.server().equals(server))
                .count();
    }

    @Test
    void aSuspendedQueueTakesMailAndSendsNone() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        org.operate("A1", new Operation.SuspendQueue("site:B"));
        send(org, "A1", "a", "b");
        org.advance(minutes(60));
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(org.queues("A1").get(0).status()).isEqualTo(QueueStatus.SUSPENDED);
        org.operate("A1", new Operation.ResumeQueue("site:B"));
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(2);
    }

    @Test
    void aRetryByHandStartsTheLadderOver() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.crash("B1");
        send(org, "A1", "a", "b");
        org.advance(minutes(20));
        org.operate("A1", new Operation.RetryQueue("site:B"));
        org.advance(minutes(2));
        assertThat(timeline(org, Kind.DEFER))
                .endsWith("+14 A1 site:B", "+19 A1 site:B", "+20 A1 site:B", "+21 A1 site:B", "+22 A1 site:B");
    }

    @Test
    void aDrainingServerFinishesWhatItSendsAndKeepsTheRest() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.operate("A1", new Operation.Drain());
        send(org, "A1", "a", "b");
        org.advance(minutes(10));
        assertThat(received(org, "b")).isZero();
        assertThat(org.disk("A1")).hasSize(1);
        org.crash("A1");
        org.restart("A1");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
    }

    @Test
    void mailWithoutRouteWaitsUnreachableUntilTheTopologyChanges() {
        Topology whole = Scene.of("A-B 10", "B-C 10").topology();
        Topology torn = whole.withGraph(
                List.copyOf(whole.sites().values()), List.of(SiteLink.of("A-B", List.of("A", "B"), 10)));
        VirtualOrganization org =
                VirtualOrganization.of(torn, new People().mailbox("a", "A-MBX").mailbox("c", "C-MBX"), Scene.START);
        TransportId id = send(org, "A1", "a", "c");
        org.advance(minutes(30));
        assertThat(org.queues("A1").get(0).identity()).isEqualTo("A1\\Unreachable");
        assertThat(events(org, Kind.DEFER)).hasSize(1);
        org.change(whole);
        org.runUntilIdle();
        assertThat(path(org, id, "c")).containsExactly("A1", "B1", "C1");
        assertThat(events(org, Kind.RESUBMIT)).hasSize(1);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void waitingMailTakesANewWayWhenTheTopologyHasOne() {
        Topology before = Scene.of("A-B 10", "B-D 10").topology();
        List<SiteLink> links = List.of(
                SiteLink.of("A-C", List.of("A", "C"), 10),
                SiteLink.of("C-D", List.of("C", "D"), 10),
                SiteLink.of("B-D", List.of("B", "D"), 10));
        Topology after = Scene.of("A-B 10", "B-D 10", "A-C 10", "C-D 10")
                .topology()
                .withGraph(
                        List.copyOf(
                                Scene.of("A-B 10", "C-D 10").topology().sites().values()),
                        links);
        VirtualOrganization org = VirtualOrganization.of(
                before, new People().mailbox("a", "A-MBX").mailbox("d", "D-MBX"), Scene.START);
        org.down("link:A-B");
        TransportId id = send(org, "A1", "a", "d");
        org.advance(minutes(30));
        org.change(after);
        org.runUntilIdle();
        assertThat(path(org, id, "d")).containsExactly("A1", "C1", "D1");
    }

    @Test
    void mailForAServerThatTheTopologyLacksIsUnreachableNotABug() {
        VirtualOrganization org = Scene.of("A-B 10")
                .people(p -> p.mailbox("lost", "GONE-MBX")
                        .group("far", Optional.of("GONE1"), List.of("a"))
                        .group("odd", Optional.of("B-MBX"), List.of("a")))
                .start();
        send(org, "A1", "a", "lost", "far", "odd", "b");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(org.queues("A1"))
                .filteredOn(queue -> queue.identity().equals("A1\\Unreachable"))
                .hasSize(1);
    }

    @Test
    void aDiskThatRefusesForAWhileLosesNothing() {
        VirtualOrganization org = Scene.of("A-B 10")
                .chunk(3)
                .people(p -> p.group("all", "a1", "a2", "a3", "a4", "b1", "b2", "b3", "nobody"))
                .start();
        send(org, "A1", "a", "all", "unknown");
        for (int i = 0; i < 12; i++) {
            org.step();
        }
        org.refuseWrites("A1", true);
        org.advance(Duration.ofSeconds(25));
        assertThat(received(org, "b3")).isEqualTo(1);
        org.refuseWrites("A1", false);
        org.advance(Duration.ofSeconds(25));
        assertThat(leftOvers(org)).isEmpty();
        assertThat(org.messages("A1")).isZero();
    }

    @Test
    void theDirectoryMayBeAwayForAWhile() {
        VirtualOrganization org =
                Scene.of("A-B 10").people(p -> p.unavailable(2)).start();
        send(org, "A1", "a", "b");
        org.advance(minutes(59));
        assertThat(received(org, "b")).isZero();
        org.advance(minutes(1));
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(timeline(org, Kind.DEFER)).containsExactly("+0 A1", "+30 A1");
    }

    @Test
    void mailThatNobodyCanResolveForTwoDaysGoesBack() {
        VirtualOrganization org =
                Scene.of("A-B 10").people(p -> p.unavailable(97)).start();
        send(org, "A1", "a", "b");
        org.advance(Duration.ofHours(50));
        assertThat(events(org, Kind.FAIL)).extracting(TrackingEvent::status).containsExactly("4.4.7");
        assertThat(Scene.reports(org, "a")).isEqualTo(1);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void aServerThatAnEditTakesAwayEndsAndTheOthersGoOn() {
        Scene scene = Scene.of("A-B 10").hubs(2);
        VirtualOrganization org = scene.start();
        org.down("link:A-B");
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(org.messages("A1")).isEqualTo(1);
        Topology before = scene.topology();
        org.change(new Topology(
                before.settings(),
                List.copyOf(before.sites().values()),
                List.copyOf(before.links().values()),
                before.servers().values().stream()
                        .filter(server -> !server.name().equals("A1"))
                        .toList(),
                List.of(),
                List.of(),
                List.of()));
        assertThat(org.servers()).doesNotContain("A1").contains("A2");
        org.advance(minutes(30));
        send(org, "A2", "b", "a");
        org.runUntilIdle();
        assertThat(received(org, "a")).isEqualTo(1);
    }
}
