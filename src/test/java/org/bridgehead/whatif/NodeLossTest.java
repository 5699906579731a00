package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.TransportId;
import org.junit.jupiter.api.Test;

/** A mailbox node dies in the imagined world: what only it had is redelivered, once (BEHAVIOUR 4.2, 5). */
class NodeLossTest {
    private static final Duration SOON = Duration.ofMinutes(10);

    private static VirtualOrganization start() {
        return Scene.of("A-B 1").hubs(2).replicated().start();
    }

    @Test
    void whatWasInTheLostLogComesBackOnceAndTheRestIsDropped() {
        VirtualOrganization org = Scene.of("A-B 1").hubs(2).logs(1).replicated().start();
        for (int i = 1; i <= 9; i++) {
            Scene.send(org, "A1", "a", "a" + i);
            Scene.send(org, "B2", "b", "a" + i);
        }
        org.advance(SOON);
        org.lose("A-MBX-A", 3);
        org.advance(SOON);
        VirtualFailover failover = org.failovers().get(org.failovers().size() - 1);
        assertThat(failover.from()).isEqualTo("A-MBX-A");
        assertThat(failover.to()).isEqualTo("A-MBX-B");
        assertThat(failover.interruption()).isEqualTo(Duration.ofSeconds(5));
        assertThat(failover.losses()).hasSize(1).allSatisfy(loss -> {
            assertThat(loss.logs()).isEqualTo(3);
            assertThat(loss.lost()).hasSize(3);
        });
        for (int i = 1; i <= 9; i++) {
            assertThat(Scene.received(org, "a" + i)).as("a%d", i).isEqualTo(2);
        }
        assertThat(Scene.events(org, Kind.REDELIVER)).hasSize(18);
        assertThat(org.duplicatesDropped()).isEqualTo(15);
        assertThat(org.stillLost()).isEmpty();
    }

    @Test
    void mailWaitsUntilTheOtherNodeHasTakenOver() {
        VirtualOrganization org = start();
        org.down("node:A-MBX-A");
        TransportId id = Scene.send(org, "A1", "a", "a1");
        org.runUntilIdle();
        assertThat(Scene.received(org, "a1")).isZero();
        org.advance(SOON);
        assertThat(Scene.received(org, "a1")).isEqualTo(1);
        assertThat(org.log(id)).anyMatch(event -> event.event() == Kind.DEFER);
    }

    @Test
    void twoNodesThatDieTakeTheMailboxesWithThemAndTheLastOneBringsThemBack() {
        VirtualOrganization org = start();
        Scene.send(org, "A1", "a", "a1");
        org.advance(SOON);
        org.down("node:A-MBX-B");
        org.down("node:A-MBX-A");
        Scene.send(org, "A1", "a", "a2");
        org.advance(SOON);
        org.up("node:A-MBX-B");
        org.advance(SOON);
        assertThat(Scene.received(org, "a2"))
                .as("the older copy does not start alone")
                .isZero();
        org.up("node:A-MBX-A");
        org.advance(SOON);
        assertThat(Scene.received(org, "a1")).isEqualTo(1);
        assertThat(Scene.received(org, "a2")).isEqualTo(1);
        assertThat(org.failovers()).allMatch(failover -> failover.losses().isEmpty());
    }

    @Test
    void moreThanTheDialAllowsWaitsForTheOldNode() {
        VirtualOrganization org = Scene.of("A-B 1").logs(1).replicated().start();
        for (int i = 1; i <= 9; i++) {
            Scene.send(org, "A1", "a", "a" + i);
        }
        org.advance(SOON);
        org.lose("A-MBX-A", 7);
        Scene.send(org, "A1", "a", "a1");
        org.advance(Duration.ofHours(3));
        assertThat(Scene.received(org, "a1")).isEqualTo(1);
        org.up("node:A-MBX-A");
        org.advance(SOON);
        assertThat(Scene.received(org, "a1")).isEqualTo(2);
        assertThat(org.failovers()).last().satisfies(last -> {
            assertThat(last.to()).isEqualTo("A-MBX-B");
            assertThat(last.losses()).isEmpty();
        });
    }

    @Test
    void aHubThatWasDownGivesBackItsShareWhenItReturns() {
        VirtualOrganization org = Scene.of("A-B 1").hubs(2).logs(1).replicated().start();
        List<String> doors = List.of("A1", "A2");
        for (int i = 1; i <= 6; i++) {
            Scene.send(org, doors.get(i % 2), "a", "a" + i);
        }
        org.advance(SOON);
        org.crash("A2");
        org.lose("A-MBX-A", 6);
        org.advance(Duration.ofDays(2));
        int before = org.stillLost().size();
        assertThat(before).isPositive().isLessThan(6);
        org.restart("A2");
        org.advance(Duration.ofHours(2));
        assertThat(org.stillLost()).isEmpty();
        for (int i = 1; i <= 6; i++) {
            assertThat(Scene.received(org, "a" + i)).as("a%d", i).isEqualTo(1);
        }
        assertThat(Scene.reports(org, "a")).isZero();
    }

    @Test
    void whatTheDumpsterNoLongerHadIsNamed() {
        VirtualOrganization org = Scene.of("A-B 1")
                .logs(1)
                .dumpster(2500, Duration.ofDays(7))
                .replicated()
                .start();
        for (int i = 1; i <= 6; i++) {
            Scene.send(org, "A1", "a", "a" + i);
        }
        org.advance(SOON);
        org.lose("A-MBX-A", 4);
        org.advance(SOON);
        assertThat(org.stillLost())
                .extracting(mail -> mail.recipient().toString())
                .containsExactly("a3@contoso.test", "a4@contoso.test");
        assertThat(Scene.received(org, "a3")).isZero();
        assertThat(Scene.received(org, "a5")).isEqualTo(1);
    }

    @Test
    void withNothingLostNothingIsAskedFor() {
        VirtualOrganization org = start();
        Scene.send(org, "A1", "a", "a1");
        org.advance(SOON);
        org.lose("A-MBX-A", 0);
        org.advance(SOON);
        assertThat(Scene.received(org, "a1")).isEqualTo(1);
        assertThat(org.failovers()).last().satisfies(last -> {
            assertThat(last.to()).isEqualTo("A-MBX-B");
            assertThat(last.losses()).isEmpty();
        });
        assertThat(Scene.events(org, Kind.REDELIVER)).isEmpty();
        org.mailboxes().fail("A-MBX-B", OptionalInt.of(1));
        org.advance(SOON);
        assertThat(org.mailboxes().serverOf("A-MBX-B").isOpen())
                .as("nobody else has a vote")
                .isFalse();
    }
}
