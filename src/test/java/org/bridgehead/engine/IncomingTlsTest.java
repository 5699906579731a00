package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.tls.Identity;
import org.bridgehead.io.tls.SelfSigned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS and AUTH at the doors of servers, and between them, over real sockets. */
@Timeout(60)
class IncomingTlsTest {
    private static final String ANNA =
            Base64.getEncoder().encodeToString("\0anna@contoso.test\0open sesame".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private MailOrganization start(String organization, boolean outbound) throws Exception {
        Path file = Files.writeString(folder.resolve("t.yaml"), """
            bridgehead: 1
            organization: { name: Contoso, acceptedDomains: { contoso.test: authoritative }, %s }
            sites: { Berlin: {}, Munich: {} }
            siteLinks: { Berlin-Munich: { sites: [Berlin, Munich], cost: 10 } }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              MUC-HT1: { site: Munich, roles: [hubTransport] }
              MUC-MBX1: { site: Munich, roles: [mailbox] }
            receiveConnectors:
              Strict: { server: BER-HT1, permissions: [users], tls: required }
              Bare: { server: BER-HT1, permissions: [anonymous], tls: none }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@contoso.test], database: MUC-MBX1/SG1/DB1, password: open sesame }
            """.formatted(organization));
        LoadedTopology loaded = TopologyFile.load(file);
        return MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                .virtualFrom(Instant.parse("2026-03-01T09:00:00Z"))
                .outbound(outbound)
                .loopbackIsUser(false));
    }

    /** A client that can say things behind STARTTLS in the same breath. */
    private static final class Client implements AutoCloseable {
        private Socket socket;
        private BufferedReader in;

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(10_000);
            in = reader();
            reply();
        }

        private BufferedReader reader() throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        String say(String text) throws IOException {
            socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return reply();
        }

