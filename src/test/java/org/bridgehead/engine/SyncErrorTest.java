package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.SmtpConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk says that it could not sync, a few times (strace makes it say so): mail is refused for now, nothing that was
 * acknowledged is lost, and the service goes on by itself.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SyncErrorTest {
    private static final int LETTERS = 40;

    @TempDir
    Path folder;

    private final List<String> owed = new ArrayList<>();
    private int tokens;
    private int refused;

    @Test
    void aSyncThatFailsRefusesMailForAWhile() throws Exception {
        assumeTrue(SystemCalls.traceable(folder), "SKIPPED: strace is not installed or refused here");
        List<String> strace = List.of(
                "strace",
                "-f",
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:error=EIO:when=15..18", // counted for each thread
                "-o",
                folder.resolve("calls").toString());
        try (Sink sink = Sink.smtp();
                EngineProcess engine = EngineProcess.start(
                        strace,
                        "org.bridgehead.cli.Main",
                        folder,
                        topology(sink.port()),
                        "--data",
                        folder.resolve("data"))) {
            try (SmtpConnection connection =
                    Letter.connect(engine.connector("Load"), Protocol.SMTP).orElseThrow()) {
                for (int i = 0; i < LETTERS; i++) {
                    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isTaken(connection));
                }
            }
            assertThat(Files.readString(folder.resolve("calls"))).contains("EIO");
            System.out.printf("%d letters taken, %d times refused for now%n", owed.size(), refused);
            assertThat(refused).isPositive();
            assertThat(sink.missing(owed, Duration.ofSeconds(60))).isEmpty();
        }
    }

    /** Hands in a letter; whoever is refused tries again later with another one. */
    private boolean isTaken(SmtpConnection connection) {
        Letter letter = Letter.of("t" + ++tokens, 500, "a@outside.test");
        RecipientOutcome outcome = letter.over(connection).get(0);
        if (outcome instanceof RecipientOutcome.Delivered) {
            owed.add(letter.token() + " a@outside.test");
            return true;
        }
        assertThat(outcome).isInstanceOf(RecipientOutcome.Deferred.class);
        refused++;
        return false;
    }

    private Path topology(int sink) throws Exception {
        return Files.writeString(folder.resolve("topology.yaml"), """
            bridgehead: 1
            organization:
              name: Contoso
              acceptedDomains: { outside.test: externalRelay }
              retry: { glitchInterval: 1s }
            sites: { Berlin: {} }
            servers: { BER-HT1: { site: Berlin, roles: [hubTransport] } }
            receiveConnectors:
              Load: { server: BER-HT1, bind: "127.0.0.1:0", permissions: [anonymous] }
            connectors:
              Outside: { addressSpaces: ["SMTP:outside.test;1"], sourceServers: [BER-HT1], smartHosts: ["127.0.0.1:%d"] }
            """.formatted(sink));
    }
}
