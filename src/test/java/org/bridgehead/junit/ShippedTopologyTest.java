package org.bridgehead.junit;

import static org.bridgehead.junit.MailAssertions.assertThat;

import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.engine.MailOrganization;
import org.junit.jupiter.api.Test;

/** A whole company from a file, in real time, one organisation for the tests of the class. */
@BridgeheadTest(value = "topologies/contoso.yaml", realTime = true, scope = BridgeheadTest.Scope.CLASS)
class ShippedTopologyTest {
    @Test
    void aLetterCrossesThreeLinks(MailOrganization org) {
        org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test").subject("ciao"));

        assertThat(org.mailbox("mia@contoso.test"))
                .received(1)
                .firstSites("Berlin", "Munich", "Vienna", "Rome")
                .neverTouched("Zurich");
    }

    @Test
    void aStrangersLetterEntersByAnEdge(MailOrganization org) {
        org.send(mail -> mail.from("pat@fabrikam.test").to("heidi@contoso.test").subject("hello"));

        assertThat(org.mailbox("heidi@contoso.test")).received(1).firstSites("Berlin", "Munich", "Zurich");
        assertThat(org.tracking())
                .forMessage(org.mailbox("heidi@contoso.test").messages().get(0))
                .events(Kind.RECEIVE, Kind.SEND, Kind.DELIVER);
    }

    @Test
    void aLetterToTheWorldStaysOnLoopback(MailOrganization org) {
        org.send(mail -> mail.from("bert@contoso.test").to("pat@fabrikam.test").subject("out"));

        assertThat(org.internet("pat@fabrikam.test")).received(1).subject("out");
    }
}
