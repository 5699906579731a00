package org.bridgehead.io.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Message;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.smtp.ConnectionLimits;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.PeerTrust;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceiveConfig.Tls;
import org.bridgehead.core.smtp.ReceiveLimits;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SmtpListenerTest {
    private static final ReceiveConfig CONFIG = ReceiveConfig.smtp("BER-HT1", "Berlin", ReceiveLimits.HUB);
    private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final ReceivePolicy POLICY = new ReceivePolicy() {
        @Override
        public Optional<Reply> recipient(
                Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
            return recipient.address().localPart().equals("unknown")
                    ? Optional.of(Reply.of(550, "5.1.1", "User unknown"))
                    : Optional.empty();
        }

        @Override
        public Optional<String> server(Peer peer, String provedName) {
            return provedName.equals("localhost") ? Optional.of("BER-EDGE1") : Optional.empty();
        }
    };

    private final ExecutorService threads = Executors.newCachedThreadPool();
    final CollectingSink sink = new CollectingSink();

    @AfterEach
    void noThreadStays() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private SmtpListener open(ListenerSettings settings, ReceiveConfig config) throws IOException {
        return SmtpListener.open(settings, config, POLICY, sink, threads, threads);
    }

    /** With a loop, and nobody to wait for anything. */
    SmtpListener openWithoutThreads() throws IOException {
        return SmtpListener.open(ListenerSettings.hub("127.0.0.1", 0), CONFIG, POLICY, sink, threads, task -> {
            throw new RejectedExecutionException("no thread, on purpose");
        });
    }

    private SmtpListener open() throws IOException {
        return open(ListenerSettings.hub("127.0.0.1", 0), CONFIG);
    }

    static void end(SmtpListener listener) throws InterruptedException {
        listener.kill();
        assertThat(listener.awaitEnd(SOON)).isTrue();
    }

    @Test
    void jakartaMailCanTalkToIt() throws Exception {
        SmtpListener listener = open();
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(listener.port()));
        properties.put("mail.smtp.dsn.notify", "FAILURE");
        properties.put("mail.smtp.localhost", "client.test");
        String text = "From: a@x.test\r\n"
                + "To: b@y.test\r\n"
                + "Subject: Gr=?utf-8?Q?=C3=BC=C3=9Fe?=\r\n"
                + "Message-ID: <7@x.test>\r\n\r\n"
                + "Hello\r\n"
                + ".\r\n"
                + "..\r\n"
                + ".x\r\n" + "y".repeat(2_500) + "\r\n";
        Session session = Session.getInstance(properties);
        Message message = new MimeMessage(session, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        Transport.send(
                message, new InternetAddress[] {new InternetAddress("b@y.test"), new InternetAddress("c@y.test")});
        assertThatThrownBy(() -> Transport.send(message, new InternetAddress[] {new InternetAddress("unknown@y.test")}))
                .isInstanceOf(SendFailedException.class)
                .hasStackTraceContaining("550 5.1.1 User unknown");
        end(listener);
        assertThat(sink.taken).hasSize(1);
        CollectingSink.Taken taken = sink.taken.remove();
        assertThat(taken.envelope().recipients()).hasSize(2);
        assertThat(taken.peer().loopback()).isTrue();
        assertThat(new String(taken.octets(), StandardCharsets.US_ASCII))
                .startsWith("Received: from client.test ([127.0.0.1]) by BER-HT1 (Bridgehead; site Berlin)\r\n")
                .endsWith(text.substring(text.indexOf("\r\n\r\n")));
        ListenerCounters counters = listener.counters();
        assertThat(counters.messages()).isEqualTo(1);
        assertThat(counters.octets()).isEqualTo(taken.octets().length);
        assertThat(counters.connections()).isEqualTo(2);
        assertThat(counters.open()).isZero();
    }

    @Test
    void ourOwnClientCanTalkToItOverTlsWithCertificate(@TempDir Path directory) throws Exception {
        SSLContext context = Certificates.localhost(directory);
        SmtpListener listener = open(
                ListenerSettings.hub("127.0.0.1", 0).with(context),
                CONFIG.with(Tls.REQUIRED).withAuth(true, false, true));
        try (LineClient client = new LineClient(listener.port())) {
            client.reply();
            assertThat(client.say("EHLO c.test")).endsWith("/250 STARTTLS");
            assertThat(client.say("MAIL FROM:<>")).startsWith("530 5.7.0");
            assertThat(client.say("STARTTLS")).startsWith("220 ");
            client.secure(context);
            assertThat(client.say("EHLO c.test")).contains("AUTH EXTERNAL PLAIN LOGIN");
            assertThat(client.say("AUTH EXTERNAL =")).startsWith("235 ");
            assertThat(client.say("EHLO c.test")).endsWith("XBRIDGEHEAD");
            client.send(ENVELOPE + "BDAT 14 LAST\r\nSubject: x\r\n\r\n");
            assertThat(List.of(client.reply(), client.reply(), client.reply())).allMatch(r -> r.startsWith("250 "));
            assertThat(client.say("QUIT")).startsWith("221 ");
        }
        end(listener);
        assertThat(sink.taken.remove().peer().trust()).isEqualTo(new PeerTrust.Server("BER-EDGE1"));
    }

    @Test
    void troubleOfTheSinkIsTheServersAndForAnotherTime() throws Exception {
        SmtpListener listener = open();
        try (LineClient client = new LineClient(listener.port())) {
            client.reply();
            client.say("EHLO c.test");
            for (String recipient : List.of("nospace", "nosync")) {
                client.say("MAIL FROM:<a@x.test>");
                client.say("RCPT TO:<" + recipient + "@y.test>");
                assertThat(client.say("DATA")).startsWith("354 ");
                client.send("Subject: x\r\n\r\n" + "text\r\n".repeat(50_000));
                assertThat(client.say(".")).startsWith("451 4.3.0");
            }
            sink.full = true;
            client.send(ENVELOPE);
            client.reply();
            client.reply();
            assertThat(client.say("DATA")).startsWith("452 4.3.1");
            sink.full = false;
            client.say("MAIL FROM:<a@x.test>");
            client.say("RCPT TO:<bug@y.test>");
            assertThat(client.say("DATA")).startsWith("421 4.3.0");
            assertThat(client.reply()).isEqualTo("closed");
        }
        end(listener);
        assertThat(sink.aborted).hasValue(2);
        assertThat(listener.counters().failures()).isEqualTo(3);
        assertThat(listener.counters().refusedMessages()).isEqualTo(3);
        assertThat(listener.transactionsInProgress()).isZero();
    }

    @Test
    void drainingLetsTransactionsEnd() throws Exception {
        SmtpListener listener = open();
        sink.gate = new CountDownLatch(1);
        try (LineClient idle = new LineClient(listener.port());
                LineClient sending = new LineClient(listener.port());
                LineClient ending = new LineClient(listener.port())) {
            for (LineClient client : List.of(idle, sending, ending)) {
                client.reply();
                client.say("EHLO c.test");
            }
            sending.say("MAIL FROM:<a@x.test>");
            ending.send(ENVELOPE + "DATA\r\n");
            ending.reply();
            ending.reply();
            ending.reply();
            ending.send("x\r\n.\r\n");
            assertThat(listener.transactionsInProgress()).isEqualTo(2);
            assertThat(listener.drain(Duration.ofMillis(200))).isFalse();
            assertThat(idle.reply()).startsWith("421 4.3.2");
            assertThatThrownBy(() -> new LineClient(listener.port()).reply()).isInstanceOf(IOException.class);
            sink.gate.countDown();
            assertThat(ending.reply()).startsWith("250 2.0.0");
            assertThat(ending.reply()).startsWith("421 4.3.2");
            assertThat(sending.say("RCPT TO:<b@y.test>")).startsWith("250 ");
            assertThat(sending.say("RSET")).startsWith("250 ");
            assertThat(sending.reply()).startsWith("421 4.3.2");
            for (LineClient client : List.of(idle, sending, ending)) {
                assertThat(client.reply()).isEqualTo("closed");
                client.disconnect();
            }
            assertThat(listener.drain(SOON)).isTrue();
        }
        assertThat(sink.taken).hasSize(1);
        assertThat(listener.transactionsInProgress()).isZero();
    }

    @Test
    void killingCutsEverything() throws Exception {
        SmtpListener listener = open();
        try (LineClient client = new LineClient(listener.port())) {
            client.reply();
            client.say("EHLO c.test");
            client.send(ENVELOPE + "DATA\r\nSubject: x\r\n");
            client.reply();
            client.reply();
            assertThat(client.reply()).startsWith("354 ");
            listener.kill();
            assertThatThrownBy(client::reply).isInstanceOf(IOException.class);
        }
        assertThat(listener.awaitEnd(SOON)).isTrue();
        assertThat(sink.taken).isEmpty();
        assertThat(sink.aborted).hasValue(1);
        assertThat(listener.transactionsInProgress()).isZero();
    }

    @Test
    void aLostConnectionLosesItsMessage() throws Exception {
        SmtpListener listener = open();
        try (LineClient client = new LineClient(listener.port())) {
            client.reply();
            client.say("EHLO c.test");
            client.send(ENVELOPE + "BDAT 1000 LAST\r\nSubject: x\r\n");
            client.reply();
            await().until(() -> listener.transactionsInProgress() == 1);
        }
        await().until(() -> listener.counters().open() == 0);
        assertThat(sink.aborted).hasValue(1);
        assertThat(listener.transactionsInProgress()).isZero();
        end(listener);
    }

    @Test
    void silenceAndAgeEndAConnection() throws Exception {
        ListenerSettings settings =
                ListenerSettings.hub("127.0.0.1", 0).with(Duration.ofMillis(150), Duration.ofMillis(400));
        SmtpListener listener = open(settings, CONFIG);
        try (LineClient client = new LineClient(listener.port())) {
            client.reply();
            assertThat(client.reply()).startsWith("421 4.4.1");
            assertThat(client.reply()).isEqualTo("closed");
        }
        try (LineClient client = new LineClient(listener.port())) {
            String reply = client.reply();
            int commands = 0;
            while (!reply.startsWith("421 ")) {
                reply = client.say("EHLO c.test");
                commands++;
                assertThat(commands).isLessThan(1_000_000);
            }
            assertThat(reply).startsWith("421 4.");
        }
        end(listener);
    }

    @Test
    void limitsOfConnections() throws Exception {
        SmtpListener listener =
                open(ListenerSettings.edge("127.0.0.1", 0).with(new ConnectionLimits(3, 2, 100)), CONFIG);
        try (LineClient one = new LineClient(listener.port());
                LineClient two = new LineClient(listener.port())) {
            one.reply();
            two.reply();
            try (LineClient three = new LineClient(listener.port())) {
                assertThat(three.reply()).isEqualTo("421 4.3.2 Too many connections from your address");
                assertThat(three.reply()).isEqualTo("closed");
            }
            two.say("QUIT");
            two.disconnect();
            await().until(() -> listener.counters().open() == 1);
            try (LineClient four = new LineClient(listener.port())) {
                assertThat(four.reply()).startsWith("220 ");
            }
        }
        assertThat(listener.counters().refusedConnections()).isEqualTo(1);
        end(listener);
    }

    @Test
    void withoutAThreadAPeerIsTurnedAway() throws Exception {
        SmtpListener listener = openWithoutThreads();
        try (LineClient client = new LineClient(listener.port())) {
            assertThat(client.reply()).startsWith("421 4.3.2");
        }
        end(listener);
    }

    @Test
    void aPeerThatDoesNotReadIsCut() throws Exception {
        ListenerSettings settings =
                ListenerSettings.hub("127.0.0.1", 0).with(Duration.ofMillis(500), Duration.ofSeconds(60));
        ReceiveLimits many = new ReceiveLimits(1 << 20, 1 << 18, 9, 9, 9, 9, Integer.MAX_VALUE, 512, 1000);
        SmtpListener listener = open(settings, ReceiveConfig.smtp("BER-HT1", "Berlin", many));
        try (LineClient client = new LineClient(listener.port())) {
            client.reply();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            client.send("EHLO c.test\r\n".repeat(1_000));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        await().atMost(SOON).until(() -> listener.counters().open() == 0);
        end(listener);
    }
}
