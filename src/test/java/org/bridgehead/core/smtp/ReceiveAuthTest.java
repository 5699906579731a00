package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.smtp.ReceiveDriver.CONFIG;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.smtp.ReceiveConfig.Tls;
import org.junit.jupiter.api.Test;

class ReceiveAuthTest {
    private static final ReceiveConfig BOTH = CONFIG.with(Tls.OFFERED).withAuth(true, false, true);
    private static final String MESSAGE =
            "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\nSubject: x\r\n\r\n.\r\n";

    @Test
    void passwordsOnlyOverTls() {
        ReceiveDriver driver = new ReceiveDriver(BOTH);
        assertThat(driver.send("EHLO c.test\r\n")).contains("250-STARTTLS\r\n250 AUTH SCRAM-SHA-256\r\n");
        assertThat(driver.send("AUTH PLAIN " + plain("anna", "secret") + "\r\n"))
                .startsWith("538 5.7.11");
        assertThat(driver.send("STARTTLS\r\n")).isEqualTo("220 2.0.0 Ready to start TLS\r\n");
        assertThat(driver.send("MAIL FROM:<>\r\n")).as("hello is forgotten").startsWith("503 5.5.2");
        assertThat(driver.send("EHLO c.test\r\n"))
                .contains("250 AUTH SCRAM-SHA-256 PLAIN LOGIN\r\n")
                .doesNotContain("STARTTLS");
        assertThat(driver.send("STARTTLS\r\n")).startsWith("503 5.5.1");
        assertThat(driver.send("AUTH PLAIN " + plain("anna", "secret") + "\r\n"))
                .startsWith("235 2.7.0");
        assertThat(driver.send("AUTH PLAIN " + plain("anna", "secret") + "\r\n"))
                .startsWith("503 5.5.1");
        assertThat(driver.send("EHLO c.test\r\n")).doesNotContain("AUTH").doesNotContain("XBRIDGEHEAD");
        driver.send(MESSAGE);
        assertThat(driver.only().text()).contains("\twith ESMTPSA id ");
        assertThat(driver.only().facts().state().auth()).contains("Anna Smith");
        assertThat(driver.session.peer().trust()).isEqualTo(new PeerTrust.User("Anna Smith"));
    }

    @Test
    void whatIsPipelinedBehindStartTlsIsThrownAway() {
        ReceiveDriver driver = ReceiveDriver.greeted(BOTH);
        assertThat(driver.send("MAIL FROM:<a@x.test>\r\nSTARTTLS\r\nRSET\r\nMAIL FROM:<evil@x.test>\r\nNO"))
                .isEqualTo("250 2.1.0 Sender OK\r\n220 2.0.0 Ready to start TLS\r\n");
        assertThat(driver.events).containsExactly("tls");
        assertThat(driver.send("EHLO c.test\r\n")).startsWith("250-");
        assertThat(driver.send("RCPT TO:<b@y.test>\r\n")).startsWith("503 5.5.1");
    }

