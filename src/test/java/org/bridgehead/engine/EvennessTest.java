package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three hubs in the next site: connections take them in turn, and those that live share what a dead one leaves. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EvennessTest {
    private static final int CONNECTIONS = 300;

    @TempDir
    Path folder;

    private MailOrganization start() throws Exception {
        Path file = Files.writeString(folder.resolve("topology.yaml"), """
            bridgehead: 1
            organization:
              name: Contoso
              acceptedDomains: { contoso.test: authoritative }
              connections: { messagesPerConnection: 1 }
            sites: { Berlin: {}, Munich: {} }
            siteLinks: { Berlin-Munich: { sites: [Berlin, Munich], cost: 10 } }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              MUC-HT1: { site: Munich, roles: [hubTransport] }
              MUC-HT2: { site: Munich, roles: [hubTransport] }
              MUC-HT3: { site: Munich, roles: [hubTransport] }
              BER-MBX1: { site: Berlin, roles: [mailbox] }
              MUC-MBX1: { site: Munich, roles: [mailbox] }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
                bert: { type: mailbox, addresses: [bert@contoso.test], database: MUC-MBX1/SG1/DB1 }
            """);
        LoadedTopology loaded = TopologyFile.load(file);
        return MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder()));
    }

    @Test
    void threeShareEvenly() throws Exception {
        try (MailOrganization org = start()) {
            send(org, CONNECTIONS);
            assertEven(taken(org), 3);
        }
    }

    @Test
    void twoShareEvenlyWhatADeadOneLeaves() throws Exception {
        try (MailOrganization org = start()) {
            org.server("MUC-HT2").kill();
            send(org, CONNECTIONS);
            Map<String, Integer> taken = taken(org);
            assertThat(taken).doesNotContainKey("MUC-HT2");
            assertEven(taken, 2);
        }
    }

    /** The one dies while mail flows: nothing is lost, and nothing comes twice but what was under way to it. */
    @Test
    void noMessageIsLostWhenOneDiesOnTheWay() throws Exception {
        try (MailOrganization org = start()) {
            send(org, 30);
            org.server("MUC-HT2").kill();
            send(org, CONNECTIONS);
            org.server("MUC-HT2").start();
            assertThat(org.mailbox("bert@contoso.test").messages()).hasSize(CONNECTIONS + 30);
        }
    }

    /** A mailbox hands in at the hubs of its site in turn (BEHAVIOUR 1.7.3): two share what a dead one leaves. */
    @Test
    void mailboxesSubmitEvenlyToTheHubsThatLive() throws Exception {
        try (MailOrganization org = start()) {
            Map<String, Integer> before = submit(org, CONNECTIONS);
            assertEven(before, 3);
            org.server("MUC-HT2").kill();
            Map<String, Integer> after = submit(org, CONNECTIONS);
            assertThat(after).doesNotContainKey("MUC-HT2");
            assertEven(after, 2);
            org.server("MUC-HT2").start(); // it may have died with mail in its spool
            MailboxHandle anna = org.mailbox("anna@contoso.test");
            assertThat(org.await(() -> anna.messages().size() >= 2 * CONNECTIONS, Duration.ofSeconds(60)))
                    .as("%d of %d arrived", anna.messages().size(), 2 * CONNECTIONS)
                    .isTrue();
            assertEven(submit(org, 30), 3);
        }
    }

    /** The hubs that took letters of a mailbox in Munich. */
    private static Map<String, Integer> submit(MailOrganization org, int count) {
        Map<String, Integer> taken = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            SendResult sent = org.send(mail ->
                    mail.from("bert@contoso.test").to("anna@contoso.test").subject("no. " + number));
            assertThat(sent.accepted()).as(sent.toString()).isTrue();
            taken.merge(sent.server(), 1, Integer::sum);
        }
        return taken;
    }

    private static void send(MailOrganization org, int count) {
        MailboxHandle bert = org.mailbox("bert@contoso.test");
        int before = bert.messages().size();
        for (int i = 0; i < count; i++) {
            int number = i;
            SendResult sent = org.send(mail ->
                    mail.from("anna@contoso.test").to("bert@contoso.test").subject("no. " + number));
            assertThat(sent.accepted()).as(sent.toString()).isTrue();
        }
        assertThat(org.await(() -> bert.messages().size() >= before + count, Duration.ofSeconds(60)))
                .as("%d of %d arrived", bert.messages().size() - before, count)
                .isTrue();
    }

    /** Messages that each hub of Munich took from Berlin. */
    private static Map<String, Integer> taken(MailOrganization org) {
        Map<String, Integer> taken = new TreeMap<>();
        org.tracking().events().stream()
                .filter(e ->
                        e.event() == TrackingEvent.Kind.RECEIVE && e.server().startsWith("MUC-"))
                .forEach(e -> taken.merge(e.server(), 1, Integer::sum));
        return taken;
    }

    private static void assertEven(Map<String, Integer> taken, int hubs) {
        int all = taken.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(all + " messages: " + taken);
        assertThat(taken).hasSize(hubs);
        double share = (double) all / hubs;
        assertThat(taken.values()).allMatch(count -> Math.abs(count - share) <= share / 10, "within 10 % of " + share);
    }
}
