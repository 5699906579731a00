package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** W20: a listener that takes 100 recipients at a time gets a message for 1,000 in ten transactions, without a wait. */
class ManyRecipientsTest {
    private static final int RECIPIENTS = 1_000;

    @TempDir
    Path folder;

    @Test
    void theRestGoesNextUntilAllAreTaken() throws Exception {
        try (MailOrganization far = start("""
            bridgehead: 1
            organization: { name: Far, acceptedDomains: { far.test: externalRelay }, limits: { maxRecipients: 500 } }
            sites: { There: {} }
            servers: { FAR1: { site: There, roles: [hubTransport] } }
            receiveConnectors:
              Door: { server: FAR1, bind: "127.0.0.1:0", permissions: [anonymous], limits: { maxRecipients: 100 } }
            connectors:
              On: { addressSpaces: ["SMTP:far.test;1"], sourceServers: [FAR1], dns: true }
            """)) {
            int door = far.plant()
                    .transportServers()
                    .iterator()
                    .next()
                    .connectors()
                    .get("Door")
                    .port();
            try (MailOrganization near = start("""
                bridgehead: 1
                organization: { name: Near, acceptedDomains: { near.test: authoritative } }
                sites: { Here: {} }
                servers: { NEAR1: { site: Here, roles: [hubTransport] } }
                connectors:
                  Out: { addressSpaces: ["SMTP:*;1"], sourceServers: [NEAR1], smartHosts: ["127.0.0.1:%d"] }
                """.formatted(door))) {
                String[] all = IntStream.range(0, RECIPIENTS)
                        .mapToObj(i -> "r" + i + "@far.test")
                        .toArray(String[]::new);
                SendResult sent =
                        near.send(mail -> mail.from("anna@near.test").to(all).subject("to many"));
                assertThat(sent.accepted()).isTrue();
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(received(far).stream()
                                        .mapToInt(event -> event.recipients().size())
                                        .sum())
                                .isEqualTo(RECIPIENTS));
                assertThat(received(far))
                        .hasSize(10)
                        .allSatisfy(event -> assertThat(event.recipients()).hasSize(100));
                assertThat(near.tracking().events())
                        .extracting(TrackingEvent::event)
                        .doesNotContain(TrackingEvent.Kind.DEFER, TrackingEvent.Kind.FAIL);
            }
        }
    }

    /** The other half of W20: a mailbox that sends to more than the organisation allows is refused as a whole. */
    @Test
    void aMailboxMayNotNameMoreThanTheOrganisationAllows() throws Exception {
        try (MailOrganization org = start("""
            bridgehead: 1
            organization: { name: Near, acceptedDomains: { near.test: authoritative }, limits: { maxRecipients: 500 } }
            sites: { Here: {} }
            servers: { NEAR1: { site: Here, roles: [hubTransport] }, MBX1: { site: Here, roles: [mailbox] } }
            directory:
              recipients: { anna: { type: mailbox, addresses: [anna@near.test], database: MBX1/SG1/DB1 } }
            """)) {
            assertThat(submit(org, 600))
                    .allMatch(RecipientOutcome.Bounced.class::isInstance)
                    .hasSize(600);
            assertThat(((RecipientOutcome.Bounced) submit(org, 501).get(0))
                            .status()
                            .toString())
                    .isEqualTo("5.5.3");
            assertThat(received(org)).isEmpty();
            assertThat(submit(org, 500))
                    .allMatch(RecipientOutcome.Delivered.class::isInstance)
                    .hasSize(500);
        }
    }

    private static List<RecipientOutcome> submit(MailOrganization org, int recipients) {
        String[] all = IntStream.range(0, recipients)
                .mapToObj(i -> "r" + i + "@far.test")
                .toArray(String[]::new);
        return org.send(mail -> mail.from("anna@near.test").to(all).subject("to many"))
                .outcomes();
    }

    private static List<TrackingEvent> received(MailOrganization org) {
        return org.tracking().events().stream()
                .filter(event -> event.event() == TrackingEvent.Kind.RECEIVE)
                .toList();
    }

    private MailOrganization start(String topology) throws Exception {
        LoadedTopology loaded = TopologyFile.parse("many.yaml", topology, folder);
        return MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), folder));
    }
}
