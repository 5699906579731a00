package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.Scene.events;
import static org.bridgehead.whatif.Scene.leftOvers;
import static org.bridgehead.whatif.Scene.minutes;
import static org.bridgehead.whatif.Scene.path;
import static org.bridgehead.whatif.Scene.received;
import static org.bridgehead.whatif.Scene.send;

import java.time.Duration;
import java.util.List;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.Settings;
import org.junit.jupiter.api.Test;

/** Disks that cannot sync, messages that crash whoever handles them, servers that answer late. */
class HardshipTest {
    // ---- disks that cannot sync

    @Test
    void whatCannotBeSyncedIsRefusedAndNotKept() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.failSync("A1", true);
        TransportId id = send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(org.replies(id))
                .singleElement()
                .satisfies(said -> assertThat(said.orElseThrow().line()).startsWith("451 4.3.0"));
        assertThat(leftOvers(org)).isEmpty();
        org.failSync("A1", false);
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void aServerThatCannotSyncIsLeftForTheNextOne() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(2).start();
        org.failSync("B1", true);
        TransportId id = send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(path(org, id, "b")).containsExactly("A1", "B2");
        assertThat(leftOvers(org)).isEmpty();
    }

    /** It goes on with what it has; what it wrote meanwhile is lost with the power, and its mail is known when it comes again. */
    @Test
    void whatWasAcknowledgedOutlivesTheFailureAndAPowerCut() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.crash("B1");
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        org.failSync("A1", true);
        org.restart("B1");
        org.advance(minutes(2));
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(org.messages("A1")).isZero();
        org.losePower("A1");
        org.failSync("A1", false);
        org.restart("A1");
        org.advance(minutes(2));
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(org.log())
                .filteredOn(event -> event.event() == Kind.DUPLICATERECEIVE)
                .hasSize(1);
        assertThat(org.duplicatesDropped()).isZero();
        assertThat(leftOvers(org)).isEmpty();
    }

    // ---- poison

    @Test
    void poisonIsSetAsideAfterTheSecondCrashAndEverythingElseFlows() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.poison("A1", 3);
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(org.isRunning("A1")).isFalse();
        org.advance(Duration.ofSeconds(5));
        assertThat(poison(org))
                .singleElement()
                .satisfies(queue -> assertThat(queue.messages()).isEqualTo(1));
        assertThat(events(org, Kind.POISONMESSAGE)).hasSize(1);
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
        // It is counted over every other restart, too.
        org.losePower("A1");
        org.restart("A1");
        org.advance(Duration.ofHours(60));
        assertThat(poison(org)).hasSize(1);
        assertThat(received(org, "b")).isEqualTo(1);
        org.operate("A1", Operation.ResumeQueue.POISON);
        org.advance(Duration.ofSeconds(5));
        assertThat(poison(org)).isEmpty();
        assertThat(leftOvers(org)).isEmpty();
    }

    private static List<QueueView> poison(VirtualOrganization org) {
        return org.allQueues("A1").stream()
                .filter(queue -> queue.name().equals("Poison"))
                .toList();
    }

    // ---- servers that answer late

    @Test
    void aSlowServerDelaysNobodyElse() {
        VirtualOrganization org = Scene.of("A-B 10", "A-C 10").start();
        org.lag("B1", minutes(4));
        for (int i = 0; i < 100; i++) {
            send(org, "A1", "a", "b");
            send(org, "A1", "a", "c");
        }
        org.runUntilIdle();
        assertThat(received(org, "c")).isEqualTo(100);
        assertThat(received(org, "b")).isZero();
        org.advance(Duration.ofHours(3));
        assertThat(received(org, "b")).isEqualTo(100);
        assertThat(events(org, Kind.DEFER)).isEmpty();
    }

    @Test
    void whoGreetsTooLateIsLeftForTheNextOne() {
        VirtualOrganization org = Scene.of("A-B 10").hubs(2).start();
        org.lag("B1", minutes(6));
        TransportId id = send(org, "A1", "a", "b");
        org.advance(minutes(4));
        assertThat(received(org, "b")).isZero();
        org.advance(minutes(1));
        assertThat(path(org, id, "b")).containsExactly("A1", "B2");
    }

    /**
     * What joins a waiting queue may be put out of memory as soon as nothing else of its message is under way; when the
     * queue waits no longer by then, nobody would fetch it before its deadline.
     */
    @Test
    void nothingOfAQueueThatWaitsNoLongerIsPutOutOfMemory() {
        VirtualOrganization org = Scene.of("A-B 10", "A-C 10", "A-D 10")
                .room(10)
                .settings(HardshipTest::oneConnectionEach)
                .start();
        org.crash("B1");
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        org.lag("C1", Duration.ofSeconds(90));
        for (int i = 0; i < 9; i++) {
            send(org, "A1", "a", "b", "c");
        }
        // So that memory is tight all the while.
        org.lag("D1", minutes(4));
        for (int i = 0; i < 40; i++) {
            send(org, "A1", "a", "d");
        }
        org.advance(Duration.ofSeconds(30));
        org.lag("B1", minutes(2));
        org.restart("B1");
        org.advance(Duration.ofHours(1));
        assertThat(received(org, "c")).isEqualTo(9);
        assertThat(received(org, "b")).isEqualTo(10);
    }

    private static Settings oneConnectionEach(Settings old) {
        return new Settings(
                old.name(),
                old.acceptedDomains(),
                old.routing(),
                old.limits(),
                old.retry(),
                old.edgeRetry(),
                new ConnectionLimits(1000, 1, 20, false),
                old.dumpster(),
                old.secretFile());
    }
}
