package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.core.smtp.SendConfig.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SendHandshakeTest {
    private static final SendConfig PLAIN = SendConfig.plain("me.example", Protocol.SMTP);

    @Test
    void ehloAndWhatItOffers() {
        SendDialogue dialogue = SendDialogue.ready(PLAIN, "SIZE 1000", "pipelining", "AUTH PLAIN", "AUTH=LOGIN X");
        Capabilities peer = ((Handshake.Ready) dialogue.handshake()).capabilities();
        assertThat(peer.peer()).isEqualTo("peer");
        assertThat(peer.maxSize()).contains(1000L);
        assertThat(peer.offers("PIPELINING")).isTrue();
        assertThat(peer.offers("DSN")).isFalse();
        assertThat(peer.offersAuth("PLAIN")).isTrue();
        assertThat(peer.offersAuth("LOGIN")).isTrue();
        assertThat(dialogue.session.usable()).isTrue();
    }

    @Test
    void heloWhenEhloIsUnknown() {
        SendDialogue dialogue = new SendDialogue(PLAIN);
        dialogue.server("220-peer", "220 SMTP").client("EHLO me.example");
        dialogue.server("502 what?").client("HELO me.example").server("250 old.example");
        assertThat(dialogue.handshake()).isInstanceOf(Handshake.Ready.class);
    }

    @ParameterizedTest
    @CsvSource({
        "554 5.7.1 go away, 5.7.1, BANNER",
        "450 later, 4.0.0, BANNER",
        "421 4.3.2 closing, 4.3.2, BANNER",
        "250 what, 4.5.0, BANNER",
        "hello, 4.5.0, BANNER"
    })
    void banners(String banner, String status, Stage stage) {
        SendDialogue dialogue = new SendDialogue(PLAIN).server(banner);
        Handshake.Refused refused = (Handshake.Refused) dialogue.handshake();
        assertThat(refused.status()).hasToString(status);
        assertThat(refused.stage()).isEqualTo(stage);
        assertThat(refused.reply()).contains(banner);
        assertThat(dialogue.closed).isTrue();
        assertThat(dialogue.session.usable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP, EHLO, 450 4.7.1 greylisted, 4.7.1",
        "LMTP, LHLO, 502 5.5.1 what, 5.5.1",
        "SMTP, EHLO, 421 x, 4.0.0"
    })
    void refusedEhlo(Protocol protocol, String verb, String reply, String status) {
        SendDialogue dialogue = new SendDialogue(SendConfig.plain("me.example", protocol));
        dialogue.server("220 hi").client(verb + " me.example").server(reply);
        assertThat(((Handshake.Refused) dialogue.handshake()).status()).hasToString(status);
        assertThat(((Handshake.Refused) dialogue.handshake()).stage()).isEqualTo(Stage.EHLO);
    }

    @Test
    void tlsForgetsWhatWasSaidBefore() {
        SendDialogue dialogue = new SendDialogue(PLAIN.with(Tls.REQUIRED)).server("220 hi");
        dialogue.client("EHLO me.example").server(SendDialogue.ehlo("STARTTLS", "SIZE 5", "XFOO"));
        dialogue.client("STARTTLS").server("220 go");
        dialogue.secured().client("EHLO me.example").server(SendDialogue.ehlo("SIZE 7"));
        Handshake.Ready ready = (Handshake.Ready) dialogue.handshake();
        assertThat(ready.tls()).isTrue();
        assertThat(ready.capabilities().keywords()).containsOnlyKeys("SIZE");
    }

    /** The client's side of CVE-2011-0411; no policy falls for it, and nothing goes out any more. */
    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"OPPORTUNISTIC", "REQUIRED", "VERIFIED"})
    void nothingInjectedBehindTheGoAheadIsBelieved(Tls policy) {
        SendDialogue dialogue = new SendDialogue(PLAIN.with(policy)).server("220 hi");
        dialogue.client("EHLO me.example").server(SendDialogue.ehlo("STARTTLS")).client("STARTTLS");
        dialogue.server("220 go", "250-injected", "250 AUTH PLAIN");
        assertThat(((Handshake.Refused) dialogue.handshake()).status()).hasToString("4.7.5");
        assertThat(dialogue.tlsWanted).isFalse();
        assertThat(dialogue.closed).isTrue();
        assertThat(dialogue.session.usable()).isFalse();
        dialogue.client();
    }

    /** Over TLS nobody is shown a mail, or a QUIT in clear, whose certificate is at fault. */
    @Test
    void aFaultyCertificateEndsInQuitUnderTls() {
        SendDialogue dialogue = new SendDialogue(PLAIN.with(Tls.VERIFIED)).server("220 hi");
        dialogue.client("EHLO me.example").server(SendDialogue.ehlo("STARTTLS"));
        dialogue.client("STARTTLS").server("220 go");
        dialogue.perform(dialogue.session.tlsEnded(new TlsOutcome.Untrusted("self-signed")));
        dialogue.client("QUIT");
        assertThat(((Handshake.Refused) dialogue.handshake()).reply())
                .isEqualTo("certificate of the peer is not trusted: self-signed");
        assertThat(dialogue.closed).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"OPPORTUNISTIC", "REQUIRED", "VERIFIED"})
    void aConnectionThatBreaksOverStartTlsIsAFailedHandshake(Tls policy) {
        SendDialogue dialogue = new SendDialogue(PLAIN.with(policy)).server("220 hi");
        dialogue.client("EHLO me.example").server(SendDialogue.ehlo("STARTTLS")).client("STARTTLS");
        dialogue.session.lost("reset by peer", false);
        assertThat(dialogue.handshake())
                .isInstanceOf(policy == Tls.OPPORTUNISTIC ? Handshake.ClearAgain.class : Handshake.Refused.class);
        assertThat(dialogue.session.usable()).isFalse();
    }

    @Test
    void aPasswordIsProvedRatherThanShownAndShownOnlyWhereProvingIsRefused() throws ScramException {
        Credentials hidden = new Credentials.Password("anna", "secret", true, Optional.of("cn"));
        SendDialogue dialogue =
                new SendDialogue(PLAIN.with(hidden)).server("220 hi").client("EHLO me.example");
        dialogue.server(SendDialogue.ehlo("AUTH PLAIN LOGIN SCRAM-SHA-256"));
        assertThat(sent(dialogue)).startsWith("AUTH SCRAM-SHA-256 ");
        dialogue.server("535 5.7.8 only servers").client("AUTH PLAIN " + base64("\0anna\0secret"));
        dialogue.server("535 5.7.8 no");
        assertThat(dialogue.handshake()).isInstanceOf(Handshake.Refused.class);

        ScramServer server = new ScramServer(Scram.Credentials.of("secret", new byte[] {1, 2}, 4096), "sn");
        SendDialogue proved =
                new SendDialogue(PLAIN.with(hidden)).server("220 hi").client("EHLO me.example");
        proved.server(SendDialogue.ehlo("AUTH SCRAM-SHA-256"));
        proved.server("334 " + base64(server.first(unbase64(sent(proved).substring("AUTH SCRAM-SHA-256 ".length())))));
        proved.server("334 " + base64(server.last(unbase64(sent(proved)))));
        proved.client("").server("235 2.7.0 ok").client("EHLO me.example").server("250 peer");
        assertThat(((Handshake.Ready) proved.handshake()).authenticated()).isTrue();
        assertThat(server.authenticatedName()).isEqualTo("anna");
        assertThat(proved.session.salted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REQUIRED, false", "VERIFIED, false", "REQUIRED, true"})
    void mandatoryTlsNeverFallsBack(Tls policy, boolean offered) {
        SendDialogue dialogue =
                new SendDialogue(PLAIN.with(policy)).server("220 hi").client("EHLO me.example");
        dialogue.server(SendDialogue.ehlo(offered ? "STARTTLS" : "SIZE"));
        if (offered) {
            dialogue.client("STARTTLS").server("554 5.7.0 no");
        }
        Handshake.Refused refused = (Handshake.Refused) dialogue.handshake();
        assertThat(refused.status()).hasToString("4.7.4");
        dialogue.client("QUIT");
        assertThat(dialogue.closed).isTrue();
    }

    @Test
    void opportunisticTlsGoesOnInClear() {
        SendDialogue dialogue = new SendDialogue(PLAIN.with(Tls.OPPORTUNISTIC)).server("220 hi");
        dialogue.client("EHLO me.example").server(SendDialogue.ehlo("STARTTLS")).client("STARTTLS");
        dialogue.server("454 4.7.0 not now");
        assertThat(((Handshake.Ready) dialogue.handshake()).tls()).isFalse();
    }

    @Test
    void plainIsPreferredToLogin() {
        SendDialogue dialogue = password(true, "AUTH LOGIN PLAIN");
        dialogue.client("AUTH PLAIN " + base64("\0anna\0secret")).server("235 2.7.0 welcome");
        dialogue.client("EHLO me.example").server(SendDialogue.ehlo("SIZE 9"));
        assertThat(((Handshake.Ready) dialogue.handshake()).authenticated()).isTrue();
    }

    @Test
    void loginAndARefusal() {
        SendDialogue dialogue = password(true, "AUTH LOGIN").client("AUTH LOGIN");
        dialogue.server("334 " + base64("Username:")).client(base64("anna"));
        dialogue.server("334 " + base64("Password:")).client(base64("secret"));
        dialogue.server("535 5.7.8 no");
        assertThat(((Handshake.Refused) dialogue.handshake()).status()).hasToString("5.7.8");
        assertThat(((Handshake.Refused) dialogue.handshake()).stage()).isEqualTo(Stage.AUTH);
        dialogue.client("QUIT");
    }

    @Test
    void passwordsAreNotSentInClear() {
        SendDialogue dialogue = password(false, "AUTH PLAIN LOGIN").client("QUIT");
        assertThat(((Handshake.Refused) dialogue.handshake()).status()).hasToString("4.7.11");
    }

    @Test
    void scramBothWays() throws ScramException {
        ScramServer server = new ScramServer(Scram.Credentials.of("organisation", new byte[] {1, 2}, 4096), "sn");
        SendDialogue dialogue = organization();
        dialogue.server(
                "334 " + base64(server.first(unbase64(sent(dialogue).substring("AUTH SCRAM-SHA-256 ".length())))));
        dialogue.server("334 " + base64(server.last(unbase64(sent(dialogue)))));
        dialogue.client("").server("235 2.7.0 ok").client("EHLO me.example");
        dialogue.server(SendDialogue.ehlo("XBRIDGEHEAD"));
        assertThat(((Handshake.Ready) dialogue.handshake()).authenticated()).isTrue();
        assertThat(server.authenticatedName()).isEqualTo("BER-HT1");
        assertThat(dialogue.session.salted()).isPresent();
    }

    @Test
    void aPeerThatDoesNotProveItselfIsRefused() throws ScramException {
        ScramServer server = new ScramServer(Scram.Credentials.of("organisation", new byte[] {1, 2}, 4096), "sn");
        SendDialogue dialogue = organization();
        dialogue.server(
                "334 " + base64(server.first(unbase64(sent(dialogue).substring("AUTH SCRAM-SHA-256 ".length())))));
        dialogue.server("235 2.7.0 trust me");
        assertThat(((Handshake.Refused) dialogue.handshake()).reply()).contains("did not prove");

        SendDialogue liar = organization();
        liar.server("235 2.7.0 trust me");
        assertThat(liar.handshake()).isInstanceOf(Handshake.Refused.class);
        SendDialogue babbler = organization();
        babbler.server("334 ***");
        assertThat(babbler.handshake()).isInstanceOf(Handshake.Refused.class);
        assertThat(babbler.closed).isTrue();
    }

    @Test
    void externalNeedsTls() {
        SendDialogue clear = new SendDialogue(PLAIN.with(new Credentials.External())).server("220 hi");
        clear.client("EHLO me.example")
                .server(SendDialogue.ehlo("AUTH EXTERNAL"))
                .client("QUIT");
        assertThat(clear.handshake()).isInstanceOf(Handshake.Refused.class);
        SendDialogue tls = new SendDialogue(PLAIN.with(Tls.VERIFIED).with(new Credentials.External())).server("220 hi");
        tls.client("EHLO me.example")
                .server(SendDialogue.ehlo("STARTTLS"))
                .client("STARTTLS")
                .server("220 go");
        tls.secured().client("EHLO me.example").server(SendDialogue.ehlo("AUTH EXTERNAL"));
        tls.client("AUTH EXTERNAL =")
                .server("235 hello")
                .client("EHLO me.example")
                .server("250 x");
        assertThat(tls.handshake()).isInstanceOf(Handshake.Ready.class);
    }

    @Test
    void aLostConnectionNamesItsStage() {
        SendDialogue dialogue = new SendDialogue(PLAIN).server("220 hi");
        dialogue.session.lost("reset by peer", false);
        assertThat(dialogue.handshake()).isEqualTo(new Handshake.Lost("reset by peer", Stage.EHLO));
    }

    private static SendDialogue password(boolean clear, String auth) {
        SendConfig config = PLAIN.with(new Credentials.Password("anna", "secret", clear));
        return new SendDialogue(config)
                .server("220 hi")
                .client("EHLO me.example")
                .server(SendDialogue.ehlo(auth));
    }

    private static SendDialogue organization() {
        SendConfig config = PLAIN.with(new Credentials.Organization("BER-HT1", "organisation", "cn", Optional.empty()));
        return new SendDialogue(config)
                .server("220 hi")
                .client("EHLO me.example")
                .server(SendDialogue.ehlo("AUTH SCRAM-SHA-256"));
    }

    private static String sent(SendDialogue dialogue) {
        String text = dialogue.sent.toString(StandardCharsets.UTF_8);
        dialogue.sent.reset();
        return text.substring(0, text.length() - 2);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unbase64(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
