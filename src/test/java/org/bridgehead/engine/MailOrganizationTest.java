package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.ldap.LdifRecipients;
import org.junit.jupiter.api.Test;

/** The organisation of {@code contoso.yaml} on real sockets, in virtual time. */
class MailOrganizationTest {
    private static final Instant START = Instant.parse("2007-03-01T08:00:00Z");

    static MailOrganization contoso() throws Exception {
        LoadedTopology loaded = TopologyFile.load(Path.of("topologies/contoso.yaml"));
        return MailOrganization.start(OrganizationConfig.inMemory(
                        LdifRecipients.complete(loaded.organization(), loaded.folder()), loaded.folder())
                .virtualFrom(START));
    }

    @Test
    void aLetterCrossesThreeSites() throws Exception {
        try (MailOrganization org = contoso()) {
            SendResult sent = org.send(mail -> mail.from("bob@fabrikam.test")
                    .to("mia@contoso.test")
                    .subject("hello")
                    .text("over the hills"));
            assertThat(sent.accepted()).as(sent.toString()).isTrue();
            org.clock().runUntilIdle();
            List<ReceivedMail> got = org.mailbox("mia@contoso.test").messages();
            assertThat(got).as(story(org)).hasSize(1);
            String text = new String(got.get(0).octets(), StandardCharsets.UTF_8);
            assertThat(text).startsWith("Return-Path: <bob@fabrikam.test>\r\n").endsWith("over the hills\r\n");
            assertThat(ReceivedTrace.sites(got.get(0).octets())).containsExactly("Berlin", "Munich", "Vienna", "Rome");
            assertThat(got.get(0).servers().get(0)).startsWith("BER-EDGE");
        }
    }

    @Test
    void aCutLinkHoldsMailWhereItIsCut() throws Exception {
        try (MailOrganization org = contoso()) {
            org.link("Vienna-Rome").cut();
            org.send(mail ->
                    mail.from("anna@contoso.test").to("mia@contoso.test").subject("wait"));
            org.clock().advance(Duration.ofHours(2));
            assertThat(org.mailbox("mia@contoso.test").messages()).isEmpty();
            assertThat(org.tracking().events())
                    .filteredOn(e -> e.event() == TrackingEvent.Kind.DEFER)
                    .allMatch(e -> e.site().orElse("").equals("Vienna"))
                    .isNotEmpty();
            org.link("Vienna-Rome").mend();
            org.clock().advance(Duration.ofMinutes(15));
            assertThat(org.mailbox("mia@contoso.test").messages())
                    .as(story(org))
                    .hasSize(1);
        }
    }

    @Test
    void anUnknownRecipientIsReportedToTheSender() throws Exception {
        try (MailOrganization org = contoso()) {
            org.send(mail ->
                    mail.from("anna@contoso.test").to("nobody@contoso.test").subject("who"));
            org.clock().runUntilIdle();
            List<ReceivedMail> got = org.mailbox("anna@contoso.test").messages();
            assertThat(got).as(story(org)).hasSize(1);
            assertThat(new String(got.get(0).octets(), StandardCharsets.UTF_8))
                    .contains("multipart/report", "Status: 5.1.1", "Final-Recipient: rfc822;nobody@contoso.test");
        }
    }

    @Test
    void aKilledHubIsReplacedByItsNeighbourAndComesBackWithItsMail() throws Exception {
        try (MailOrganization org = contoso()) {
            org.server("MUC-HT1").kill();
            for (int i = 0; i < 20; i++) {
                org.send(mail ->
                        mail.from("anna@contoso.test").to("bert@contoso.test").subject("again"));
            }
            org.clock().runUntilIdle();
            assertThat(org.mailbox("bert@contoso.test").messages())
                    .as(story(org))
                    .hasSize(20);
            org.server("MUC-HT1").start();
            org.clock().advance(Duration.ofMinutes(2));
            org.server("MUC-HT2").kill();
            org.send(mail ->
                    mail.from("anna@contoso.test").to("bert@contoso.test").subject("once more"));
            org.clock().runUntilIdle();
            assertThat(org.mailbox("bert@contoso.test").messages())
                    .as(story(org))
                    .hasSize(21);
        }
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        MailOrganization org = contoso();
        org.send(mail -> mail.from("anna@contoso.test")
                .to("everyone@contoso.test", "x@example.org")
                .subject("all"));
        org.clock().runUntilIdle();
        assertThat(org.internet("x@example.org").messages()).as(story(org)).hasSize(1);
        assertThat(org.shutDown().isEmpty()).isTrue();
    }

    private static String story(MailOrganization org) {
        StringBuilder out = new StringBuilder("\n");
        org.tracking()
                .events()
                .forEach(e -> out.append(e.server() + " " + e.event() + " " + e.recipients() + " -> " + e.nextHop()
                        + " " + e.status() + " " + e.reason() + "\n"));
        return out.toString();
    }
}