    @Test
    void withoutTlsNothingGoesWhereItIsDemanded() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG.with(Tls.REQUIRED).withAuth(true, true, true));
        assertThat(driver.send("MAIL FROM:<>\r\n")).startsWith("530 5.7.0");
        assertThat(driver.send("AUTH PLAIN " + plain("anna", "secret") + "\r\n"))
                .startsWith("530 5.7.0");
        assertThat(driver.send("BDAT 3\r\nabcNOOP\r\n")).startsWith("530 5.7.0").endsWith("250 2.0.0 OK\r\n");
        assertThat(driver.send("STARTTLS\r\n")).startsWith("220 ");
        driver.send("EHLO c.test\r\n");
        assertThat(driver.send("MAIL FROM:<>\r\n")).startsWith("250 ");
    }

    @Test
    void loginAndItsFailures() {
        ReceiveDriver driver = encrypted(List.of());
        assertThat(driver.send("AUTH LOGIN\r\n")).isEqualTo("334 VXNlcm5hbWU6\r\n");
        assertThat(driver.send(base64("anna") + "\r\n")).isEqualTo("334 UGFzc3dvcmQ6\r\n");
        assertThat(driver.send(base64("wrong") + "\r\n")).startsWith("535 5.7.8");
        assertThat(driver.send("AUTH LOGIN " + base64("anna") + "\r\n*\r\n"))
                .endsWith("501 5.7.0 Authentication cancelled\r\n");
        assertThat(driver.send("AUTH PLAIN =\r\n")).startsWith("501 5.5.2");
        assertThat(driver.send("AUTH PLAIN\r\n?\r\n")).startsWith("334 \r\n501 5.5.2");
        assertThat(driver.send("AUTH PLAIN " + base64("bert\0anna\0secret") + "\r\n"))
                .startsWith("535 5.7.8");
        assertThat(driver.send("AUTH PLAIN " + plain("bert", "secret") + "\r\n"))
                .isEqualTo("421 4.7.0 Too many failed logons\r\n");
        assertThat(driver.events).containsExactly("tls", "close");
    }

    @Test
    void loopbackMayShowPasswordsInClearWhenAllowed() {
        ReceiveSession session = new ReceiveSession(CONFIG.withAuth(true, true, false), new ReceiveDriver.Policy());
        session.opened("127.0.0.1", true, "n");
        byte[] hello = ReceiveDriver.octets("EHLO x\r\n");
        ReceiveAction.Send send =
                (ReceiveAction.Send) session.received(hello, 0, hello.length).get(0);
        assertThat(new String(send.octets(), StandardCharsets.US_ASCII)).contains("AUTH PLAIN LOGIN");
        assertThat(ReceiveDriver.greeted(CONFIG.withAuth(true, true, false)).send("EHLO x\r\n"))
                .as("not loopback")
                .doesNotContain("AUTH");
    }

    @Test
    void aServerProvesItselfBySecretAndIsBelieved() throws ScramException {
        ReceiveDriver driver = ReceiveDriver.greeted(BOTH);
        scram(driver, "ber-edge1", "organization secret");
        assertThat(driver.said).endsWith("235 2.7.0 Authentication successful\r\n");
        assertThat(driver.send("EHLO edge.test\r\n")).endsWith("250 XBRIDGEHEAD\r\n");
        TransferState state = TransferState.fresh(
                        new TransportId(7, 8), Instant.parse("2026-01-01T00:00:00Z"), 4711, Optional.of("anna"))
                .with(TransferState.Flag.RESOLVED)
                .withExpanded("x".repeat(60_000));
        driver.send("XSTATE " + XState.format(state) + "\r\n" + MESSAGE);
        assertThat(driver.only().facts().state()).isEqualTo(state);
        assertThat(driver.only().facts().source()).isEqualTo("server BER-EDGE1");
        assertThat(driver.only().text()).contains("\twith ESMTPA id ").doesNotContain("Message-ID");
        assertThat(driver.only().facts().header().messageId().text())
                .contains(state.id().toString());
        driver.send(MESSAGE);
        assertThat(driver.accepted.get(1).facts().state().id())
                .as("state is for one message")
                .isNotEqualTo(state.id());
        assertThat(driver.send("MAIL FROM:<>\r\nXSTATE " + XState.format(state) + "\r\n"))
                .contains("\r\n503 5.5.1");
        assertThat(driver.send("RSET\r\nXSTATE nonsense\r\n")).contains("\r\n501 5.5.4");
    }

    /** What a server says counts under the name it has proved; it is of one message, and not of what the message says. */
    @Test
    void aTransferIsThatOfTheServerWhoHasProvedItself() throws ScramException {
        ReceiveDriver driver = ReceiveDriver.greeted(BOTH);
        scram(driver, "ber-edge1", "organization secret");
        driver.send("EHLO muc-ht1.test\r\n");
        TransferState state = TransferState.fresh(
                new TransportId(7, 8), Instant.parse("2026-01-01T00:00:00Z"), 4711, Optional.empty());
        Handover.Mark mark = new Handover.Mark(3, new CopyId(new InternalId(4), 5));
        driver.send("XSTATE " + XState.format(state, Optional.of(mark)) + "\r\n" + MESSAGE);
        driver.send("XSTATE " + XState.format(state) + "\r\n" + MESSAGE);
        driver.send(MESSAGE);
        assertThat(driver.accepted.stream().map(one -> one.facts().handover()))
                .containsExactly(Optional.of(new Handover("BER-EDGE1", mark)), Optional.empty(), Optional.empty());
    }

    @Test
    void strangersGainNothing() throws ScramException {
        ReceiveDriver driver = ReceiveDriver.greeted(BOTH);
        assertThat(driver.send("XSTATE id=00000000000000070000000000000008 submitted=2026-01-01T00:00:00Z size=1"
                        + " transfer=0000000000000001-1.0\r\n"))
                .startsWith("550 5.7.1");
        scram(driver, "ber-edge1", "a guess");
        assertThat(driver.said).endsWith("535 5.7.8 Authentication credentials invalid\r\n");
        scram(driver, "nobody", "organization secret");
        assertThat(driver.said).endsWith("535 5.7.8 Authentication credentials invalid\r\n");
        assertThat(driver.send("AUTH EXTERNAL =\r\n")).startsWith("504 5.5.4");
        driver.send("MAIL FROM:<a@x.test> AUTH=admin@x.test\r\n"
                + "RCPT TO:<b@y.test>\r\n"
                + "DATA\r\n"
                + "X-State: resolved\r\n\r\n"
                + ".\r\n");
        assertThat(driver.only().facts().state().auth()).isEmpty();
        assertThat(driver.only().facts().state().flags()).isEmpty();
        assertThat(driver.only().facts().handover()).isEmpty();
    }

    @Test
    void aCertificateProvesAServer() {
        ReceiveDriver driver = encrypted(List.of("other.test", "BER-EDGE1"));
        assertThat(driver.send("EHLO c.test\r\n")).contains("AUTH SCRAM-SHA-256 EXTERNAL PLAIN LOGIN\r\n");
        assertThat(driver.send("AUTH EXTERNAL " + base64("other.test") + "\r\n"))
                .startsWith("535 5.7.8");
        assertThat(driver.send("AUTH EXTERNAL =\r\n")).startsWith("235 2.7.0");
        assertThat(driver.session.peer().trust()).isEqualTo(new PeerTrust.Server("BER-EDGE1"));
        assertThat(driver.send("EHLO c.test\r\n")).endsWith("250 XBRIDGEHEAD\r\n");
    }

    private static ReceiveDriver encrypted(List<String> names) {
        ReceiveDriver driver = new ReceiveDriver(BOTH);
        driver.certificateNames = names;
        driver.send("EHLO c.test\r\n");
        driver.send("STARTTLS\r\n");
        driver.send("EHLO c.test\r\n");
        return driver;
    }

    private static void scram(ReceiveDriver driver, String name, String secret) throws ScramException {
        ScramClient client = new ScramClient(name, secret, "clientnonce");
        String challenge = driver.send("AUTH SCRAM-SHA-256 " + base64(client.first()) + "\r\n");
        String proof = client.proof(unbase64(challenge));
        String last = driver.send(base64(proof) + "\r\n");
        if (last.startsWith("334 ")) {
            client.verify(unbase64(last));
            driver.send("\r\n");
        }
    }

    private static String unbase64(String reply) {
        return new String(Base64.getDecoder().decode(reply.substring(4).strip()), StandardCharsets.UTF_8);
    }

    private static String plain(String user, String password) {
        return base64("\0" + user + "\0" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
