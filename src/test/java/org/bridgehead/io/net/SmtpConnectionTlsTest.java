package org.bridgehead.io.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome.Delivered;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.core.smtp.SendConfig.Tls;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;
import org.bridgehead.io.net.SmtpConnection.ConnectResult.Connected;
import org.bridgehead.io.net.SmtpConnection.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** STARTTLS and AUTH against a server that we did not write. */
@Timeout(60)
class SmtpConnectionTlsTest {
    private static SSLContext context;
    private static ClientTls trust;

    private final AtomicReference<String> received = new AtomicReference<>("");
    private SMTPServer server;

    @BeforeAll
    static void certificate(@TempDir Path directory) throws Exception {
        context = Certificates.localhost(directory);
        trust = ClientTls.trusting(Certificates.made(directory));
    }

    @BeforeEach
    void start() {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .enableTLS(true)
                .startTlsSocketFactory(context)
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, session) -> {
                    if (!user.equals("anna") || !password.equals("secret")) {
                        throw new LoginFailedException();
                    }
                }))
                .simpleMessageListener(new org.subethamail.smtp.helper.SimpleMessageListener() {
                    @Override
                    public boolean accept(String from, String recipient) {
                        return true;
                    }

                    @Override
                    public void deliver(String from, String recipient, InputStream data) throws java.io.IOException {
                        received.set(new String(data.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII));
                    }
                })
                .build();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void verifiedWithPassword() {
        Connected connected = (Connected) connect("localhost", Tls.VERIFIED, "secret");
        assertThat(connected.ready().tls()).isTrue();
        assertThat(connected.ready().authenticated()).isTrue();
        Envelope envelope = Envelope.of(
                EmailAddress.tryParse("a@x.example"), List.of(Recipient.of(EmailAddress.of("b@y.example"))));
        String letter = "Subject: x\r\n\r\n" + "0123456789\r\n".repeat(20_000);
        assertThat(connected.connection().transmit(Outgoing.ascii(envelope), BodySource.of(letter.getBytes())))
                .allMatch(o -> o instanceof Delivered);
        connected.connection().close();
        assertThat(received.get()).endsWith(letter);
    }

    @Test
    void verifiedRefusesAnotherName() {
        ConnectResult.Refused refused = (ConnectResult.Refused) connect("other.example", Tls.VERIFIED, "secret");
        assertThat(refused.why().status()).hasToString("4.7.5");
        assertThat(refused.why().reply()).isEqualTo("certificate of other.example is for localhost");
        ConnectResult unverified = connect("other.example", Tls.REQUIRED, "secret");
        assertThat(unverified).isInstanceOf(Connected.class);
        ((Connected) unverified).connection().close();
    }

    @Test
    void aWrongPasswordIsRefused() {
        ConnectResult.Refused refused = (ConnectResult.Refused) connect("localhost", Tls.REQUIRED, "guess");
        assertThat(refused.why().stage()).isEqualTo(Stage.AUTH);
    }

    @Test
    void opportunisticTriesAgainInClearRequiredDoesNot() throws Exception {
        ScriptedServer.Script broken = peer -> {
            peer.greet("STARTTLS").until("STARTTLS").say("220 go");
            assertThat(peer.in.read()).as("type of a TLS record").isEqualTo(22);
            peer.say("this is no TLS").reset();
        };
        try (ScriptedServer scripted = new ScriptedServer(broken, broken, peer -> peer.greet("STARTTLS"))) {
            assertThat(SmtpConnection.connect(scripted.address(), settings("peer", Tls.REQUIRED, null)))
                    .isInstanceOf(ConnectResult.Refused.class);
            Connected clear =
                    (Connected) SmtpConnection.connect(scripted.address(), settings("peer", Tls.OPPORTUNISTIC, null));
            assertThat(clear.ready().tls()).isFalse();
            clear.connection().abort();
        }
    }

    private ConnectResult connect(String name, Tls policy, String password) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPortAllocated());
        return SmtpConnection.connect(address, settings(name, policy, password));
    }

    private static Settings settings(String name, Tls policy, @org.jspecify.annotations.Nullable String password) {
        Credentials credentials =
                password == null ? new Credentials.Anonymous() : new Credentials.Password("anna", password, false);
        return new Settings(
                SendConfig.plain("me.example", Protocol.SMTP)
                        .with(policy)
                        .with(credentials)
                        .with(new SendConfig.Parties(name, "this test")),
                name,
                Optional.of(trust),
                TimeLimits.all(Duration.ofSeconds(10)),
                Optional.empty());
    }
}
