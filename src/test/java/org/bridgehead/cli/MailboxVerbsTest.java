package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The verbs that operate mailbox servers and dumpsters, against a real engine in virtual time. Longer than most files: the
 * cases share that engine.
 */
class MailboxVerbsTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private static final String TOPOLOGY = """
            bridgehead: 1
            organization:
              name: X
              acceptedDomains: { x.test: authoritative }
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
                mountDial: lossless
                logSize: 8KB
                storageGroups: { SG1: [DB1], SG2: [DB2] }
              M2: { site: S, roles: [mailbox], replication: lcr, storageGroups: { LG: [LD] } }
              M3: { site: S, roles: [mailbox] }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@x.test], database: M1/SG1/DB1 }
                bert: { type: mailbox, addresses: [bert@x.test], database: M1/SG2/DB2 }
                lena: { type: mailbox, addresses: [lena@x.test], database: M2/LG/LD }
            """;

    /** What a command line came to. */
    private record Result(int exitCode, String out, String err) {
        Object json() {
            return new Load(LoadSettings.builder().build()).loadFromString(out);
        }
    }

    @TempDir
    Path folder;

    private MailOrganization organization;
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        start(TOPOLOGY);
    }

    private void start(String topology) throws Exception {
        Path file = folder.resolve("topology.yaml");
        Files.writeString(file, topology);
        organization = MailOrganization.start(OrganizationConfig.inMemory(
                        new RunCommand().read(file, List.of()).organization(), folder)
                .virtualFrom(START));
        server = AdminServer.start(organization, AdminSettings.local(), Optional.empty());
    }

    private void restart(String topology) throws Exception {
        stop();
        start(topology);
    }

    @AfterEach
    void stop() {
        server.close();
        organization.close();
    }

    private Result run(String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        words.add("--admin");
        words.add(server.address().toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), words.toArray(new String[0]));
        return new Result(exitCode, out.toString(), err.toString());
    }

    private String good(String... args) {
        Result result = run(args);
        assertThat(result.exitCode).as(result.err).isZero();
        return result.out;
    }

    private String bad(int exitCode, String... args) {
        Result result = run(args);
        assertThat(result.exitCode).as(result.out + result.err).isEqualTo(exitCode);
        assertThat(result.err).hasLineCount(1);
        return result.err;
    }

    private void send(String to, String subject) throws Exception {
        assertThat(organization
                        .send(mail ->
                                mail.from("anna@x.test").to(to).subject(subject).text("x".repeat(300)))
                        .accepted())
                .isTrue();
        organization.awaitIdle(Duration.ofSeconds(30));
    }

    private void pass(Duration time) {
        organization.clock().advance(time);
    }

    @Test
    void aNodeFailsTakesItsLogsWithItAndComesBack() throws Exception {
        send("anna@x.test", "one");
        assertThat(good("node", "list")).contains("M1A", "active", "M1B", "passive", "ccr");
        assertThat(good("cluster", "status", "m1")).contains("M1A", "3 of 3, needs 2", "H1", "SG1", "SG2");
        assertThat(good("node", "fail", "m1a", "--lose", "0")).contains("M1B takes over the mailboxes of M1");
        assertThat(run("status").out).contains("M1 is offline: M1B takes over").doesNotContain("--force");
        assertThat(bad(1, "node", "fail", "M1A")).contains("M1A is down already");
        pass(Duration.ofSeconds(10));
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(1);
        assertThat(bad(1, "node", "failover", "M1")).contains("M1A is down: only a passive node takes over");
        assertThat(good("node", "start", "M1A")).contains("M1B hosts");
        assertThat(bad(1, "node", "start", "M1A")).contains("M1A runs already");
        assertThat(bad(1, "node", "failover", "M1A")).contains("M1A is passive", "cluster handoff M1 --to M1A");
        assertThat(good("node", "failover", "M1B")).contains("M1A takes over");
        pass(Duration.ofSeconds(10));
        assertThat(bad(2, "node", "fail", "M1C")).contains("no mailbox node M1C", "did you mean M1A or M1B");
        assertThat(bad(1, "node", "fail", "M3", "--lose", "1")).contains("ships no logs");
        assertThat(bad(1, "node", "failover", "M3")).contains("M3 has no second node");
        assertThat(good("node", "failover", "M2")).contains("M2 hosts the mailboxes");
    }

    @Test
    void mailboxesAreHandedOverWithoutLossOrNotAtAll() throws Exception {
        send("anna@x.test", "one");
        assertThat(good("cluster", "handoff", "M1", "--to", "m1b", "--comment", "patch day"))
                .isEqualTo("handed over: M1B hosts the mailboxes of M1\n");
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(1);
        assertThat(bad(1, "cluster", "handoff", "M1", "--to", "M1B")).contains("M1B hosts the mailboxes already");
        assertThat(bad(2, "cluster", "handoff", "M1", "--to", "M1X")).contains("no node M1X of M1", "M1A");
        assertThat(bad(2, "cluster", "handoff", "M9", "--to", "M1A")).contains("no mailbox server M9", "M1");
        assertThat(good("cluster", "log", "M1"))
                .contains("vote", "hands over to M1B", "(patch day)", "refused: M1B hosts the mailboxes already");
        assertThat(good("events", "M1", "-o", "csv"))
                .contains("time,id,source,server,words", "100,MSExchangeRepl,M1,")
                .doesNotContain("vote");
    }

    @Test
    void aNodeIsSeededEvictedAndTakenInAgain() {
        assertThat(good("cluster", "reseed", "M1B")).isEqualTo("seeded anew: M1B\n");
        assertThat(bad(1, "cluster", "reseed", "M1A")).contains("only the passive copy is seeded");
        assertThat(bad(1, "cluster", "evict", "M1A")).contains("hand them over first");
        assertThat(bad(1, "cluster", "rejoin", "M1B")).contains("was not evicted");
        assertThat(good("cluster", "evict", "M1B")).isEqualTo("evicted: M1B\n");
        assertThat(good("node", "list", "-o", "csv")).contains("M1B,M1,ccr,true,evicted");
        assertThat(good("cluster", "rejoin", "M1B")).isEqualTo("joined again: M1B\n");
    }

    @Test
    void aServerIsRemovedOnceNobodyHasAMailboxThere() {
        assertThat(bad(1, "cluster", "remove", "M1"))
                .contains("2 mailboxes are on it: move or delete first", "anna, bert");
        assertThat(good("cluster", "remove", "M3")).contains("stopped: M3");
        assertThat(organization.server("M3").isRunning()).isFalse();
        assertThat(run("status").out).contains("M3 is offline", "bridgehead server start M3");
        assertThat(run("cluster", "status").exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    }

    @Test
    void mailForADismountedDatabaseWaitsAtTheHubs() throws Exception {
        assertThat(good("database", "dismount", "m1/sg1/db1")).isEqualTo("dismounted: M1/SG1/DB1\n");
        assertThat(bad(1, "database", "dismount", "M1/SG1/DB1")).contains("DB1 of SG1 is dismounted");
        assertThat(good("database", "dismount", "M1/SG2/DB2")).contains("M1/SG2/DB2");
        send("anna@x.test", "waits");
        send("bert@x.test", "waits");
        assertThat(good("queue", "list")).contains("Retry", "no database of M1 is mounted");
        Result status = run("status");
        assertThat(status.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(status.out).contains("M1/SG1/DB1 is not mounted", "bridgehead database mount M1/SG1/DB1");
        assertThat(good("database", "mount", "M1/SG1/DB1")).isEqualTo("mounted: M1/SG1/DB1\n");
        assertThat(good("database", "mount", "M1/SG2/DB2")).contains("mounted");
        assertThat(bad(1, "database", "mount", "M1/SG2/DB2")).contains("mounted already");
        pass(Duration.ofMinutes(20));
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(1);
        assertThat(organization.mailbox("bert@x.test").messages()).hasSize(1);
        assertThat(good("database", "list", "-o", "csv")).contains("M1/SG1/DB1,M1,SG1,DB1,true,");
        assertThat(bad(2, "database", "mount", "M1/SG1/DBX")).contains("no database M1/SG1/DBX", "M1/SG1/DB1");
    }

    @Test
    void aGroupThatTheDialHoldsBackIsMountedByForce() throws Exception {
        for (int i = 0; i < 60; i++) {
            send("anna@x.test", "letter " + i);
        }
        good("node", "fail", "M1A", "--lose", "2");
        pass(Duration.ofSeconds(10));
        Result status = run("cluster", "status", "M1");
        assertThat(status.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(run("status").out).contains("M1/SG1 is not mounted", "database mount --force");
        assertThat(bad(1, "database", "mount", "M1/SG1/DB1")).contains("--force");
        assertThat(good("database", "mount", "M1/SG1/DB1", "--force"))
                .contains("mounted: M1/SG1/DB1", "M1/SG1 lost 2 log(s) with ", "2 hub(s) are asked");
        pass(Duration.ofMinutes(30));
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(60);
        assertThat(good("events"))
                .contains("9796", "2099", "H2 is asked for mail of M1/SG1", "subject to lossy failover");
    }

    @Test
    void aGroupThatTheDialHoldsBackIsMountedWhenTheNodeWithItsLogsReturns() throws Exception {
        send("anna@x.test", "one");
        good("node", "fail", "M1A", "--lose", "1");
        pass(Duration.ofSeconds(10));
        assertThat(run("status").out).contains("M1/SG1 is not mounted").doesNotContain("M1/SG2");
        good("node", "start", "M1A");
        pass(Duration.ofSeconds(10));
        assertThat(good("cluster", "status", "M1")).contains("M1B");
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(1);
        assertThat(organization.redeliveries()).isEmpty();
    }

    @Test
    void aGroupThatTheDialHoldsBackIsMountedWhenItsTimeIsOver() throws Exception {
        restart(TOPOLOGY.replace("mountDial: lossless", "mountDial: lossless\n    forcedMountAfter: 2h"));
        send("anna@x.test", "one");
        good("node", "fail", "M1A", "--lose", "1");
        pass(Duration.ofMinutes(119));
        assertThat(run("status").out).contains("M1/SG1 is not mounted").doesNotContain("M1/SG2");
        pass(Duration.ofMinutes(2));
        organization.clock().runUntilIdle();
        assertThat(good("cluster", "status", "M1")).contains("M1B");
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(1);
    }

    @Test
    void dumpstersAreListedLimitedAndTurnedOff() throws Exception {
        send("anna@x.test", "one");
        List<?> all = (List<?>) run("dumpster", "list", "-o", "json").json();
        assertThat(all).hasSize(1);
        assertThat((Map<?, ?>) all.get(0)).extracting("storageGroup", "items").containsExactly("M1/SG1", 1);
        assertThat(good("dumpster", "list", "--items")).contains("anna@x.test", "M1/SG1");
        assertThat(bad(2, "dumpster", "list", "--server", "H9")).contains("no server H9", "H1");
        assertThat(good("dumpster", "set", "--max-size", "1MB", "--max-time", "12h"))
                .contains("1 MB per hub and storage group, for 12h");
        assertThat(good("dumpster", "set", "--max-time", "30d")).contains("mailboxes remember deliveries for 10 days");
        assertThat(bad(2, "dumpster", "set")).contains("set what?");
        assertThat(bad(2, "dumpster", "set", "--max-size", "big")).contains("write 20MB");
        assertThat(good("dumpster", "set", "--max-size", "0")).contains("off");
        organization.clock().runUntilIdle();
        assertThat(good("dumpster", "list", "--items")).isEqualTo("nothing is kept\n");
    }

    private void letter(String hub, String subject, int size) throws Exception {
        byte[] octets = ("Message-ID: <" + subject + "@x.test>\r\nSubject: " + subject + "\r\n\r\n"
                        + ("x".repeat(70) + "\r\n").repeat(size / 72))
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(organization
                        .send(mail -> mail.from("anna@x.test")
                                .to("anna@x.test")
                                .octets(octets)
                                .via(hub))
                        .accepted())
                .isTrue();
        organization.awaitIdle(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(1));
    }

    private void removeOverImap(String subject) throws Exception {
        Properties plain = new Properties();
        try (Store store = Session.getInstance(plain).getStore("imap")) {
            InetSocketAddress imap = organization.imap("M1");
            store.connect(imap.getHostString(), imap.getPort(), "anna@x.test", "anna@x.test");
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            for (Message message : inbox.getMessages()) {
                message.setFlag(Flags.Flag.DELETED, subject.equals(message.getSubject()));
            }
            inbox.close(true);
        }
    }

    /** One message of each class: H2 is down with two of them in its dumpster, that of H1 was turned off. */
    @Test
    void theDryRunNamesEachMessageInItsClass() throws Exception {
        restart(TOPOLOGY.replace("mountDial: lossless", "maxMissingLogs: 20"));
        letter("H2", "present", 300);
        letter("H2", "removed", 300);
        removeOverImap("removed");
        letter("H1", "shipped", 9000);
        letter("H1", "lost", 300);
        letter("H2", "back", 300);
        good("server", "kill", "H2");
        good("dumpster", "set", "--max-size", "0");
        organization.awaitIdle(Duration.ofSeconds(30));
        good("dumpster", "set", "--max-size", "18MB");
        good("node", "fail", "M1A", "--lose", "1");
        pass(Duration.ofSeconds(10));

        String[] dry = {
            "dumpster", "redeliver", "--storage-group", "M1/SG1", "--from", "-2h", "--to", "now", "--dry-run"
        };
        Result result = run(dry);
        assertThat(result.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(result.out).contains("comes back 1, present 1, removed 1, lost 1; nothing was sent");
        List<String> json = new ArrayList<>(List.of(dry));
        json.addAll(List.of("-o", "json"));
        Map<?, ?> answer = (Map<?, ?>) run(json.toArray(new String[0])).json();
        assertThat((List<?>) answer.get("items"))
                .extracting(item -> ((Map<?, ?>) item).get("fate") + " " + ((Map<?, ?>) item).get("messageId") + " "
                        + ((Map<?, ?>) item).get("hub"))
                .containsExactly(
                        "present <present@x.test> H2",
                        "removed <removed@x.test> H2",
                        "lost <lost@x.test> H1",
                        "comesBack <back@x.test> H2");
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(2);

        good("server", "start", "H2");
        pass(Duration.ofDays(1));
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(3);
        dry[5] = START.toString();
        assertThat(run(dry).out).contains("comes back 0, present 2, removed 1, lost 1; nothing was sent");
    }

    @Test
    void aRedeliveryIsAskedOfEveryHub() throws Exception {
        send("anna@x.test", "one");
        String[] window = {"dumpster", "redeliver", "--storage-group", "m1/sg1", "--from", "-2h", "--to", "now"};
        assertThat(good(window)).contains("asked H1, H2 for mail of M1/SG1");
        organization.clock().runUntilIdle();
        assertThat(organization.mailbox("anna@x.test").messages()).hasSize(1);
        assertThat(organization.duplicatesDropped("M1")).isEqualTo(1);
        organization.server("H2").kill();
        good(window);
        assertThat(run("status").out)
                .contains("redelivery of M1/SG1 is open: H2 has not answered", "bridgehead server start H2");
        assertThat(bad(2, "dumpster", "redeliver", "--storage-group", "M1/SG9", "--from", "-2h", "--to", "now"))
                .contains("no storage group M1/SG9", "M1/SG1");
        assertThat(bad(2, "dumpster", "redeliver", "--storage-group", "M1/SG1", "--from", "now", "--to", "-2h"))
                .contains("ends after it begins");
        assertThat(bad(2, "dumpster", "redeliver", "--storage-group", "M1/SG1", "--from", "yesterday", "--to", "now"))
                .contains("--from yesterday is no time");
    }
}
