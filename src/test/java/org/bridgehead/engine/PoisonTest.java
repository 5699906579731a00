package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bridgehead.core.hub.MessageFilter;
import org.bridgehead.core.hub.MessageStatus;
import org.bridgehead.core.hub.MessageView;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.queue.QueueStatus;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector driver with a bug breaks its hub for one kind of mail: that is set aside, everything else flows. */
class PoisonTest {
    private static final String TOPOLOGY = """
        bridgehead: 1
        organization:
          name: Poisoned
          acceptedDomains: { inside.test: authoritative }
        sites: { Here: {} }
        servers:
          HT1: { site: Here, roles: [hubTransport] }
          MBX1: { site: Here, roles: [mailbox] }
        connectors:
          Fax: { addressSpaces: ["SMTP:fax.test;1"], sourceServers: [HT1], camel: "test:fax" }
        directory:
          recipients:
            anna: { type: mailbox, addresses: [anna@inside.test], database: MBX1/SG1/DB1 }
        """;

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<String> faxed = new ConcurrentLinkedQueue<>();
    private volatile boolean buggy = true;

    private MailOrganization start() throws Exception {
        LoadedTopology loaded = TopologyFile.load(Files.writeString(folder.resolve("topology.yaml"), TOPOLOGY));
        MailOrganization org =
                MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                        .durable(folder.resolve("data")));
        org.connector("Fax", new ConnectorDriver() {
            @Override
            public boolean serves(String endpoint) {
                return true;
            }

            @Override
            public List<RecipientOutcome> deliver(
                    String connector, String endpoint, Transmission message, Octets body) {
                String subject = message.header().subject();
                if (buggy && subject.equals("poison")) {
                    return List.of(); // one outcome per recipient was promised: the hub cannot go on
                }
                faxed.add(subject);
                return List.of(new RecipientOutcome.Delivered("2.0.0 faxed"));
            }
        });
        return org;
    }

    @Test
    void isSetAsideAfterTheSecondCrashAndWaitsForAnOperator() throws Exception {
        try (MailOrganization org = start()) {
            crashTwice(org);
            QueueView poison = poison(org).orElseThrow();
            assertThat(poison.identity()).isEqualTo("HT1\\Poison");
            assertThat(poison.status()).isEqualTo(QueueStatus.SUSPENDED);
            assertThat(poison.messages()).isEqualTo(1);
            assertThat(message(org).status()).isEqualTo(MessageStatus.SUSPENDED);
            assertThat(org.tracking().events())
                    .filteredOn(event -> event.event() == TrackingEvent.Kind.POISONMESSAGE)
                    .singleElement()
                    .satisfies(event -> assertThat(event.reason()).contains("crashed 2 times"));
            // Everything else flows.
            org.send(mail -> mail.from("anna@inside.test").to("4711@fax.test").subject("healthy"));
            await().untilAsserted(() -> assertThat(faxed).containsExactly("healthy"));
            assertThat(poison(org)).isPresent();
            assertThat(org.plant().bugs()).hasSize(2);
        }
        // It stays aside when the process starts again, and goes its way when it is freed.
        try (MailOrganization org = start()) {
            await().until(() -> poison(org).isPresent());
            buggy = false;
            org.control()
                    .operate("HT1", new Operation.ResumeMessage(message(org).id(), "Poison"));
            await().untilAsserted(() -> assertThat(faxed).containsExactly("healthy", "poison"));
            assertThat(poison(org)).isEmpty();
            assertThat(org.plant().bugs()).isEmpty();
        }
    }

    @Test
    void isDeletedWithoutBeingLookedAt() throws Exception {
        try (MailOrganization org = start()) {
            crashTwice(org);
            org.control()
                    .operate("HT1", new Operation.RemoveMessage(message(org).id(), "Poison", true));
            await().until(() -> org.server("HT1").messages() == 0);
            assertThat(poison(org)).isEmpty();
            assertThat(org.plant().bugs()).hasSize(2);
            assertThat(faxed).isEmpty();
            await().until(() -> org.mailbox("anna@inside.test").messages().size() == 1);
            List<ReceivedMail> reports = org.mailbox("anna@inside.test").messages();
            assertThat(new String(reports.get(0).octets(), StandardCharsets.UTF_8))
                    .contains("5.3.0");
        }
    }

    private static void crashTwice(MailOrganization org) {
        org.send(mail -> mail.from("anna@inside.test").to("4711@fax.test").subject("poison"));
        await().until(() -> org.server("HT1").isRunning() && poison(org).isPresent());
        assertThat(org.plant().bugs()).hasSize(2);
    }

    private static Optional<QueueView> poison(MailOrganization org) {
        return org.control().queues(Optional.of("HT1")).stream()
                .filter(queue -> queue.name().equals("Poison"))
                .findFirst();
    }

    private static MessageView message(MailOrganization org) {
        List<MessageView> views = org.control().messages(Optional.of("HT1"), MessageFilter.all(10));
        assertThat(views).hasSize(1);
        return views.get(0);
    }
}
