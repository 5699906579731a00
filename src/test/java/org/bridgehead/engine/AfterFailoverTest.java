package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.engine.NodeHandle.logs;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.bridgehead.io.config.TopologyFile;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people find in their mailboxes after a node was lost, by IMAP, and what a restart remembers of it. */
class AfterFailoverTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    @TempDir
    Path folder;

    private OrganizationConfig config() throws Exception {
        return OrganizationConfig.inMemory(
                        TopologyFile.parse("after.yaml", """
                            bridgehead: 1
                            organization: { name: X, acceptedDomains: { x.test: authoritative } }
                            sites: { S: {} }
                            servers:
                              H1: { site: S, roles: [hubTransport] }
                              H2: { site: S, roles: [hubTransport] }
                              M1:
                                site: S
                                roles: [mailbox]
                                replication: ccr
                                nodes: { M1A: {}, M1B: {} }
                                witness: H1
                                maxMissingLogs: 100
                                logSize: 4KB
                                storageGroups: { SG1: [DB1] }
                            directory:
                              recipients:
                                anna: { type: mailbox, addresses: [anna@x.test], database: M1/SG1/DB1 }
                                bert: { type: mailbox, addresses: [bert@x.test], database: M1/SG1/DB1 }
                            """, folder).organization(), folder)
                .virtualFrom(START);
    }

    private static void send(MailOrganization org, String subject) {
        SendResult sent = org.send(mail ->
                mail.from("bert@x.test").to("anna@x.test").subject(subject).text("word ".repeat(100)));
        assertThat(sent.accepted()).isTrue();
    }

    private static void raw(MailOrganization org, String message) {
        byte[] octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(org.send(mail -> mail.from("bert@x.test").to("anna@x.test").octets(octets))
                        .accepted())
                .isTrue();
    }

    /** A mail client at work. */
    private interface Client {
        void work(IMAPFolder inbox) throws Exception;
    }

    private static void client(InetSocketAddress imap, Client client) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("mail.imap.timeout", "20000");
        try (Store store = Session.getInstance(settings).getStore("imap")) {
            store.connect(imap.getHostString(), imap.getPort(), "anna@x.test", "anna@x.test");
            IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            client.work(inbox);
            inbox.close(true);
        }
    }

    private static TreeMap<Long, String> subjects(InetSocketAddress imap) throws Exception {
        TreeMap<Long, String> found = new TreeMap<>();
        client(imap, inbox -> {
            for (Message message : inbox.getMessages()) {
                found.put(inbox.getUID(message), String.valueOf(message.getSubject()));
            }
        });
        return found;
    }

    private static List<String> sorted(TreeMap<Long, String> subjects) {
        return subjects.values().stream().sorted().toList();
    }

    @Test
    void twoLettersWithOneMessageIdAndOneWithoutComeBack() throws Exception {
        try (MailOrganization org = MailOrganization.start(config())) {
            raw(org, "Message-ID: <same@x.test>\nSubject: first\n\none\n");
            raw(org, "Message-ID: <same@x.test>\nSubject: second\n\nanother\n");
            raw(org, "Subject: without\n\nno identity\n");
            org.awaitIdle(Duration.ofSeconds(30));
            InetSocketAddress imap = org.imap("M1");
            assertThat(subjects(imap)).hasSize(3);
            org.node("M1A").lose(logs(100));
            org.clock().advance(Duration.ofMinutes(20));
            assertThat(org.failovers("M1").get(1).lostMessages()).isEqualTo(3);
            assertThat(org.imap("M1")).isEqualTo(imap);
            assertThat(sorted(subjects(imap))).containsExactly("first", "second", "without");
        }
    }

    /**
     * A fifth is deleted, a fifth is moved into a folder of the mail program (an embedded mailbox has no other one). The
     * removals had been shipped; the deliveries of other mail had not.
     */
    @Test
    void whatPeopleMovedOrDeletedDoesNotComeBackAndNoUidNamesTwoLetters() throws Exception {
        try (MailOrganization org = MailOrganization.start(config())) {
            for (int i = 10; i < 60; i++) {
                send(org, "letter " + i);
            }
            org.awaitIdle(Duration.ofSeconds(30));
            InetSocketAddress imap = org.imap("M1");
            List<String> moved = new ArrayList<>();
            client(imap, inbox -> {
                for (Message message : inbox.getMessages(1, 20)) {
                    if (message.getMessageNumber() > 10) {
                        moved.add(message.getSubject());
                    }
                    message.setFlag(Flags.Flag.DELETED, true);
                }
            });
            assertThat(moved).hasSize(10);
            for (int i = 60; i < 90; i++) {
                send(org, "letter " + i);
            }
            org.awaitIdle(Duration.ofSeconds(30));
            TreeMap<Long, String> before = subjects(imap);
            long[] validity = new long[2];
            client(imap, inbox -> validity[0] = inbox.getUIDValidity());
            assertThat(before).hasSize(60);
            org.node("M1A").lose(logs(3));
            org.clock().advance(Duration.ofMinutes(20));
            TreeMap<Long, String> after = subjects(imap);
            client(imap, inbox -> validity[1] = inbox.getUIDValidity());
            assertThat(org.failovers("M1").get(1).lostMessages()).isPositive();
            assertThat(sorted(after)).isEqualTo(sorted(before)).doesNotContainAnyElementsOf(moved);
            assertThat(validity[1]).isEqualTo(validity[0]);
            before.forEach((uid, subject) -> assertThat(after.getOrDefault(uid, subject))
                    .as("UID %s", uid)
                    .isEqualTo(subject));
        }
    }

    /** The dumpster is what the spool says it is: a restart of everything in between changes nothing. */
    @Test
    void theDumpsterOutlivesARestart() throws Exception {
        Path data = folder.resolve("data");
        try (MailOrganization org = MailOrganization.start(config().durable(data))) {
            for (int i = 10; i < 40; i++) {
                send(org, "letter " + i);
            }
            org.awaitIdle(Duration.ofSeconds(30));
        }
        try (MailOrganization org = MailOrganization.start(config().durable(data))) {
            org.awaitIdle(Duration.ofSeconds(30));
            assertThat(org.cluster("M1").active()).contains("M1A");
            org.node("M1A").lose(logs(6));
            org.clock().advance(Duration.ofMinutes(20));
            assertThat(org.failovers("M1").get(1).lostMessages()).isPositive();
            assertThat(subjects(org.imap("M1"))).hasSize(30);
            assertThat(org.stillLost("M1")).isEmpty();
        }
    }

    /** Who could not be asked before the restart is asked after it; the node that took over stays the active one. */
    @Test
    void anOpenRequestOutlivesARestart() throws Exception {
        Path data = folder.resolve("data");
        int before;
        try (MailOrganization org = MailOrganization.start(config().durable(data))) {
            for (int i = 10; i < 50; i++) {
                String via = "H" + (1 + i % 2);
                org.send(mail -> mail.from("bert@x.test")
                        .to("anna@x.test")
                        .subject("letter")
                        .text("word ".repeat(100))
                        .via(via));
            }
            org.awaitIdle(Duration.ofSeconds(30));
            org.server("H2").kill();
            org.node("M1A").lose(logs(5));
            org.clock().advance(Duration.ofMinutes(20));
            before = subjects(org.imap("M1")).size();
            assertThat(before).isLessThan(40);
            assertThat(org.redeliveries()).filteredOn(RedeliveryRequest::isOpen).hasSize(1);
        }
        try (MailOrganization org = MailOrganization.start(config().durable(data))) {
            org.clock().advance(Duration.ofMinutes(20));
            assertThat(org.cluster("M1").active()).contains("M1B");
            assertThat(subjects(org.imap("M1"))).hasSize(40);
            assertThat(org.redeliveries()).noneMatch(RedeliveryRequest::isOpen);
        }
    }
}
