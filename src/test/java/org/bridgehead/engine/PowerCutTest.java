package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.engine.SystemCalls.Call;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut keeps what was synced, not what was written. strace shows the order of a whole engine: between the last
 * write of a message to the log and the {@code 250} for it there is a sync of that log, begun after the one and completed
 * before the other. For a hub (SMTP) and for a mailbox node (LMTP). The mutant that never syncs fails the same check.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PowerCutTest {
    private static final int LETTERS = 20;
    private static final String SECRET = "correct horse battery staple";
    private static final Pattern SPOOL_LOG = Pattern.compile("/spool/store/\\d+\\.log>");
    private static final Pattern MAILBOX_LOG = Pattern.compile("/mailboxes/[^>]*>");

    @TempDir
    Path folder;

    /** Answers without a sync before them, by door. */
    private record Early(List<String> hub, List<String> node) {}

    @BeforeEach
    void writeTopology() throws IOException {
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Files.writeString(folder.resolve("topology.yaml"), """
            bridgehead: 1
            organization: { name: Contoso, acceptedDomains: { contoso.test: authoritative }, secretFile: secret }
            sites: { Berlin: {} }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              BER-MBX1: { site: Berlin, roles: [mailbox] }
            receiveConnectors:
              Load: { server: BER-HT1, bind: "127.0.0.1:0", permissions: [anonymous] }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
            """);
    }

    @Test
    void noAnswerPrecedesItsSync() throws Exception {
        Early early = trace("org.bridgehead.cli.Main", "synced");
        assertThat(early.hub()).isEmpty();
        assertThat(early.node()).isEmpty();
    }

    @Test
    void theMutantThatNeverSyncsIsCaught() throws Exception {
        Early early = trace(MutantEngine.class.getName(), "mutant");
        assertThat(early.hub()).hasSize(LETTERS);
        assertThat(early.node()).hasSize(LETTERS);
    }

    private Early trace(String main, String name) throws Exception {
        Path trace = folder.resolve(name + ".strace");
        List<String> strace = List.of(
                "strace",
                "-f",
                "-y",
                "-s",
                "2000",
                "-e",
                "trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fdatasync,fsync",
                "-o",
                trace.toString());
        assumeTrue(SystemCalls.traceable(folder), "SKIPPED: strace is not installed or refused here");
        try (EngineProcess engine = EngineProcess.start(
                strace, main, folder, folder.resolve("topology.yaml"), "--data", folder.resolve(name))) {
            // The node first: its answers bear no token, so nobody else may be speaking to it.
            sendToNode(engine.address("BER-MBX1", "lmtp"));
            sendToHub(engine.connector("Load"));
        }
        SystemCalls calls = SystemCalls.read(trace);
        return new Early(
                early(calls, SPOOL_LOG, "hub", "250 2.6.0 <hub"),
                early(calls, MAILBOX_LOG, "node", "250 2.1.5 delivered"));
    }

    private static Letter letter(String name, int number) {
        // The token also ends the message, so that its last octets are found in the trace.
        Letter plain = Letter.of(name + number, 600, "anna@contoso.test");
        byte[] end = ("end of " + name + number + ".\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] octets = Arrays.copyOf(plain.octets(), plain.octets().length + end.length);
        System.arraycopy(end, 0, octets, plain.octets().length, end.length);
        return new Letter(plain.token(), plain.recipients(), octets);
    }

    private static void sendToHub(InetSocketAddress door) {
        try (SmtpConnection connection = Letter.connect(door, Protocol.SMTP).orElseThrow()) {
            for (int i = 100; i < 100 + LETTERS; i++) {
                assertThat(letter("hub", i).over(connection)).allMatch(RecipientOutcome.Delivered.class::isInstance);
            }
        }
    }

    /** As a hub of the organisation would, one after the other. */
    private static void sendToNode(InetSocketAddress door) {
        SendConfig hub = SendConfig.plain("BER-HT1", Protocol.LMTP)
                .with(new Credentials.Organization("BER-HT1", SECRET, SmtpConnection.newNonce(), Optional.empty()));
        ConnectResult result = SmtpConnection.connect(door, SmtpConnection.Settings.of(hub));
        assertThat(result).isInstanceOf(ConnectResult.Connected.class);
        try (SmtpConnection connection = ((ConnectResult.Connected) result).connection()) {
            for (int i = 100; i < 100 + LETTERS; i++) {
                Letter letter = letter("node", i);
                TransferState state = TransferState.fresh(
                        Drivers.newTransportId(), Instant.now(), letter.octets().length, Optional.empty());
                assertThat(connection.transmit(
                                new Outgoing(letter.envelope(), Optional.of(state), false, false),
                                BodySource.of(letter.octets())))
                        .allMatch(RecipientOutcome.Delivered.class::isInstance);
            }
        }
    }

    private static List<String> early(SystemCalls calls, Pattern log, String name, String answerText) {
        List<String> early = new ArrayList<>();
        List<Call> inOrder = calls.sent(answerText);
        for (int i = 0; i < LETTERS; i++) {
            String token = name + (100 + i);
            List<Call> answers = name.equals("hub") ? calls.sent("250 2.6.0 <" + token + "@") : nodeAnswer(inOrder, i);
            assertThat(answers).as("the answer to " + token).hasSize(1);
            Call answer = answers.get(0);
            List<Call> writes = calls.writes(log, token).stream()
                    .filter(write -> write.begin() < answer.begin())
                    .toList();
            assertThat(writes).as("writes of " + token).isNotEmpty();
            assertThat(writes.stream().map(Call::arguments).reduce("", String::concat))
                    .contains("end of " + token);
            Call last = writes.get(writes.size() - 1);
            if (!calls.syncedBetween(last, answer, log)) {
                early.add(token);
            }
        }
        return early;
    }

    /** Nobody but us speaks LMTP at the beginning: the first answers are ours, in order. */
    private static List<Call> nodeAnswer(List<Call> answers, int number) {
        return answers.subList(number, number + 1);
    }
}
