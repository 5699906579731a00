package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.People.address;
import static org.bridgehead.whatif.Scene.events;
import static org.bridgehead.whatif.Scene.from;
import static org.bridgehead.whatif.Scene.leftOvers;
import static org.bridgehead.whatif.Scene.received;
import static org.bridgehead.whatif.Scene.reports;
import static org.bridgehead.whatif.Scene.send;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.topology.Limits;
import org.junit.jupiter.api.Test;

/** What senders hear of (RFC 3461, BEHAVIOUR 2.7 and 3.2). */
class ReportTest {
    private static void expectOneFailure(VirtualOrganization org, String status) {
        assertThat(events(org, Kind.FAIL)).extracting(TrackingEvent::status).containsExactly(status);
        assertThat(reports(org, "a")).isEqualTo(1);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void anUnknownRecipientIsReportedAndTheOthersGetTheirMail() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        send(org, "A1", "a", "b", "nobody");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
        expectOneFailure(org, "5.1.1");
    }

    @Test
    void reportsTravelToOtherSites() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10").start();
        send(org, "C1", "a", "nobody");
        org.runUntilIdle();
        expectOneFailure(org, "5.1.1");
        assertThat(org.mailbox(address("a")).get(0).servers()).containsExactly("C1", "B1", "A1");
    }

    @Test
    void aMessageTooBigForALinkOnItsPathGoesBack() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10 5000").start();
        org.submit("A1", from("a", "c", "b"), 5001, true);
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
        expectOneFailure(org, "5.3.4");
    }

    @Test
    void aMessageTooBigForAMailboxGoesBackFromAGroupToo() {
        VirtualOrganization org = Scene.of("A-B 10")
                .people(p -> p.mailbox("tiny", "B-MBX", Optional.empty(), false, OptionalLong.of(500), false)
                        .group("g", "tiny", "b"))
                .start();
        send(org, "A1", "a", "g");
        org.runUntilIdle();
        assertThat(received(org, "b")).isEqualTo(1);
        expectOneFailure(org, "5.2.3");
    }

    @Test
    void aBounceOfTheNextServerIsReported() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        org.script("B-MBX", new Mishap.Bounce(EnhancedStatus.of("5.2.2"), "mailbox full"));
        send(org, "A1", "a", "b");
        org.runUntilIdle();
        expectOneFailure(org, "5.2.2");
    }

    @Test
    void theNullSenderIsNeverAnswered() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        send(org, "A1", "", "nobody");
        org.runUntilIdle();
        assertThat(events(org, Kind.FAIL)).hasSize(1);
        assertThat(events(org, Kind.DSN)).isEmpty();
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void notifyNeverIsHeeded() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        Recipient silent = new Recipient(address("nobody"), Optional.empty(), List.of(DsnCondition.NEVER));
        org.submit("A1", Envelope.of(Optional.of(address("a")), List.of(silent)), 1000, true);
        org.runUntilIdle();
        assertThat(events(org, Kind.FAIL)).hasSize(1);
        assertThat(events(org, Kind.DSN)).isEmpty();
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void successIsReportedWhereAskedFor() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        Recipient curious = new Recipient(address("b"), Optional.empty(), List.of(DsnCondition.SUCCESS));
        org.submit("A1", Envelope.of(Optional.of(address("a")), List.of(curious)), 1000, true);
        org.runUntilIdle();
        assertThat(reports(org, "a")).isEqualTo(1);
        assertThat(received(org, "b")).isEqualTo(1);
        assertThat(leftOvers(org)).isEmpty();
    }

    /** Each member inherits the request (BEHAVIOUR 2.4, reports to the originator). */
    @Test
    void successOfAGroupIsReportedForEachMember() {
        VirtualOrganization org =
                Scene.of("A-B 10").people(p -> p.group("team", "b", "b1", "a1")).start();
        Recipient curious = new Recipient(address("team"), Optional.empty(), List.of(DsnCondition.SUCCESS));
        org.submit("A1", Envelope.of(Optional.of(address("a")), List.of(curious)), 1000, true);
        org.runUntilIdle();
        assertThat(received(org, "b") + received(org, "b1") + received(org, "a1"))
                .isEqualTo(3);
        assertThat(reports(org, "a")).as("one for each server that delivered").isEqualTo(2);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void aDelayIsReportedOnceAfterFourHoursAndTheEndAfterTwoDays() {
        VirtualOrganization org = Scene.of("A-B 10", "A-C 10").start();
        org.crash("B1");
        org.crash("C1");
        send(org, "A1", "a", "b", "c");
        org.advance(Duration.ofMinutes(239));
        assertThat(reports(org, "a")).isZero();
        org.advance(Duration.ofMinutes(1));
        // One report for each queue that the recipients wait in.
        assertThat(reports(org, "a")).isEqualTo(2);
        org.advance(Duration.ofHours(43));
        assertThat(reports(org, "a")).isEqualTo(2);
        org.advance(Duration.ofHours(1));
        assertThat(reports(org, "a")).isEqualTo(4);
        assertThat(events(org, Kind.FAIL)).extracting(TrackingEvent::status).containsExactly("4.4.7", "4.4.7");
        assertThat(org.now()).isEqualTo(Scene.START.plus(Duration.ofHours(48)));
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void aQueueIdleForTwelveHoursIsRoutedAfresh() {
        Scene scene = Scene.of("A-B 10");
        VirtualOrganization org = scene.start();
        org.crash("B1");
        send(org, "A1", "a", "b");
        org.advance(Duration.ofHours(13));
        assertThat(events(org, Kind.RESUBMIT)).hasSize(1);
        assertThat(reports(org, "a")).isEqualTo(1);
    }

    @Test
    void tooManyHopsEndAMessage() {
        VirtualOrganization org = Scene.of("A-B 10", "B-C 10", "C-D 10")
                .limits(new Limits(10L << 20, 5000, 3, 1000))
                .start();
        send(org, "A1", "a", "c");
        send(org, "A1", "a", "d");
        org.runUntilIdle();
        assertThat(received(org, "c")).isEqualTo(1);
        assertThat(received(org, "d")).isZero();
        assertThat(events(org, Kind.FAIL)).extracting(TrackingEvent::status).contains("5.4.6");
    }

    @Test
    void aMailboxClosedToStrangersTakesReports() {
        VirtualOrganization org = Scene.of("A-B 10")
                .people(p -> p.mailbox("shy", "A-MBX", Optional.empty(), false, OptionalLong.empty(), true))
                .start();
        send(org, "A1", "shy", "nobody");
        org.runUntilIdle();
        assertThat(reports(org, "shy")).isEqualTo(1);
    }

    @Test
    void delayedMailPutOutOfMemoryIsReportedTooAndOnce() {
        VirtualOrganization org = Scene.of("A-B 10").room(20).start();
        org.crash("B1");
        for (int i = 0; i < 200; i++) {
            send(org, "A1", "a", "b");
        }
        org.advance(Duration.ofHours(5));
        assertThat(reports(org, "a")).isEqualTo(200);
        org.advance(Duration.ofHours(44));
        assertThat(reports(org, "a")).isEqualTo(400);
        assertThat(leftOvers(org)).isEmpty();
        assertThat(org.messages("A1")).isZero();
    }
}
