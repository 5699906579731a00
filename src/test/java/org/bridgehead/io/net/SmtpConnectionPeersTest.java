package org.bridgehead.io.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome.Delivered;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.SmtpConnection.ConnectResult.Connected;
import org.bridgehead.io.net.SmtpConnection.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that we did not write. */
@Timeout(60)
class SmtpConnectionPeersTest {
    private static final String LETTER = "Subject: dots\r\nFrom: a@x.example\r\n\r\n.\r\n..\r\n.dot\r\nend\r\n";

    @Test
    void greenMail() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            SmtpConnection connection = connect(
                    new InetSocketAddress(
                            InetAddress.getByName("127.0.0.1"), server.getSmtp().getPort()),
                    Protocol.SMTP);
            for (int i = 0; i < 20; i++) {
                assertThat(connection.transmit(to("b@y.example", "c@y.example"), body(LETTER)))
                        .hasSize(2)
                        .allMatch(o -> o instanceof Delivered);
            }
            connection.close();
            MimeMessage[] mails = server.getReceivedMessages();
            assertThat(mails).hasSize(40);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            mails[0].writeTo(out);
            // GreenMail drops the last CR LF.
            assertThat(out.toString(StandardCharsets.US_ASCII)).endsWith("\r\n\r\n.\r\n..\r\n.dot\r\nend");
        } finally {
            server.stop();
        }
    }

    @Test
    void postfixSmtpSink(@TempDir Path dumps) throws Exception {
        sink(Protocol.SMTP, dumps);
    }

    @Test
    void postfixLmtpSink(@TempDir Path dumps) throws Exception {
        sink(Protocol.LMTP, dumps);
    }

    private static void sink(Protocol protocol, Path dumps) throws Exception {
        Optional<Path> program = Stream.of("/usr/sbin/smtp-sink", "/usr/local/sbin/smtp-sink")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "Postfix's smtp-sink is not installed");
        // smtp-sink cannot tell which port it was given, so a free one is looked for beforehand.
        InetSocketAddress address = freePort();
        String user = System.getProperty("user.name");
        List<String> command = new ArrayList<>(
                List.of(program.get().toString(), "-D", dumps + "/mails", "127.0.0.1:" + address.getPort(), "10"));
        if (protocol == Protocol.LMTP) {
            command.add(1, "-L");
        }
        if (user.equals("root")) {
            command.addAll(1, List.of("-u", "root"));
        }
        Process sink = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dumps.resolve("log").toFile())
                .start();
        try {
            awaitDoor(address, sink);
            SmtpConnection connection = connect(address, protocol);
            for (int i = 0; i < 5; i++) {
                assertThat(connection.transmit(to("b@y.example", "c@y.example"), body(LETTER)))
                        .hasSize(2)
                        .allMatch(o -> o instanceof Delivered);
            }
            connection.close();
            String mails = Files.readString(dumps.resolve("mails"));
            assertThat(mails.split("\n\n\\.\n\\.\\.\n\\.dot\nend\n", -1)).hasSize(5 + 1);
        } finally {
            sink.destroy();
            sink.waitFor();
        }
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    private static void awaitDoor(InetSocketAddress address, Process server) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end && server.isAlive()) {
            try (Socket probe = new Socket()) {
                probe.connect(address, 1_000);
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("smtp-sink did not open " + address);
    }

    private static SmtpConnection connect(InetSocketAddress address, Protocol protocol) {
        Settings settings = new Settings(
                SendConfig.plain("me.example", protocol),
                "peer",
                Optional.empty(),
                TimeLimits.all(Duration.ofSeconds(10)),
                Optional.empty());
        return ((Connected) SmtpConnection.connect(address, settings)).connection();
    }

    private static Outgoing to(String... recipients) {
        return Outgoing.ascii(Envelope.of(
                EmailAddress.tryParse("a@x.example"),
                Stream.of(recipients).map(EmailAddress::of).map(Recipient::of).toList()));
    }

    private static BodySource body(String text) {
        return BodySource.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
