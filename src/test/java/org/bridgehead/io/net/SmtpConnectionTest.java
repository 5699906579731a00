package org.bridgehead.io.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.RecipientOutcome.Bounced;
import org.bridgehead.core.mail.RecipientOutcome.Deferred;
import org.bridgehead.core.mail.RecipientOutcome.Delivered;
import org.bridgehead.core.mail.RecipientOutcome.Unknown;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;
import org.bridgehead.io.net.SmtpConnection.ConnectResult.Connected;
import org.bridgehead.io.net.SmtpConnection.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SmtpConnectionTest {
    static final Outgoing ONE = Outgoing.ascii(
            Envelope.of(EmailAddress.tryParse("a@x.example"), List.of(Recipient.of(EmailAddress.of("b@y.example")))));
    static final BodySource BODY = BodySource.of(new byte[] {'x', '\r', '\n'});
    private static final BodySource LARGE = BodySource.of(new byte[32 << 20]);

    @Test
    void oneMessageAndGoodBye() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.greet("PIPELINING").until("DATA").say("250 ok", "250 ok", "354 go");
            peer.until(".\r").say("250 2.0.0 done").until("QUIT").say("221 bye");
        })) {
            SmtpConnection connection = connect(server, settings());
            assertThat(send(connection, ONE, BODY)).containsExactly(new Delivered("250 2.0.0 done"));
            assertThat(connection.usable()).isTrue();
            connection.close();
            connection.close();
            assertThat(connection.usable()).isFalse();
            assertThat(send(connection, ONE, BODY).get(0)).isInstanceOf(Deferred.class);
            assertThat(server.troubles()).isEmpty();
        }
    }

    @Test
    void nobodyListens() throws Exception {
        InetSocketAddress address;
        try (ServerSocket unused = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            address = (InetSocketAddress) unused.getLocalSocketAddress();
        }
        ConnectResult.Lost lost = (ConnectResult.Lost) SmtpConnection.connect(address, settings());
        assertThat(lost.why().stage()).isEqualTo(Stage.CONNECT);
    }

    @Test
    void aSilentPeerRunsIntoTheTimeLimit() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> await(done))) {
            Settings quick = settings(TimeLimits.all(Duration.ofMillis(50)), Optional.empty());
            ConnectResult.Lost lost = (ConnectResult.Lost) SmtpConnection.connect(server.address(), quick);
            assertThat(lost.why().stage()).isEqualTo(Stage.BANNER);
            done.countDown();
        }
    }

    @Test
    void aRefusalIsTold() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> peer.say("554 5.7.1 not you"))) {
            ConnectResult.Refused refused =
                    (ConnectResult.Refused) SmtpConnection.connect(server.address(), settings());
            assertThat(refused.why().reply()).isEqualTo("554 5.7.1 not you");
        }
    }

    @Test
    void aResetAfterTheFinalDotLeavesDoubt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.greet("PIPELINING").until("DATA").say("250 ok", "250 ok", "354 go");
            peer.until(".\r").reset();
        })) {
            SmtpConnection connection = connect(server, settings());
            assertThat(send(connection, ONE, BODY).get(0)).isInstanceOf(Unknown.class);
            assertThat(connection.usable()).isFalse();
            connection.close();
        }
    }

    @Test
    void aResetBeforeTheFinalDotDefers() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.greet("PIPELINING").until("DATA").say("250 ok", "250 ok", "354 go");
            peer.in.readNBytes(1000);
            peer.reset();
        })) {
            SmtpConnection connection = connect(server, settings());
            Deferred deferred = (Deferred) send(connection, ONE, LARGE).get(0);
            assertThat(deferred.status()).hasToString("4.4.2");
        }
    }

    @Test
    void whatThePeerSaidBeforeItStoppedListeningCounts() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.greet("PIPELINING").until("DATA").say("250 ok", "250 ok", "354 go");
            peer.in.readNBytes(1000);
            peer.say("552 5.3.4 too much");
            peer.socket.shutdownOutput();
            peer.socket.shutdownInput();
            peer.socket.close();
        })) {
            SmtpConnection connection = connect(server, settings());
            RecipientOutcome outcome = send(connection, ONE, LARGE).get(0);
            // The reset may overtake the reply; then the attempt counts as broken off, never as delivered.
            assertThat(outcome).isInstanceOfAny(Bounced.class, Deferred.class);
            assertThat(connection.usable()).isFalse();
        }
    }

    @Test
    void aFarewellToAnIdleConnectionIsHeard() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.greet("PIPELINING", "CHUNKING").say("421 4.4.2 idle for too long");
            said.countDown();
            peer.in.read();
        })) {
            SmtpConnection connection = connect(server, settings());
            await(said);
            assertThat(send(connection, ONE, BODY))
                    .allMatch(o -> o instanceof Deferred d && d.reply().contains("421 4.4.2 idle"));
            connection.close();
        }
    }

    @Test
    void abortReleasesABlockedCall() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.greet("PIPELINING").until("DATA");
            reached.countDown();
            await(done);
        })) {
            SmtpConnection connection = connect(server, settings());
            CompletableFuture<List<RecipientOutcome>> outcomes =
                    CompletableFuture.supplyAsync(() -> send(connection, ONE, BODY));
            await(reached);
            connection.abort();
            Deferred deferred = (Deferred) outcomes.get(10, TimeUnit.SECONDS).get(0);
            assertThat(deferred.reply()).isEqualTo("aborted");
            assertThat(connection.usable()).isFalse();
            connection.close();
            done.countDown();
        }
    }

    @Test
    void dialingCanBeAborted() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<SmtpConnection> dialing = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(peer -> await(done))) {
            CompletableFuture<ConnectResult> result = CompletableFuture.supplyAsync(
                    () -> SmtpConnection.connect(server.address(), settings(), dialing::complete));
            dialing.get(10, TimeUnit.SECONDS).abort();
            assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(ConnectResult.Lost.class);
            done.countDown();
        }
    }

    @Test
    void aPeerThatStopsReadingIsCutByTheWatchdog() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.greet("PIPELINING").until("DATA").say("250 ok", "250 ok", "354 go");
            await(done);
        })) {
            TimeLimits limits = TimeLimits.all(Duration.ofMillis(500));
            SmtpConnection connection = connect(server, settings(limits, Optional.of(watchdog)));
            Deferred deferred = (Deferred) send(connection, ONE, LARGE).get(0);
            assertThat(deferred.reply()).contains("did not read");
            done.countDown();
        } finally {
            watchdog.shutdownNow();
        }
    }

    @Test
    void aBodyThatIsNotAsAnnouncedIsNeverDelivered() throws Exception {
        for (long announced : new long[] {2, 4, 70_000}) {
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.greet("PIPELINING", "CHUNKING").until("RCPT").say("250 ok", "250 ok");
                peer.in.readAllBytes();
            })) {
                SmtpConnection connection = connect(server, settings());
                Deferred deferred =
                        (Deferred) send(connection, ONE, announcing(announced)).get(0);
                assertThat(deferred.status()).hasToString("4.3.0");
                connection.close();
            }
        }
    }

    private static BodySource announcing(long size) {
        return new BodySource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return BODY.open();
            }
        };
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nothing happened in 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Sends a message and waits for what becomes of it. */
    List<RecipientOutcome> send(SmtpConnection connection, Outgoing mail, BodySource body) {
        return connection.transmit(mail, body);
    }

    static SmtpConnection connect(ScriptedServer server, Settings settings) {
        return ((Connected) SmtpConnection.connect(server.address(), settings)).connection();
    }

    static Settings settings() {
        return settings(TimeLimits.all(Duration.ofSeconds(5)), Optional.empty());
    }

    static Settings settings(TimeLimits limits, Optional<ScheduledExecutorService> watchdog) {
        return new Settings(SendConfig.plain("me.example", Protocol.SMTP), "peer", Optional.empty(), limits, watchdog);
    }
}
