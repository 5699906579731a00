package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.SmtpConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bridgehead run} as operators meet it: several processes, signals, what is in the way at the start. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ProcessesTest {
    private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");

    @TempDir
    Path folder;

    private Path topology(String text) throws IOException {
        return Files.writeString(folder.resolve("topology.yaml"), text);
    }

    @Test
    void oneProcessForEachServerAndNeighboursTakeOverFromADeadOne() throws Exception {
        Path topology = topology("""
            bridgehead: 1
            organization:
              name: Contoso
              acceptedDomains: { contoso.test: authoritative }
              retry: { glitchInterval: 1s, transientInterval: 2s, interval: 5s, mailboxInterval: 1s }
              connections: { messagesPerConnection: 2 }
            sites: { Berlin: {}, Munich: {} }
            siteLinks: { Berlin-Munich: { sites: [Berlin, Munich], cost: 10 } }
            servers:
              BER-EDGE1: { roles: [edgeTransport], subscribedSite: Berlin }
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              MUC-HT1: { site: Munich, roles: [hubTransport] }
              MUC-HT2: { site: Munich, roles: [hubTransport] }
              MUC-MBX1: { site: Munich, roles: [mailbox] }
            directory:
              recipients:
                bert: { type: mailbox, addresses: [bert@contoso.test], database: MUC-MBX1/SG1/DB1 }
            """);
        try (EngineProcess mailboxes = part(topology, "MUC-MBX1");
                EngineProcess first = part(topology, "MUC-HT1");
                EngineProcess second = part(topology, "MUC-HT2");
                EngineProcess berlin = part(topology, "BER-HT1", "BER-EDGE1")) {
            InetSocketAddress edge = berlin.smtp("BER-EDGE1");
            InetSocketAddress imap = mailboxes.address("MUC-MBX1", "imap");
            send(edge, 40);
            await().atMost(Duration.ofSeconds(40)).until(() -> count(imap), have -> have >= 40);
            first.kill();
            send(edge, 40);
            await().atMost(Duration.ofSeconds(40)).until(() -> count(imap), have -> have >= 80);
            // What the dead one had taken comes with it.
            try (EngineProcess again = part(topology, "MUC-HT1")) {
                send(edge, 20);
                await().atMost(Duration.ofSeconds(40)).until(() -> count(imap), have -> have >= 100);
                assertThat(count(imap)).isEqualTo(100);
                assertThat(again.terminate()).isZero();
            }
            assertThat(berlin.terminate()).isZero();
            assertThat(second.terminate()).isZero();
            assertThat(mailboxes.terminate()).isZero();
        }
    }

    private EngineProcess part(Path topology, String... servers) throws IOException {
        List<Object> arguments = new ArrayList<>(
                List.of(topology, "--peers", folder.resolve("peers"), "--data", folder.resolve("data-" + servers[0])));
        for (String server : servers) {
            arguments.add("--server");
            arguments.add(server);
        }
        return EngineProcess.run(folder, arguments.toArray());
    }

    private static void send(InetSocketAddress door, int count) {
        try (SmtpConnection connection = Letter.connect(door, Protocol.SMTP).orElseThrow()) {
            for (int i = 0; i < count; i++) {
                assertThat(Letter.of("p" + System.nanoTime(), 500, "bert@contoso.test")
                                .over(connection))
                        .allMatch(RecipientOutcome.Delivered.class::isInstance);
            }
        }
    }

    /** Messages in the inbox, as an IMAP client sees it. */
    private static int count(InetSocketAddress imap) throws IOException {
        try (Socket socket = new Socket(imap.getAddress(), imap.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("a LOGIN bert@contoso.test bert@contoso.test\r\nb SELECT INBOX\r\nc LOGOUT\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            int count = -1;
            for (String line = in.readLine(); line != null && !line.startsWith("c "); line = in.readLine()) {
                Matcher exists = EXISTS.matcher(line);
                count = exists.find() ? Integer.parseInt(exists.group(1)) : count;
            }
            return count;
        }
    }

    @Test
    void aTransactionInProgressEndsBeforeTheProcessDoes() throws Exception {
        try (Sink mailboxes = Sink.lmtp();
                Sink outside = Sink.smtp()) {
            Path topology = topology(Topologies.twoHubs(outside.port(), mailboxes.port()));
            try (EngineProcess engine = EngineProcess.run(folder, topology, "--data", folder.resolve("data"));
                    Telnet slow = new Telnet(engine.connector("Load"));
                    Telnet idle = new Telnet(engine.connector("Load"))) {
                idle.enter("", "");
                slow.enter("", "");
                slow.say("MAIL FROM:<a@client.test>");
                slow.say("RCPT TO:<a@outside.test>");
                slow.say("DATA");
                ProcessHandle.of(engine.pid()).orElseThrow().destroy();
                assertThat(idle.nextReply()).startsWith("421 4.3.2");
                assertThat(slow.say("X-Token: slow\r\n\r\nhalf\r\n.")).startsWith("250 2.6.0");
                assertThat(engine.terminate()).isZero();
            }
            // Delivered on the way out, or waiting for the next start.
            try (EngineProcess engine = EngineProcess.run(folder, topology, "--data", folder.resolve("data"))) {
                assertThat(outside.missing(List.of("slow a@outside.test"), Duration.ofSeconds(20)))
                        .isEmpty();
                assertThat(engine.terminate()).isZero();
            }
        }
    }

    @Test
    void mailThatWaitsIsSentAfterTheNextStart() throws Exception {
        int dead = freePort();
        Path topology = topology(Topologies.twoHubs(dead, dead));
        List<String> tokens = new ArrayList<>();
        try (EngineProcess engine = EngineProcess.run(folder, topology, "--data", folder.resolve("data"))) {
            try (SmtpConnection connection =
                    Letter.connect(engine.connector("Load"), Protocol.SMTP).orElseThrow()) {
                for (int i = 0; i < 50; i++) {
                    Letter letter = Letter.of("w" + i, 3000, "a@outside.test");
                    assertThat(letter.over(connection)).allMatch(RecipientOutcome.Delivered.class::isInstance);
                    tokens.add("w" + i + " a@outside.test");
                }
            }
            assertThat(engine.terminate()).isZero();
            assertThat(engine.errors()).contains("waits: ");
        }
        try (Sink outside = Sink.smtp()) {
            Path other = topology(Topologies.twoHubs(outside.port(), dead));
            try (EngineProcess engine = EngineProcess.run(folder, other, "--data", folder.resolve("data"))) {
                assertThat(outside.missing(tokens, Duration.ofSeconds(30))).isEmpty();
                assertThat(outside.duplicates()).isZero();
                assertThat(engine.terminate()).isZero();
                assertThat(engine.errors()).doesNotContain("waits: ");
            }
        }
    }

    @Test
    void inMemoryUnsentMailIsListedAndTheExitCodeIsOne() throws Exception {
        int dead = freePort();
        Path topology = topology(Topologies.twoHubs(dead, dead));
        try (EngineProcess engine = EngineProcess.run(folder, topology, "--memory")) {
            try (SmtpConnection connection =
                    Letter.connect(engine.smtp("BER-HT1"), Protocol.SMTP).orElseThrow()) {
                Letter.of("m", 100, "a@outside.test").over(connection);
            }
            assertThat(engine.terminate()).isEqualTo(1);
            assertThat(engine.errors()).contains("unsent and lost: ").contains("1 message");
        }
    }

    @Test
    void whatIsInTheWayAtTheStartIsSaidInOneLine() throws Exception {
        Path plain = topology(Topologies.twoHubs(1, 1));
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThat(failure(plain, "--data", file)).contains(file + " is no folder");
        try (EngineProcess engine = EngineProcess.run(folder, plain, "--data", folder.resolve("data"))) {
            assertThat(failure(plain, "--data", folder.resolve("data"))).contains("in use by process " + engine.pid());
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path fixed = topology(Topologies.twoHubs(1, 1)
                    .replace("BER-HT1: { site", "BER-HT1: { smtp: \"127.0.0.1:" + taken.getLocalPort() + "\", site"));
            assertThat(failure(fixed, "--memory")).contains("BER-HT1").contains("127.0.0.1:" + taken.getLocalPort());
        }
        assertThatThrownBy(() -> EngineProcess.run(folder, plain, "--memory", "--server", "BER-HT1"))
                .hasMessageContaining("--peers");
    }

    /** Runs until it fails; answers its only line. */
    private String failure(Object... arguments) throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        EngineProcess.command(List.of(), "org.bridgehead.cli.Main", folder, arguments))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(40));
        String text = Files.readString(said);
        assertThat(process.exitValue()).as(text).isEqualTo(3);
        assertThat(text.lines()).as(text).hasSize(1);
        return text;
    }

    /** The kernel's choice, given back: refused until somebody else gets it. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
