package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransferState.Flag;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over real sockets and over {@code kill -9}: a hub in a process of its own knows a transfer again that it has accepted. The
 * sending hub is played by the test, for what it does depends on when it dies.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RepeatedTransferTest {
    private static final String SECRET = "correct horse battery staple";
    private static final Handover.Mark MARK = new Handover.Mark(42, CopyId.original(new InternalId(7)));

    @TempDir
    Path folder;

    /** Where nobody listens there is nothing that mail could be delivered to. */
    private static final int NOBODY = 1;

    private Path topology(int smartHost) throws Exception {
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        return Files.writeString(folder.resolve("topology.yaml"), """
            bridgehead: 1
            organization:
              name: Contoso
              acceptedDomains: { contoso.test: authoritative, outside.test: externalRelay }
              retry: { glitchInterval: 1s, transientInterval: 1s, interval: 1s }
              secretFile: secret
            sites: { Berlin: {}, Munich: {} }
            siteLinks: { Berlin-Munich: { sites: [Berlin, Munich], cost: 10 } }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              BER-HT2: { site: Berlin, roles: [hubTransport] }
              MUC-HT1: { site: Munich, roles: [hubTransport] }
            connectors:
              Outside: { addressSpaces: ["SMTP:outside.test;1"], sourceServers: [MUC-HT1], smartHosts: ["127.0.0.1:%d"] }
            """.formatted(smartHost));
    }

    private EngineProcess engine(int smartHost) throws Exception {
        return EngineProcess.run(folder, topology(smartHost), "--data", folder.resolve("data"));
    }

    /** What a hub hands over, and what it is told: the reply to all recipients. */
    private static String handOver(
            EngineProcess to, String from, Letter letter, TransferState state, Handover.Mark mark) {
        SendConfig hub = SendConfig.plain(from, Protocol.SMTP)
                .with(new Credentials.Organization(from, SECRET, SmtpConnection.newNonce(), Optional.empty()));
        InetSocketAddress door = to.smtp("MUC-HT1");
        ConnectResult result = SmtpConnection.connect(door, SmtpConnection.Settings.of(hub));
        assertThat(result).isInstanceOf(ConnectResult.Connected.class);
        try (SmtpConnection connection = ((ConnectResult.Connected) result).connection()) {
            List<RecipientOutcome> outcomes = connection.transmit(
                    new Outgoing(letter.envelope(), Optional.of(state), false, false, Optional.of(mark)),
                    BodySource.of(letter.octets()));
            assertThat(outcomes).allMatch(RecipientOutcome.Delivered.class::isInstance);
            return outcomes.get(0).toString();
        }
    }

    @Test
    void aTransferThatWasAcceptedIsKnownAgainAfterTheDeathOfTheReceiver() throws Exception {
        Letter letter = Letter.of("twice", 3000, "a@outside.test", "b@outside.test");
        Letter more =
                new Letter("twice", List.of("a@outside.test", "b@outside.test", "c@outside.test"), letter.octets());
        Letter last = Letter.of("last", 100, "a@outside.test");
        TransferState first =
                TransferState.fresh(Drivers.newTransportId(), Instant.now(), letter.octets().length, Optional.empty());
        TransferState again = first.with(Flag.AGAIN);
        String accepted;
        try (EngineProcess receiver = engine(NOBODY)) {
            accepted = handOver(receiver, "BER-HT1", letter, first, MARK);
            assertThat(handOver(receiver, "BER-HT1", letter, again, MARK)).isEqualTo(accepted);
            receiver.kill();
        }
        try (Sink outside = Sink.smtp()) {
            try (EngineProcess receiver = engine(outside.port())) {
                assertThat(handOver(receiver, "BER-HT1", letter, again, MARK)).isEqualTo(accepted);
                assertThat(handOver(receiver, "BER-HT1", more, again, MARK))
                        .as("somebody is new")
                        .isNotEqualTo(accepted);
                assertThat(outside.missing(keys(more), Duration.ofSeconds(60))).isEmpty();
                assertThat(outside.duplicates()).isZero();
                assertThat(receiver.terminate()).isZero();
            }
            try (EngineProcess receiver = engine(outside.port())) {
                assertThat(handOver(receiver, "BER-HT1", letter, again, MARK))
                        .as("the message is gone long since")
                        .isEqualTo(accepted);
                Handover.Mark other = new Handover.Mark(42, CopyId.original(new InternalId(8)));
                handOver(receiver, "BER-HT1", letter, again, other);
                handOver(receiver, "BER-HT2", letter, again, MARK);
                handOver(receiver, "BER-HT1", last, fresh(last), other);
                assertThat(outside.missing(keys(last), Duration.ofSeconds(60))).isEmpty();
                assertThat(outside.awaitCopies("twice b@outside.test", 3, Duration.ofSeconds(60)))
                        .as("another copy, and another server's")
                        .isEqualTo(3);
                assertThat(outside.repeated().keySet()).containsExactly("twice a@outside.test", "twice b@outside.test");
                assertThat(receiver.terminate()).isZero();
            }
        }
    }

    private static TransferState fresh(Letter letter) {
        return TransferState.fresh(Drivers.newTransportId(), Instant.now(), letter.octets().length, Optional.empty());
    }

    private static List<String> keys(Letter letter) {
        return letter.recipients().stream().map(to -> letter.token() + " " + to).toList();
    }
}
