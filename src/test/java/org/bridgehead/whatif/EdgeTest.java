package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.People.address;
import static org.bridgehead.whatif.Scene.events;
import static org.bridgehead.whatif.Scene.from;
import static org.bridgehead.whatif.Scene.leftOvers;
import static org.bridgehead.whatif.Scene.minutes;
import static org.bridgehead.whatif.Scene.path;
import static org.bridgehead.whatif.Scene.received;
import static org.bridgehead.whatif.Scene.send;

import java.util.List;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.junit.jupiter.api.Test;

/** In and out by an edge, and by connectors of hubs (BEHAVIOUR 1.8, 6; DECISIONS 3). */
class EdgeTest {
    private static final EmailAddress OUTSIDE = EmailAddress.of("joe@fabrikam.test");

    private static Scene scene() {
        return Scene.of("A-B 10", "B-C 10").edge("EDGE1", "A").connector("Internet", "*", "EDGE1");
    }

    @Test
    void mailFromOutsideComesInByTheEdge() {
        VirtualOrganization org = scene().start();
        TransportId id = org.submit("EDGE1", from("joe@fabrikam.test", "c"), 1000, false);
        org.runUntilIdle();
        assertThat(path(org, id, "c")).containsExactly("EDGE1", "A1", "B1", "C1");
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void mailToOutsideLeavesByTheEdge() {
        VirtualOrganization org =
                scene().internet("fabrikam.test", "mx1", "mx2").start();
        TransportId id = send(org, "C1", "c", "joe@fabrikam.test");
        org.runUntilIdle();
        assertThat(org.path(id, OUTSIDE)).containsExactly("C1", "B1", "A1", "EDGE1");
        assertThat(org.mailbox(OUTSIDE).get(0).store()).isEqualTo("mx1.fabrikam.test");
    }

    @Test
    void theSecondExchangerTakesOver() {
        VirtualOrganization org =
                scene().internet("fabrikam.test", "mx1", "mx2").start();
        org.down("host:mx1.fabrikam.test");
        send(org, "A1", "a", "joe@fabrikam.test");
        org.runUntilIdle();
        assertThat(org.mailbox(OUTSIDE).get(0).store()).isEqualTo("mx2.fabrikam.test");
    }

    @Test
    void aDomainThatDoesNotExistGoesBackInside() {
        VirtualOrganization org = scene().internet("fabrikam.test", "mx1").start();
        send(org, "C1", "c", "x@nowhere.test");
        org.runUntilIdle();
        assertThat(events(org, Kind.FAIL)).extracting(TrackingEvent::status).containsExactly("5.4.4");
        assertThat(Scene.reports(org, "c")).isEqualTo(1);
        assertThat(leftOvers(org)).isEmpty();
    }

    @Test
    void strangersReachOurPeopleOnly() {
        VirtualOrganization org = scene().start();
        TransportId id = org.submit("EDGE1", from("joe@fabrikam.test", "c", "nobody", "x@elsewhere.test"), 1000, false);
        org.runUntilIdle();
        assertThat(org.replies(id).stream()
                        .map(reply -> reply.map(Refusal::code).orElse(250))
                        .toList())
                .isEqualTo(List.of(250, 550, 550));
        assertThat(received(org, "c")).isEqualTo(1);
        assertThat(events(org, Kind.FAIL)).isEmpty();
        TransportId refused = org.submit("A1", from("joe@fabrikam.test", "c"), 1000, false);
        assertThat(org.replies(refused).get(0).map(Refusal::code)).contains(530);
        assertThat(org.log(refused)).isEmpty();
    }

    @Test
    void anEdgeHoldsMailWhileNoHubAnswers() {
        VirtualOrganization org = scene().start();
        org.crash("A1");
        TransportId id = org.submit("EDGE1", from("joe@fabrikam.test", "c"), 1000, false);
        org.advance(minutes(4));
        org.losePower("EDGE1");
        org.restart("EDGE1");
        org.restart("A1");
        org.advance(minutes(5));
        assertThat(path(org, id, "c")).containsExactly("EDGE1", "A1", "B1", "C1");
    }

    @Test
    void smartHostsTakeTurnsAndStandInForEachOther() {
        VirtualOrganization org = Scene.of("A-B 10")
                .smartHosts("Partner", "partner.test", "A1", "h1", "h2")
                .start();
        for (int i = 0; i < 4; i++) {
            send(org, "A1", "a", "x@partner.test");
            org.advance(minutes(1));
        }
        org.down("host:h1");
        send(org, "A1", "a", "x@partner.test");
        org.runUntilIdle();
        assertThat(org.mailbox(EmailAddress.of("x@partner.test")).stream()
                        .map(Delivery::store)
                        .toList())
                .isEqualTo(List.of("h1", "h2", "h1", "h2", "h2"));
    }

    @Test
    void mailOutsideWithoutAConnectorIsUnreachable() {
        VirtualOrganization org = Scene.of("A-B 10").start();
        send(org, "A1", "a", "joe@fabrikam.test");
        org.runUntilIdle();
        assertThat(org.queues("A1").get(0).identity()).isEqualTo("A1\\Unreachable");
    }

    @Test
    void manyForeignDomainsLeaveNoQueuesBehind() {
        VirtualOrganization org =
                Scene.of("A-B 10").connector("Internet", "*", "A1").start();
        for (int i = 0; i < 200; i++) {
            send(org, "A1", "a", "joe@d" + i + ".test");
        }
        org.advance(minutes(5));
        assertThat(org.queues("A1")).isEmpty();
        assertThat(org.mailbox(EmailAddress.of("joe@d7.test"))).hasSize(1);
        assertThat(address("a")).isEqualTo(address("A"));
    }
}
