package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.Scene.leftOvers;
import static org.bridgehead.whatif.Scene.minutes;
import static org.bridgehead.whatif.Scene.path;
import static org.bridgehead.whatif.Scene.received;
import static org.bridgehead.whatif.Scene.send;
import static org.bridgehead.whatif.Scene.timeline;
import static org.bridgehead.whatif.Scene.transfers;

import java.time.Duration;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.RoutingPolicy;
import org.junit.jupiter.api.Test;

/** Letters from site to site: where they stop, where they split, where they wait (DECISIONS 2, BEHAVIOUR 1.3 to 1.5). */
class RelayTest {
    @Test
    void aLetterStopsAtAHubOfEverySiteOnItsPath() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10", "C-D 10").start();
        TransportId id = send(org, "A1", "a", "d");
        org.runUntilIdle();
        assertThat(received(org, "d")).isEqualTo(1);
        assertThat(path(org, id, "d")).containsExactly("A1", "B1", "C1", "D1");
        assertThat(org.mailbox(People.address("d")).get(0).servers()).containsExactly("A1", "B1", "C1", "D1");
        assertThat(leftOvers(org)).isEmpty();
        assertThat(org.messages("A1")).isZero();
    }

    @Test
    void aLetterInTheOwnSiteIsDeliveredAtOnce() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        TransportId id = send(org, "A1", "a", "a1", "a2");
        org.runUntilIdle();
        assertThat(path(org, id, "a2")).containsExactly("A1");
        assertThat(org.log(id)).filteredOn(e -> e.event() == Kind.DELIVER).hasSize(1);
    }

    @Test
    void aSiteWithoutHubIsPassedOver() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10").withoutHub("B").start();
        TransportId id = send(org, "A1", "a", "c");
        org.runUntilIdle();
        assertThat(path(org, id, "c")).containsExactly("A1", "C1");
    }

    @Test
    void w9OneCopyTravelsToTheForkUnderEverySite() {
        VirtualOrganization org = Scene.of("S1-S2 10", "S2-S3 10", "S2-S4 10").start();
        TransportId id = send(org, "S11", "s1", "s3", "s4");
        org.runUntilIdle();
        assertThat(transfers(org, id)).containsExactly("S11>S21 (2)", "S21>S31 (1)", "S21>S41 (1)");
    }

    @Test
    void w9OneCopyTravelsToTheForkUnderDirectRelay() {
        VirtualOrganization org = Scene.of("S1-S2 10", "S2-S3 10", "S2-S4 10")
                .policy(RoutingPolicy.EXCHANGE_2007)
                .start();
        TransportId id = send(org, "S11", "s1", "s3", "s4");
        org.runUntilIdle();
        assertThat(transfers(org, id)).containsExactly("S11>S21 (2)", "S21>S31 (1)", "S21>S41 (1)");
    }

    @Test
    void w10ThreeRecipientsInTwoSitesBehindAForkMakeOneCopyThenTwo() {
        for (RoutingPolicy policy : new RoutingPolicy[] {RoutingPolicy.DEFAULT, RoutingPolicy.EXCHANGE_2007}) {
            VirtualOrganization org =
                    Scene.of("A-B 10", "B-D 10", "B-E 10").policy(policy).start();
            TransportId id = send(org, "A1", "a", "d", "e1", "e2");
            org.runUntilIdle();
            assertThat(transfers(org, id)).containsExactly("A1>B1 (3)", "B1>D1 (1)", "B1>E1 (2)");
        }
    }

    @Test
    void theForkMovesBackToTheLastSiteWithAHub() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10", "C-D 10", "C-E 10")
                .withoutHub("C")
                .policy(RoutingPolicy.EXCHANGE_2007)
                .start();
        TransportId id = send(org, "A1", "a", "d", "e");
        org.runUntilIdle();
        assertThat(transfers(org, id)).containsExactly("A1>B1 (2)", "B1>D1 (1)", "B1>E1 (1)");
    }

    @Test
    void aDeadForkHoldsNobodyUp() {
        VirtualOrganization org = Scene.of("S1-S2 10", "S2-S3 10", "S2-S4 10")
                .policy(RoutingPolicy.EXCHANGE_2007)
                .start();
        org.crash("S21");
        TransportId id = send(org, "S11", "s1", "s3", "s4");
        org.runUntilIdle();
        assertThat(transfers(org, id)).containsExactly("S11>S31 (1)", "S11>S41 (1)");
    }

    @Test
    void w3DirectRelayLeavesTheSitesBetweenAloneAndQueuesAtThePointOfFailure() {
        Scene scene = Scene.of("A-B 5", "B-D 15", "A-C 5", "C-D 5").policy(RoutingPolicy.EXCHANGE_2007);
        VirtualOrganization org = scene.start();
        TransportId first = send(org, "A1", "a", "d");
        org.runUntilIdle();
        assertThat(path(org, first, "d")).containsExactly("A1", "D1");
        org.crash("D1");
        TransportId second = send(org, "A1", "a", "d");
        org.runUntilIdle();
        assertThat(path(org, second, "d")).containsExactly("A1", "C1");
        assertThat(org.messages("A1")).isZero();
        assertThat(org.messages("C1")).isEqualTo(1);
        org.restart("D1");
        org.advance(minutes(1));
        assertThat(path(org, second, "d")).containsExactly("A1", "C1", "D1");
    }

    @Test
    void w11AttemptsGoFromTheDestinationBackwards() {
        VirtualOrganization org = Scene.of("S1-S2 10", "S2-S3 10", "S3-S4 10")
                .policy(RoutingPolicy.EXCHANGE_2007)
                .start();
        org.crash("S41");
        org.crash("S31");
        TransportId id = send(org, "S11", "s1", "s4");
        org.runUntilIdle();
        assertThat(path(org, id, "s4")).containsExactly("S11", "S21");
        // From S2 neither S4 nor S3 answers: it waits there, and creeps on when S3 comes back.
        org.restart("S31");
        org.advance(minutes(1));
        assertThat(path(org, id, "s4")).containsExactly("S11", "S21", "S31");
        org.restart("S41");
        org.advance(minutes(1));
        assertThat(path(org, id, "s4")).containsExactly("S11", "S21", "S31", "S41");
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void theNextHubOfTheSiteTakesOver() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10").hubs(2).start();
        org.crash("B1");
        TransportId id = send(org, "A1", "a", "c");
        org.runUntilIdle();
        assertThat(path(org, id, "c")).containsExactly("A1", "B2", "C1");
    }

    @Test
    void aSiteWhoseHubsAreAllDeadIsPassedOver() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10").hubs(2).start();
        org.crash("B1");
        org.crash("B2");
        TransportId id = send(org, "A1", "a", "c");
        org.runUntilIdle();
        assertThat(path(org, id, "c")).containsExactly("A1", "C1");
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void aDeadHubSiteHoldsWhatMustStopThere() {
        VirtualOrganization org =
                Scene.of("A-B 10", "B-C 10", "C-D 10").hubSites("C").start();
        org.crash("C1");
        TransportId id = send(org, "A1", "a", "d");
        org.advance(minutes(30));
        assertThat(path(org, id, "d")).containsExactly("A1", "B1");
        org.restart("C1");
        org.advance(minutes(10));
        assertThat(path(org, id, "d")).containsExactly("A1", "B1", "C1", "D1");
    }

    @Test
    void aCutLinkHoldsTheLetterInFrontOfItAndTheLadderIsClimbed() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10").start();
        org.down("link:B-C");
        TransportId id = send(org, "A1", "a", "c");
        org.advance(minutes(60));
        assertThat(timeline(org, Kind.DEFER))
                .containsExactly(
                        "+0 B1 site:C",
                        "+1 B1 site:C",
                        "+2 B1 site:C",
                        "+3 B1 site:C",
                        "+4 B1 site:C",
                        "+9 B1 site:C",
                        "+14 B1 site:C",
                        "+19 B1 site:C",
                        "+24 B1 site:C",
                        "+29 B1 site:C",
                        "+34 B1 site:C",
                        "+44 B1 site:C",
                        "+54 B1 site:C");
        org.up("link:B-C");
        org.advance(minutes(10));
        assertThat(path(org, id, "c")).containsExactly("A1", "B1", "C1");
        assertThat(timeline(org, Kind.SEND)).containsExactly("+0 A1 B1", "+64 B1 C1");
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void laterMailToAWaitingQueueWaitsWithItAndGoesWithIt() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.crash("B1");
        send(org, "A1", "a", "b");
        org.advance(minutes(5));
        send(org, "A1", "a", "b", "b1");
        org.advance(minutes(1));
        assertThat(org.queues("A1").get(0).messages()).isEqualTo(2);
        org.restart("B1");
        org.advance(Duration.ofMinutes(4));
        assertThat(received(org, "b")).isEqualTo(2);
        assertThat(received(org, "b1")).isEqualTo(1);
    }

    @Test
    void aMailboxServerThatIsDownIsTriedEveryFiveMinutes() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.down("server:B-MBX");
        send(org, "A1", "a", "b");
        org.advance(minutes(12));
        assertThat(timeline(org, Kind.DEFER))
                .containsExactly("+0 B1 mailbox:B-MBX", "+5 B1 mailbox:B-MBX", "+10 B1 mailbox:B-MBX");
        org.up("server:B-MBX");
        org.advance(minutes(5));
        assertThat(received(org, "b")).isEqualTo(1);
    }
}
