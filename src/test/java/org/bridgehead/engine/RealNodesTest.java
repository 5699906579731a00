package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mailbox server of two nodes that are not ours: who gets the mail, what is asked for again after a failure, and which
 * second copies are found over IMAP and not sent (DECISIONS 5.2). Longer than most tests: the two stores that stand for
 * real nodes, and what a person does in them, are shared by all.
 */
class RealNodesTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final String SECRET = "opens everything";

    @TempDir
    Path folder;

    private final Foreign nodeA = new Foreign();
    private final Foreign nodeB = new Foreign();

    /** A mail server of somebody else, with a mailbox for anna and one for bert. */
    private static final class Foreign {
        private final ServerSetup smtp = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        private final ServerSetup imap = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
        private final GreenMail mail = new GreenMail(new ServerSetup[] {smtp, imap});

        void start() {
            smtp.setServerStartupTimeout(10_000);
            imap.setServerStartupTimeout(10_000);
            mail.start();
            Stream.of("anna", "bert").forEach(who -> mail.setUser(address(who), address(who) + "*master", SECRET));
        }

        private GreenMailUser user(String who) {
            return mail.getUserManager().getUserByEmail(address(who));
        }

        List<MimeMessage> inbox(String who) throws Exception {
            return folder(who, "INBOX");
        }

        List<MimeMessage> folder(String who, String folder) throws Exception {
            var hosts = mail.getManagers().getImapHostManager();
            return hosts.getFolder(user(who), folder).getMessages().stream()
                    .map(stored -> stored.getMimeMessage())
                    .toList();
        }

        /** What log shipping would do, once. */
        void copyTo(Foreign other, String who) throws Exception {
            for (MimeMessage message : inbox(who)) {
                other.user(who).deliver(message);
            }
        }

        void moveTo(String who, String name) throws Exception {
            var hosts = mail.getManagers().getImapHostManager();
            var target = hosts.createMailbox(user(who), name);
            for (MimeMessage message : inbox(who)) {
                target.appendMessage(message, new Flags(), new Date());
            }
            hosts.getInbox(user(who)).deleteAllMessages();
        }
    }

    private static String address(String who) {
        return who + "@x.test";
    }

    @BeforeEach
    void startNodes() throws Exception {
        nodeA.start();
        nodeB.start();
        Files.writeString(folder.resolve("master"), SECRET + "\n");
    }

    @AfterEach
    void stopNodes() {
        nodeA.mail.stop();
        nodeB.mail.stop();
    }

    private static final String MASTER = ", imapMasterUser: master, imapPasswordFile: master";

    private OrganizationConfig config(String replication, String master) throws Exception {
        return config(replication, master, nodeA.mail.getSmtp().getPort());
    }

    private OrganizationConfig config(String replication, String master, int portOfA) throws Exception {
        String text = """
            bridgehead: 1
            organization:
              name: X
              acceptedDomains: { x.test: authoritative }
              retry: { glitchInterval: 1s, transientInterval: 1s, mailboxInterval: 1s, messageInterval: 1m }
            sites: { S: {} }
            servers:
              H1: { site: S, roles: [hubTransport] }
              H2: { site: S, roles: [hubTransport] }
              M1:
                site: S
                roles: [mailbox]
                replication: %s
                nodes:
                  M1A: { smtp: "127.0.0.1:%d", imap: "127.0.0.1:%d"%s }
                  M1B: { smtp: "127.0.0.1:%d", imap: "127.0.0.1:%d"%s }
                %s
                storageGroups: { SG1: [DB1], SG2: [DB2] }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@x.test], database: M1/SG1/DB1 }
                bert: { type: mailbox, addresses: [bert@x.test], database: M1/SG2/DB2 }
            """.formatted(
                        replication,
                        portOfA,
                        nodeA.mail.getImap().getPort(),
                        master,
                        nodeB.mail.getSmtp().getPort(),
                        nodeB.mail.getImap().getPort(),
                        master,
                        replication.equals("ccr") ? "witness: H1" : "");
        return OrganizationConfig.inMemory(
                        TopologyFile.parse("real.yaml", text, folder).organization(), folder)
                .virtualFrom(START);
    }

    private MailOrganization start(String replication, String master) throws Exception {
        return MailOrganization.start(config(replication, master));
    }

    private static void send(MailOrganization org, String subject, String... to) throws Exception {
        SendResult result = org.send(mail ->
                mail.from("anna@x.test").to(to).subject(subject).via(subject.hashCode() % 2 == 0 ? "H1" : "H2"));
        assertThat(result.outcomes()).allMatch(RecipientOutcome.Delivered.class::isInstance);
        org.awaitIdle(Duration.ofSeconds(30));
    }

    private static void advance(MailOrganization org, Duration time) {
        org.clock().advance(time);
    }

    private static List<String> subjects(List<MimeMessage> messages) throws Exception {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage message : messages) {
            subjects.add(message.getSubject());
        }
        return subjects.stream().sorted().toList();
    }

    private static List<QueueView> queues(MailOrganization org) {
        return Stream.of("H1", "H2")
                .flatMap(hub -> org.server(hub).queues().stream())
                .filter(queue -> queue.messages() > 0)
                .toList();
    }

    @Test
    void theActiveNodeGetsItWithItsIdentityInFrontOfAllItHas() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            send(org, "one", "anna@x.test", "bert@x.test");
            assertThat(subjects(nodeA.inbox("anna"))).containsExactly("one");
            assertThat(nodeB.inbox("anna")).isEmpty();
            String id = org.tracking().events().get(0).transportId().toString();
            MimeMessage message = nodeA.inbox("bert").get(0);
            assertThat(message.getHeader(RealNode.FIELD)).containsExactly(id);
            List<String> names = new ArrayList<>();
            message.getAllHeaderLines().asIterator().forEachRemaining(line -> names.add(line.split(":")[0]));
            // What the store itself puts on top is its own affair.
            assertThat(names.subList(names.indexOf(RealNode.FIELD) + 1, names.size()))
                    .startsWith("Received")
                    .contains("Subject");
            assertThat(org.cluster("M1").active()).contains("M1A");
            assertThat(org.node("m1b").state()).isEqualTo(NodeState.PASSIVE);
        }
    }

    @Test
    void afterAFailureTheOtherNodeGetsWhatItLacksAndNothingTwice() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            send(org, "copied 1", "anna@x.test", "bert@x.test");
            send(org, "copied 2", "anna@x.test");
            nodeA.copyTo(nodeB, "anna");
            nodeA.copyTo(nodeB, "bert");
            send(org, "lost 1", "anna@x.test", "bert@x.test");
            send(org, "lost 2", "bert@x.test");
            org.node("M1A").fail();
            send(org, "waits", "anna@x.test");
            assertThat(queues(org))
                    .singleElement()
                    .satisfies(queue -> assertThat(queue.lastError())
                            .contains("M1 is offline")
                            .contains("M1B takes over"));
            assertThat(nodeB.inbox("bert")).hasSize(1);
            advance(org, Duration.ofMinutes(3));
            assertThat(subjects(nodeB.inbox("anna"))).containsExactly("copied 1", "copied 2", "lost 1", "waits");
            assertThat(subjects(nodeB.inbox("bert"))).containsExactly("copied 1", "lost 1", "lost 2");
            assertThat(nodeA.inbox("anna")).hasSize(3);
            assertThat(org.duplicatesDropped("M1")).isEqualTo(3);
            assertThat(queues(org)).isEmpty();
            assertThat(org.cluster("M1").active()).contains("M1B");
            assertThat(org.node("M1A").state()).isEqualTo(NodeState.DOWN);
            assertThat(org.failovers("M1")).singleElement().satisfies(report -> {
                assertThat(report.from() + ">" + report.to()).isEqualTo("M1A>M1B");
                assertThat(report.interruption()).isEqualTo(MailboxCluster.DETECTION);
                assertThat(report.losses())
                        .hasSize(2)
                        .allSatisfy(loss -> assertThat(loss.requests()).hasSize(2));
            });
        }
    }

    @Test
    void theWindowBeginsWhereAnOperatorSaysThatTheCopyEnded() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            Instant copied = START.minus(Duration.ofHours(3));
            org.node("M1A").fail(copied);
            advance(org, Duration.ofMinutes(1));
            Duration before = org.topology().settings().dumpster().marginBefore();
            Duration after = org.topology().settings().dumpster().marginAfter();
            assertThat(org.failovers("M1").get(0).losses())
                    .extracting(GroupLoss::window)
                    .allSatisfy(window -> {
                        assertThat(window.from()).isEqualTo(copied.minus(before));
                        assertThat(window.to())
                                .isEqualTo(START.plus(MailboxCluster.DETECTION).plus(after));
                    });
        }
    }

    @Test
    void sharedStorageLosesNothingAndNobodyIsAsked() throws Exception {
        try (MailOrganization org = start("scc", MASTER)) {
            org.node("M1A").fail();
            advance(org, Duration.ofMinutes(1));
            assertThat(org.cluster("M1").active()).contains("M1B");
            assertThat(org.redeliveries()).isEmpty();
        }
    }

    @Test
    void whatAUserMovedIsFoundAndWhatHeDeletedComesBack() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            send(org, "moved", "anna@x.test");
            send(org, "deleted", "bert@x.test");
            nodeA.copyTo(nodeB, "anna");
            nodeB.moveTo("anna", "Kept");
            org.node("M1A").fail();
            advance(org, Duration.ofMinutes(3));
            assertThat(nodeB.inbox("anna")).isEmpty();
            assertThat(subjects(nodeB.folder("anna", "Kept"))).containsExactly("moved");
            assertThat(subjects(nodeB.inbox("bert"))).containsExactly("deleted");
        }
    }

    @Test
    void whoCannotBeLookedUpWaitsAndTheOthersGetTheirs() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            send(org, "both", "anna@x.test", "bert@x.test");
            nodeA.copyTo(nodeB, "anna");
            nodeB.mail.setUser("bert@x.test", "bert@x.test*master", "another password");
            org.node("M1A").fail();
            advance(org, Duration.ofMinutes(3));
            assertThat(nodeB.inbox("anna")).hasSize(1);
            assertThat(nodeB.inbox("bert")).isEmpty();
            assertThat(queues(org)).isNotEmpty();
            nodeB.mail.setUser("bert@x.test", "bert@x.test*master", SECRET);
            advance(org, Duration.ofMinutes(3));
            assertThat(subjects(nodeB.inbox("bert"))).containsExactly("both");
            assertThat(queues(org)).isEmpty();
        }
    }

    @Test
    void withoutAMasterUserItIsDeliveredAgain() throws Exception {
        try (MailOrganization org = start("ccr", "")) {
            send(org, "twice", "anna@x.test");
            nodeA.copyTo(nodeB, "anna");
            org.node("M1A").fail();
            advance(org, Duration.ofMinutes(3));
            assertThat(subjects(nodeB.inbox("anna"))).containsExactly("twice", "twice");
            assertThat(org.duplicatesDropped("M1")).isZero();
        }
    }

    @Test
    void anIdentityThatASenderMadeUpKeepsNothingAway() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            send(org, "wanted", "anna@x.test");
            String id = org.tracking().events().get(0).transportId().toString();
            String forged = RealNode.FIELD + ": " + id + "\r\nSubject: forged\r\n\r\nfirst!\r\n";
            org.send(mail ->
                    mail.from("anna@x.test").to("anna@x.test").octets(forged.getBytes(StandardCharsets.US_ASCII)));
            org.awaitIdle(Duration.ofSeconds(30));
            nodeA.copyTo(nodeB, "anna");
            var inbox = nodeB.mail.getManagers().getImapHostManager().getInbox(nodeB.user("anna"));
            inbox.setFlags(
                    new Flags(Flags.Flag.DELETED),
                    true,
                    inbox.getMessages().get(0).getUid(),
                    null,
                    true);
            inbox.expunge();
            assertThat(subjects(nodeB.inbox("anna"))).containsExactly("forged");
            org.node("M1A").fail();
            advance(org, Duration.ofMinutes(3));
            assertThat(subjects(nodeB.inbox("anna"))).containsExactly("forged", "wanted");
        }
    }

    @Test
    void aNodeThatRefusesIsNotFailedOverByItself() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        try (MailOrganization org = MailOrganization.start(config("ccr", MASTER, nobody))) {
            send(org, "waits", "anna@x.test");
            advance(org, Duration.ofMinutes(10));
            assertThat(org.cluster("M1").active()).contains("M1A");
            assertThat(queues(org)).hasSize(1);
            org.node("M1A").fail();
            advance(org, Duration.ofMinutes(10));
            assertThat(subjects(nodeB.inbox("anna"))).containsExactly("waits");
        }
    }

    @Test
    void withoutQuorumNobodyGetsMail() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            org.node("M1A").fail();
            advance(org, Duration.ofMinutes(1));
            org.server("H1").kill();
            org.send(mail ->
                    mail.from("anna@x.test").to("anna@x.test").subject("late").via("H2"));
            advance(org, Duration.ofMinutes(3));
            assertThat(org.cluster("M1").active()).isEmpty();
            assertThat(queues(org))
                    .singleElement()
                    .satisfies(queue -> assertThat(queue.lastError())
                            .contains("no node is active")
                            .contains("M1A down"));
            org.server("H1").start();
            advance(org, Duration.ofMinutes(3));
            assertThat(subjects(nodeB.inbox("anna"))).containsExactly("late");
            assertThat(org.failovers("M1")).hasSize(2);
            assertThat(org.failovers("M1").get(1).losses()).isEmpty();
        }
    }

    @Test
    void aRestartRemembersWhoServesAndWhatWasNotAskedForYet() throws Exception {
        OrganizationConfig config = config("ccr", MASTER).durable(folder.resolve("data"));
        try (MailOrganization org = MailOrganization.start(config)) {
            send(org, "lost", "anna@x.test");
            org.node("M1A").fail(START);
        }
        try (MailOrganization org = MailOrganization.start(config.virtualFrom(START.plus(Duration.ofDays(2))))) {
            advance(org, Duration.ofMinutes(3));
            assertThat(org.cluster("M1").active()).contains("M1B");
            assertThat(subjects(nodeB.inbox("anna"))).containsExactly("lost");
        }
    }

    @Test
    void anotherProcessHearsWhichNodeServes() throws Exception {
        OrganizationConfig both = config("ccr", MASTER).withPeers(folder.resolve("peers"));
        try (MailOrganization owner = MailOrganization.start(both.only(List.of("M1", "H1")));
                MailOrganization other = MailOrganization.start(both.only(List.of("H2")))) {
            other.send(mail -> mail.from("anna@x.test").to("anna@x.test").subject("to A"));
            other.awaitIdle(Duration.ofSeconds(30));
            owner.node("M1A").fail();
            other.send(mail -> mail.from("anna@x.test").to("anna@x.test").subject("to B"));
            other.awaitIdle(Duration.ofSeconds(30));
            assertThat(other.server("H2").queues().stream().mapToInt(QueueView::messages))
                    .containsExactly(1);
            advance(owner, Duration.ofMinutes(1));
            advance(other, Duration.ofMinutes(1));
            assertThat(subjects(nodeA.inbox("anna"))).containsExactly("to A");
            assertThat(subjects(nodeB.inbox("anna"))).containsExactly("to B");
        }
    }

    @Test
    void operatorsSeeAndMoveThemAsTheyDoEmbeddedOnes() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            MailboxControl control = org.control().mailboxes();
            assertThat(control.clusters()).extracting(ClusterStatus::server).containsExactly("M1");
            assertThat(control.failOver("M1")).isEmpty();
            assertThat(control.failOver("m1"))
                    .hasValueSatisfying(why -> assertThat(why).contains("no passive node"));
            advance(org, Duration.ofMinutes(1));
            assertThat(control.clusters().get(0).active()).contains("M1B");
            assertThat(control.log("M1")).isNotEmpty();
            assertThat(org.redeliveries()).hasSize(4);
            org.node("M1A").start();
            assertThat(org.node("M1A").state()).isEqualTo(NodeState.PASSIVE);
            assertThat(control.failOver("M1")).isEmpty();
            advance(org, Duration.ofMinutes(1));
            assertThat(org.cluster("M1").active()).contains("M1A");
        }
    }

    @Test
    void theLogsOfARealNodeAreNotOurs() throws Exception {
        try (MailOrganization org = start("ccr", MASTER)) {
            NodeHandle node = org.node("M1A");
            assertThatThrownBy(() -> node.lose(NodeHandle.logs(1)))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("copied");
        }
    }
}
