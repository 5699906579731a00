package org.bridgehead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.junit.MailAssertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Properties;
import java.util.SortedMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.engine.OrganizationStartException;
import org.bridgehead.engine.SmtpSession;
import org.bridgehead.io.config.TopologyBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness where there is no JUnit around it, talked to by a mail library. */
class WithoutJUnitTest {
    private static TopologyBuilder small() {
        return TopologyBuilder.of("Contoso", "contoso.test")
                .site("Berlin", site -> site.hubs("BER-HT1").mailboxServer("BER-MBX1"))
                .mailbox("anna@contoso.test", "BER-MBX1")
                .mailbox("*@contoso.test", "BER-MBX1");
    }

    @Test
    void aFileIsEnough(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("contoso.yaml");
        Files.writeString(file, small().yaml());
        try (MailOrganization org = MailOrganization.start(file)) {
            org.send(mail -> mail.from("anna@contoso.test").to("anna@contoso.test"));

            assertThat(org.mailbox("anna@contoso.test")).received(1);
            assertThat(org.clock().isVirtual()).isTrue();
        }
        assertThatThrownBy(() -> MailOrganization.start(folder.resolve("none.yaml")))
                .isInstanceOf(OrganizationStartException.class)
                .hasMessageContaining("none.yaml cannot be read");
        Files.writeString(file, "bridgehead: 2\n");
        assertThatThrownBy(() -> MailOrganization.start(file)).hasMessageContaining("contoso.yaml:1");
    }

    @Test
    void whatComesForNobodyElseGoesToTheMailboxThatCatchesAll() {
        try (MailOrganization org = MailOrganization.start(small().build())) {
            org.send(mail -> mail.from("anna@contoso.test").to("Whoever.It-is+1@contoso.test", "anna@contoso.test"));

            assertThat(org.mailbox("whoever@contoso.test").address()).hasToString("*@contoso.test");
            assertThat(org.mailbox("*@contoso.test")).received(1);
            assertThat(org.mailbox("anna@contoso.test")).received(1);
            assertThat(org.server("BER-HT1").sessions().get(0).mails().get(0).recipients())
                    .extracting(SmtpSession.Rcpt::address)
                    .containsExactly("Whoever.It-is+1@contoso.test", "anna@contoso.test");
        }
    }

    @Test
    void aProgramOnSpringBootNeedsOneLine() throws Exception {
        try (MailOrganization org = MailOrganization.start(small().build())) {
            SortedMap<String, String> properties = org.springMail("BER-HT1");

            assertThat(properties).containsEntry("spring.mail.protocol", "smtp").hasSize(3);
            assertThat(org.springMail("BER-HT1", "anna@contoso.test"))
                    .containsAllEntriesOf(properties)
                    .containsEntry("spring.mail.username", "anna@contoso.test")
                    .containsEntry("spring.mail.password", "anna@contoso.test")
                    .containsEntry("spring.mail.properties.mail.smtp.auth", "true");
            Properties mail = new Properties();
            mail.put("mail.smtp.host", properties.get("spring.mail.host"));
            mail.put("mail.smtp.port", properties.get("spring.mail.port"));
            Transport.send(letter(Session.getInstance(mail)));
            assertThat(org.mailbox("anna@contoso.test")).received(1).subject("Grüße");
        }
    }

    /** The certificate of a listener is made when somebody asks for it, and vouches for itself. */
    @Test
    void aMailProgramUsesTlsAndLogsIn() throws Exception {
        try (MailOrganization org = MailOrganization.start(small().build())) {
            Properties mail = new Properties();
            mail.put("mail.smtp.host", "127.0.0.1");
            mail.put(
                    "mail.smtp.port",
                    String.valueOf(org.server("BER-HT1").smtp().getPort()));
            mail.put("mail.smtp.starttls.required", "true");
            mail.put("mail.smtp.auth", "true");
            assertThatThrownBy(() -> login(Session.getInstance(mail)))
                    .hasRootCauseInstanceOf(CertPathBuilderException.class);

            mail.put(
                    "mail.smtp.ssl.socketFactory",
                    trusting(org.certificate("BER-HT1").orElseThrow()));
            login(Session.getInstance(mail));

            SmtpSession session = org.server("BER-HT1").sessions().get(1);
            assertThat(session.tls()).isTrue();
            assertThat(session.identity()).isEqualTo("anna");
            assertThat(session.transcript()).contains("C: STARTTLS").doesNotContain("YW5uYU");
            assertThat(org.mailbox("anna@contoso.test")).received(1);
        }
    }

    @Test
    void aProgramOutsideFeelsASlowServerInRealTime() throws Exception {
        OrganizationConfig realTime = OrganizationConfig.inMemory(small().build(), Path.of(""));
        try (MailOrganization org = MailOrganization.start(realTime)) {
            org.server("BER-HT1").slow(Duration.ofMinutes(1));
            Properties mail = new Properties();
            mail.put("mail.smtp.host", "127.0.0.1");
            mail.put("mail.smtp.port", org.springMail("BER-HT1").get("spring.mail.port"));
            mail.put("mail.smtp.timeout", "300");

            assertThatThrownBy(() -> Transport.send(letter(Session.getInstance(mail))))
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    private static SSLSocketFactory trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("bridgehead", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static void login(Session session) throws Exception {
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("anna@contoso.test", "anna@contoso.test");
            Message letter = letter(session);
            transport.sendMessage(letter, letter.getAllRecipients());
        }
    }

    private static MimeMessage letter(Session session) throws Exception {
        MimeMessage letter = new MimeMessage(session);
        letter.setFrom(new InternetAddress("anna@contoso.test"));
        letter.setRecipient(Message.RecipientType.TO, new InternetAddress("anna@contoso.test"));
        letter.setSubject("Grüße", "UTF-8");
        letter.setText("hello");
        return letter;
    }
}
