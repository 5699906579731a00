package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.Scene.leftOvers;
import static org.bridgehead.whatif.Scene.minutes;
import static org.bridgehead.whatif.Scene.received;
import static org.bridgehead.whatif.Scene.send;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Memory is bounded whatever waits (DECISIONS 1.5). */
class ShelfTest {
    @Test
    void aDeadNextHopFillsTheDiskNotTheMemory() {
        VirtualOrganization org = Scene.of("A-B 10", "A-C 10").room(50).start();
        org.crash("B1");
        int most = 0;
        for (int i = 0; i < 500; i++) {
            send(org, "A1", "a", "b");
            org.runUntilIdle();
            most = Math.max(most, org.inMemory("A1"));
        }
        assertThat(org.messages("A1")).isEqualTo(500);
        assertThat(most).isLessThanOrEqualTo(50);
        assertThat(org.queues("A1").get(0).messages()).isEqualTo(500);
        org.advance(Duration.ofHours(2));
        assertThat(org.inMemory("A1")).isLessThanOrEqualTo(50);
        // Mail for others passes all the while.
        for (int i = 0; i < 100; i++) {
            send(org, "A1", "a", "c");
        }
        org.runUntilIdle();
        assertThat(received(org, "c")).isEqualTo(100);
        org.restart("B1");
        org.advance(minutes(10));
        assertThat(received(org, "b")).isEqualTo(500);
        assertThat(leftOvers(org)).isEmpty();
        assertThat(org.messages("A1")).isZero();
    }

    @Test
    void aBurstWaitsOnTheDiskForItsTurn() {
        VirtualOrganization org = Scene.of("A-B 10").room(50).start();
        for (int i = 0; i < 500; i++) {
            send(org, "A1", "a", "b");
        }
        assertThat(org.inMemory("A1")).isLessThanOrEqualTo(50);
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(500);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void aRestartTakesUpMoreThanMemoryHolds() {
        VirtualOrganization org = Scene.of("A-B 10").room(50).start();
        org.crash("B1");
        for (int i = 0; i < 300; i++) {
            send(org, "A1", "a", "b");
        }
        org.advance(minutes(3));
        org.losePower("A1");
        org.restart("A1");
        org.advance(minutes(3));
        assertThat(org.messages("A1")).isEqualTo(300);
        assertThat(org.inMemory("A1")).isLessThanOrEqualTo(50);
        org.restart("B1");
        org.advance(minutes(10));
        assertThat(received(org, "b")).isEqualTo(300);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void unreachableMailDoesNotFillTheMemoryEither() {
        VirtualOrganization org = Scene.of("A-B 10")
                .people(p -> p.mailbox("lost", "GONE"))
                .room(50)
                .start();
        for (int i = 0; i < 300; i++) {
            send(org, "A1", "a", "lost");
        }
        org.runUntilIdle();
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(org.inMemory("A1")).isLessThanOrEqualTo(50);
    }
}
