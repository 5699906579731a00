package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bridgehead.admin.AdminClient;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.ldap.LdifRecipients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a mailbox sends while no hub of its site answers stays in the Outbox, and goes by itself. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OutboxTest {
    private static final Path MINIMAL = Path.of("topologies/minimal.yaml");
    private static final int LETTERS = 20;

    @TempDir
    Path folder;

    private static SendResult send(MailOrganization org, String subject) {
        return org.send(
                mail -> mail.from("anna@contoso.test").to("bert@contoso.test").subject(subject));
    }

    @Test
    void itWaitsAndGoesWhenAHubReturns() {
        try (MailOrganization org = MailOrganization.start(MINIMAL)) {
            org.server("BER-HT1").kill();
            SendResult sent = send(org, "patience");
            assertThat(sent.accepted()).isTrue();
            assertThat(sent.isInOutbox()).isTrue();
            assertThat(sent.server()).isEqualTo("BER-MBX1");
            OutboxState waiting = org.control().outboxes().get(0);
            assertThat(waiting.server()).isEqualTo("BER-MBX1");
            assertThat(waiting.waiting()).isEqualTo(1);
            assertThat(waiting.since()).contains(OrganizationConfig.START);
            assertThat(org.server("BER-MBX1").messages()).isEqualTo(1);
            org.clock().advance(Duration.ofHours(3));
            assertThat(org.control().outboxes().get(0).waiting()).isEqualTo(1);
            org.server("BER-HT1").start();
            org.clock().runUntilIdle();
            assertThat(org.mailbox("bert@contoso.test").messages()).hasSize(1);
            assertThat(org.control().outboxes().get(0).waiting()).isZero();
        }
    }

    @Test
    void aHubThatTakesMailAgainIsFoundByTheClock() {
        try (MailOrganization org = MailOrganization.start(MINIMAL)) {
            org.server("BER-HT1").reply(421, "not now");
            assertThat(send(org, "later").isInOutbox()).isTrue();
            org.server("BER-HT1").accept();
            org.clock().advance(Duration.ofMinutes(2));
            assertThat(org.mailbox("bert@contoso.test").messages()).hasSize(1);
        }
    }

    @Test
    void itOutlivesItsServerAndWhoWantsNoOutboxHasNone() {
        try (MailOrganization org = MailOrganization.start(MINIMAL)) {
            org.server("BER-HT1").kill();
            send(org, "kept");
            org.server("BER-MBX1").kill();
            org.server("BER-HT1").start();
            org.clock().advance(Duration.ofMinutes(10));
            assertThat(org.mailbox("bert@contoso.test").messages()).isEmpty();
            org.server("BER-MBX1").start();
            org.clock().advance(Duration.ofMinutes(2));
            assertThat(org.mailbox("bert@contoso.test").messages()).hasSize(1);
            org.server("BER-HT1").kill();
            SendResult refused = org.send(mail ->
                    mail.from("anna@contoso.test").to("bert@contoso.test").withoutOutbox());
            assertThat(refused.accepted()).isFalse();
        }
    }

    @Test
    void whatDiesWithTheProcessIsNamed() {
        MailOrganization org = MailOrganization.start(MINIMAL);
        org.server("BER-HT1").kill();
        send(org, "lost");
        assertThat(org.shutDown().unsettledMail())
                .anySatisfy(line -> assertThat(line).startsWith("BER-MBX1\\Outbox: 1 message ("));
    }

    @Test
    void aRestartOnTheSameDataSendsWhatWaited() throws Exception {
        LoadedTopology loaded = TopologyFile.load(MINIMAL);
        OrganizationConfig config = OrganizationConfig.inMemory(
                        LdifRecipients.complete(loaded.organization(), loaded.folder()), loaded.folder())
                .durable(folder.resolve("data"));
        try (MailOrganization org = MailOrganization.start(config)) {
            org.server("BER-HT1").kill();
            assertThat(send(org, "over the restart").isInOutbox()).isTrue();
        }
        try (MailOrganization org = MailOrganization.start(config)) {
            assertThat(org.await(
                            () -> org.mailbox("bert@contoso.test").messages().size() == 1, Duration.ofSeconds(30)))
                    .isTrue();
        }
    }

    /** The process is killed with mail in the Outbox: all of it arrives after the next start. */
    @Test
    void nothingIsLostOverAKillOfTheProcess() throws Exception {
        Object[] run = {MINIMAL, "--data", folder.resolve("data"), "--admin", "127.0.0.1:0"};
        try (EngineProcess engine = EngineProcess.run(folder, run)) {
            AdminClient client = new AdminClient(engine.admin(), Optional.empty());
            client.tell("servers", "BER-HT1", "kill", List.of(), new byte[0]);
            for (int i = 0; i < LETTERS; i++) {
                Map<String, ?> answer = AdminClient.fields(client.tell(
                        "servers",
                        "*",
                        "send",
                        List.of(Map.entry("from", "anna@contoso.test"), Map.entry("to", "bert@contoso.test")),
                        ("Message-ID: <" + i + "@x.test>\n\nhi\n").getBytes(StandardCharsets.US_ASCII)));
                assertThat(answer.get("accepted")).isEqualTo(true);
            }
            Map<String, ?> status = AdminClient.fields(client.list("status", List.of()));
            assertThat(status.get("outboxes").toString()).contains("waiting=" + LETTERS, "server=BER-MBX1");
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.run(folder, run)) {
            AdminClient client = new AdminClient(engine.admin(), Optional.empty());
            Set<String> arrived = new HashSet<>();
            await().atMost(Duration.ofSeconds(40)).until(() -> {
                for (int i = 0; i < LETTERS; i++) {
                    String id = "<" + i + "@x.test>";
                    if (client.list("tracking", List.of(Map.entry("messageId", id)))
                            .toString()
                            .contains("DELIVER")) {
                        arrived.add(id);
                    }
                }
                return arrived.size() == LETTERS;
            });
        }
    }
}