        String reply() throws IOException {
            StringBuilder reply = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                reply.append(line).append('/');
                if (line.length() < 4 || line.charAt(3) != '-') {
                    return reply.toString();
                }
            }
            return reply + "closed";
        }

        X509Certificate secure() throws Exception {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyServer()}, null);
            SSLSocket secure =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            secure.startHandshake();
            socket = secure;
            in = reader();
            return (X509Certificate) secure.getSession().getPeerCertificates()[0];
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static final class AnyServer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            assertThat(chain).isNotEmpty();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** CVE-2011-0411: what an attacker slips in behind STARTTLS must not count as said by the client over TLS. */
    @Test
    void whatIsPipelinedBehindStartTlsIsForgottenWithAllThatWasSaidBefore() throws Exception {
        try (MailOrganization org = start("", false);
                Client client = new Client(org.server("BER-HT1").smtp().getPort())) {
            assertThat(client.say("EHLO mallory.test")).contains("STARTTLS");
            assertThat(client.say("AUTH PLAIN " + ANNA)).startsWith("235");
            assertThat(client.say("MAIL FROM:<mallory@contoso.test>")).startsWith("250");
            assertThat(client.say("RSET")).startsWith("250");
            String answer = client.say("STARTTLS\r\nEHLO mallory.test\r\nMAIL FROM:<mallory@contoso.test>\r\n"
                    + "RCPT TO:<anna@contoso.test>\r\nDATA");
            assertThat(answer).startsWith("220 2.0.0");
            client.secure();
            assertThat(client.say("MAIL FROM:<anna@contoso.test>")).startsWith("503");
            assertThat(client.say("EHLO anna.test")).contains("AUTH ").doesNotContain("STARTTLS");
            assertThat(client.say("MAIL FROM:<anna@contoso.test>")).startsWith("530 5.7.1");
            assertThat(client.say("RCPT TO:<anna@contoso.test>")).startsWith("503");
            assertThat(org.tracking().events()).isEmpty();
        }
    }

    @Test
    void passwordsAreTakenOverTlsOnlyUnlessEverythingStaysOnThisMachine() throws Exception {
        try (MailOrganization org = start("", true);
                Client client = new Client(org.server("BER-HT1").smtp().getPort())) {
            assertThat(client.say("EHLO c.test")).doesNotContain("PLAIN");
            assertThat(client.say("AUTH PLAIN " + ANNA)).startsWith("538 5.7.11");
            client.say("STARTTLS");
            client.secure();
            assertThat(client.say("EHLO c.test")).contains("PLAIN LOGIN");
            assertThat(client.say("AUTH PLAIN " + ANNA)).startsWith("235");
            assertThat(org.send(mail -> mail.from("anna@contoso.test").to("anna@contoso.test"))
                            .outcomes())
                    .allMatch(outcome -> outcome instanceof org.bridgehead.core.mail.RecipientOutcome.Delivered);
        }
    }

    @Test
    void aConnectorOffersDemandsOrLacksTls() throws Exception {
        try (MailOrganization org = start("", false);
                Client strict = new Client(org.receiveConnectors().get("Strict").port());
                Client bare = new Client(org.receiveConnectors().get("Bare").port())) {
            assertThat(strict.say("EHLO c.test")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(strict.say("MAIL FROM:<anna@contoso.test>")).startsWith("530 5.7.0");
            assertThat(strict.say("AUTH PLAIN " + ANNA)).startsWith("530 5.7.0");
            strict.say("STARTTLS");
            strict.secure();
            strict.say("EHLO c.test");
            assertThat(strict.say("AUTH PLAIN " + ANNA)).startsWith("235");
            assertThat(bare.say("EHLO c.test")).doesNotContain("STARTTLS");
            assertThat(bare.say("STARTTLS")).startsWith("502");
        }
    }

    @Test
    void aServerShowsTheCertificateItWasGiven() throws Exception {
        Instant now = Instant.now();
        Identity own = SelfSigned.of(List.of("mail.contoso.test"), now.minusSeconds(60), now.plusSeconds(3_600));
        write("own.pem", "CERTIFICATE", own.chain().get(0).getEncoded());
        write("own.key", "PRIVATE KEY", own.key().getEncoded());
        String named = "certificateFile: own.pem, privateKeyFile: own.key";
        try (MailOrganization org = start(named, false);
                Client client = new Client(org.server("MUC-HT1").smtp().getPort())) {
            client.say("EHLO c.test");
            client.say("STARTTLS");
            assertThat(client.secure()).isEqualTo(own.chain().get(0));
        }
        Files.writeString(folder.resolve("own.key"), "nothing");
        assertThatThrownBy(() -> start(named, false))
                .isInstanceOf(OrganizationStartException.class)
                .hasMessageContaining("own.key needs one private key in PKCS#8");
    }

    private void write(String name, String type, byte[] octets) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(octets) + "\n-----END " + type
                        + "-----\n");
    }

    /** A mail program we did not write, then two hubs: each hop says in Received how it came (RFC 3848). */
    @Test
    void aLetterGoesFromAMailProgramOverTwoHubsUnderTls() throws Exception {
        try (MailOrganization org = start("serverTls: required", false)) {
            Properties settings = new Properties();
            settings.put("mail.smtp.host", "127.0.0.1");
            settings.put(
                    "mail.smtp.port", "" + org.receiveConnectors().get("Strict").port());
            settings.put("mail.smtp.starttls.required", "true");
            settings.put("mail.smtp.ssl.trust", "*");
            settings.put("mail.smtp.ssl.checkserveridentity", "false");
            settings.put("mail.smtp.auth", "true");
            Session session = Session.getInstance(settings);
            MimeMessage letter = new MimeMessage(session);
            letter.setFrom(new InternetAddress("anna@contoso.test"));
            letter.setRecipient(Message.RecipientType.TO, new InternetAddress("anna@contoso.test"));
            letter.setSubject("hi");
            letter.setText("hello");
            Transport.send(letter, "anna@contoso.test", "open sesame");
            org.awaitIdle(Duration.ofSeconds(20));

            List<ReceivedMail> arrived = org.mailbox("anna@contoso.test").messages();
            assertThat(arrived).hasSize(1);
            String header = new String(arrived.get(0).octets(), StandardCharsets.UTF_8).replaceAll("\r\n\t", " ");
            assertThat(header.lines().filter(line -> line.startsWith("Received: ")))
                    .hasSize(3)
                    .satisfiesExactly(
                            line -> assertThat(line).contains("by MUC-MBX1", "with LMTPSA"),
                            line -> assertThat(line).contains("by MUC-HT1", "with ESMTPSA"),
                            line -> assertThat(line).contains("by BER-HT1", "with ESMTPSA"));
        }
    }

    @Test
    void inOneProcessServersSpareTheHandshakeUnlessTold() throws Exception {
        for (String told : List.of("", "serverTls: opportunistic")) {
            try (MailOrganization org = start(told, false)) {
                org.send(mail ->
                        mail.from("anna@contoso.test").to("anna@contoso.test").via("BER-HT1"));
                org.awaitIdle(Duration.ofSeconds(20));
                String mail = new String(
                        org.mailbox("anna@contoso.test").messages().get(0).octets(), StandardCharsets.UTF_8);
                assertThat(mail.contains("with ESMTPSA")).isEqualTo(!told.isEmpty());
            }
        }
    }

    /** Octets of no TLS after the go-ahead end the connection, and the listener lives on. */
    @Test
    void garbageInPlaceOfAHandshakeHurtsNobodyElse() throws Exception {
        try (MailOrganization org = start("", false)) {
            HostPort at = org.receiveConnectors().get("Strict");
            try (Client client = new Client(at.port())) {
                client.say("EHLO c.test");
                assertThat(client.say("STARTTLS")).startsWith("220");
                client.say("MAIL FROM:<anna@contoso.test>");
            }
            try (Client next = new Client(at.port())) {
                assertThat(next.say("EHLO c.test")).startsWith("250");
            }
        }
    }
}
