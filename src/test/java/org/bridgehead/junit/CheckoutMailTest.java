package org.bridgehead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.junit.MailAssertions.assertThat;
import static org.bridgehead.junit.MailAssertions.logs;

import java.time.Duration;
import java.time.Instant;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.engine.ClockHandle;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerHandle;
import org.junit.jupiter.api.Test;

/** The harness as its users write it: what the documentation shows. */
@BridgeheadTest(yaml = CheckoutMailTest.TOPOLOGY)
class CheckoutMailTest {
    static final String TOPOLOGY = """
        bridgehead: 1
        organization: { name: Harness, acceptedDomains: { contoso.test: authoritative } }
        sites: { Berlin: {}, Munich: {}, Paris: {} }
        siteLinks:
          Berlin-Munich: { sites: [Berlin, Munich] }
          Berlin-Paris: { sites: [Berlin, Paris] }
          Munich-Paris: { sites: [Munich, Paris] }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          BER-HT2: { site: Berlin, roles: [hubTransport] }
          BER-MBX1:
            site: Berlin
            roles: [mailbox]
            replication: ccr
            nodes: { BER-MBX1A: {}, BER-MBX1B: {} }
            witness: BER-HT1
            storageGroups: { SG1: [DB1] }
          MUC-HT1: { site: Munich, roles: [hubTransport] }
          MUC-MBX1: { site: Munich, roles: [mailbox] }
          PAR-HT1: { site: Paris, roles: [hubTransport] }
        directory:
          recipients:
            anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
            mia: { type: mailbox, addresses: [mia@contoso.test], database: MUC-MBX1/SG1/DB1 }
            luca: { type: mailbox, addresses: [luca@contoso.test], database: MUC-MBX1/SG1/DB1 }
            south: { type: group, addresses: [south@contoso.test], members: [mia, luca, all] }
            all: { type: group, addresses: [all@contoso.test], members: [anna, south, mia] }
        """;

    @Test
    void survivesABridgeheadFailure(MailOrganization org) {
        org.server("BER-HT1").kill();

        org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test").subject("hi"));
        org.clock().advance(Duration.ofMinutes(5));

        assertThat(org.mailbox("mia@contoso.test"))
                .received(1)
                .firstPath("BER-HT2", "MUC-HT1")
                .neverTouched("Paris")
                .subject("hi");
    }

    @Test
    void mailWaitsForALinkAndGoesWhenItIsMended(MailOrganization org) {
        org.link("Berlin-Munich").cut();
        org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test").subject("patience"));
        org.clock().advance(Duration.ofHours(3));
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();

        org.link("Berlin-Munich").mend();
        org.clock().advance(Duration.ofMinutes(10));

        assertThat(org.mailbox("mia@contoso.test")).received(1).firstSites("Berlin", "Munich");
        assertThat(org.tracking()).concerning("mia@contoso.test").events(Kind.DEFER, Kind.SEND, Kind.DELIVER);
    }

    @Test
    void aHubThatComesBackDeliversWhatItHad(MailOrganization org, @Server("muc-ht1") ServerHandle munich) {
        munich.kill();
        org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test").subject("later"));
        org.clock().advance(Duration.ofMinutes(1));
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();

        munich.start();
        org.clock().advance(Duration.ofMinutes(10));

        assertThat(org.mailbox("mia@contoso.test")).received(1).subject("later");
    }

    @Test
    void aDeadNodeLosesNoMail(MailOrganization org) {
        for (int i = 1; i <= 3; i++) {
            String subject = "letter " + i;
            org.send(mail ->
                    mail.from("mia@contoso.test").to("anna@contoso.test").subject(subject));
        }
        assertThat(org.mailbox("anna@contoso.test")).received(3);

        org.node("BER-MBX1A").lose(logs(1));
        org.clock().advance(Duration.ofMinutes(10));

        assertThat(org.failovers("BER-MBX1").get(1).lostMessages()).isEqualTo(3);
        assertThat(org.mailbox("anna@contoso.test")).received(3);
    }

    @Test
    void anUnknownRecipientBouncesToTheSender(MailOrganization org) {
        org.send(
                mail -> mail.from("anna@contoso.test").to("nobody@contoso.test").subject("anyone there?"));

        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("5.1.1");
        assertThat(org.tracking()).concerning("nobody@contoso.test").bounced("5.1.1");
    }

    @Test
    void aGroupReachesEachMemberOnce(MailOrganization org) {
        org.send(mail -> mail.from("anna@contoso.test").to("all@contoso.test").subject("to all"));

        assertThat(org.mailbox("anna@contoso.test")).received(1);
        assertThat(org.mailbox("mia@contoso.test")).received(1);
        assertThat(org.mailbox("luca@contoso.test")).received(1);
    }

    @Test
    void virtualTimeStandsStillUntilItIsAdvanced(ClockHandle clock) {
        Instant start = clock.now();
        assertThat(start).isEqualTo(Instant.parse("2026-01-05T08:00:00Z"));

        clock.advance(Duration.ofDays(2));

        assertThat(clock.now()).isEqualTo(start.plus(Duration.ofDays(2)));
    }
}
