package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.junit.MailAssertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.junit.BridgeheadTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bridgehead:submit} and {@code bridgehead:route} on an organisation bean in virtual time. */
@BridgeheadTest("topologies/minimal.yaml")
class SubmitTest {
    private static final String LETTER = "From: <anna@contoso.test>\r\nSubject: by Camel\r\n\r\nHello\r\n";
    private static final String SUBMIT = "bridgehead:submit?organization=#org&server=BER-HT1";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void startCamel(MailOrganization org) {
        context.getRegistry().bind("org", org);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    private void submit(Object body, Object to) {
        template.sendBodyAndHeaders(
                SUBMIT, body, Map.of(BridgeheadConstants.FROM, "anna@contoso.test", BridgeheadConstants.TO, to));
    }

    @Test
    void everyKindOfBodyArrives(MailOrganization org) throws Exception {
        MimeMessage mime = new MimeMessage(Session.getInstance(new Properties()));
        mime.setFrom(new InternetAddress("anna@contoso.test"));
        mime.setSubject("by Camel");
        mime.setText("Hello\r\n");

        submit(LETTER.getBytes(StandardCharsets.UTF_8), "bert@contoso.test");
        submit(new ByteArrayInputStream(LETTER.getBytes(StandardCharsets.UTF_8)), "bert@contoso.test");
        submit(LETTER, "bert@contoso.test");
        submit(LETTER.replace("\r", ""), "bert@contoso.test");
        submit(mime, "bert@contoso.test");

        assertThat(org.mailbox("bert@contoso.test")).received(5).firstPath("BER-HT1", "MUC-HT1");
        for (int at = 0; at < 5; at++) {
            assertThat(org.mailbox("bert@contoso.test"))
                    .message(at)
                    .subject("by Camel")
                    .contains("\r\n\r\nHello\r\n");
        }
    }

    @Test
    void recipientsAreAListOrATextWithCommas(MailOrganization org) {
        submit(LETTER, "bert@contoso.test, mia@contoso.test");
        submit(LETTER, List.of("bert@contoso.test", "mia@contoso.test"));

        assertThat(org.mailbox("bert@contoso.test")).received(2);
        assertThat(org.mailbox("mia@contoso.test")).received(2);
    }

    @Test
    void aRefusalFailsTheExchangeWithTheWordsOfTheServer(MailOrganization org) {
        org.server("BER-HT1").reply(421, "closed for lunch");

        assertThatThrownBy(() -> submit(LETTER, "bert@contoso.test"))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(MailRefusedException.class, refusal -> {
                    assertThat(refusal).hasMessageContaining("BER-HT1").hasMessageContaining("closed for lunch");
                    assertThat(refusal.isTransient()).isTrue();
                    assertThat(refusal.verdicts())
                            .singleElement()
                            .satisfies(verdict ->
                                    assertThat(verdict.outcome()).isInstanceOf(RecipientOutcome.Deferred.class));
                });
        assertThatThrownBy(() -> submit("Subject: a\r\n\r\nbare\nline feed\r\n", "bert@contoso.test"))
                .cause()
                .isInstanceOf(MailRefusedException.class);
    }

    @Test
    void anEnvelopeThatIsIncompleteOrWrongIsNamed() {
        assertThatThrownBy(() -> template.sendBody(SUBMIT, LETTER)).cause().hasMessageContaining("CamelBridgeheadFrom");
        assertThatThrownBy(() -> template.sendBodyAndHeader(SUBMIT, LETTER, BridgeheadConstants.FROM, ""))
                .cause()
                .hasMessageContaining("CamelBridgeheadTo");
        assertThatThrownBy(() -> submit(LETTER, "bert@")).cause().hasMessageContaining("\"bert@\"");
        assertThatThrownBy(() -> submit(new Object(), "bert@contoso.test"))
                .cause()
                .hasMessageContaining("is no mail");
    }

    @Test
    void mistakesInTheUriAreNamed() {
        assertThatThrownBy(() -> template.sendBody("bridgehead:submit?organization=#org&server=NO-HT1", LETTER))
                .hasStackTraceContaining("NO-HT1");
        assertThatThrownBy(() -> template.sendBody("bridgehead:send?organization=#org", LETTER))
                .hasStackTraceContaining("bridgehead:deliver/CONNECTOR");
        assertThatThrownBy(() -> template.sendBody("bridgehead:submit?topology=no-such.yaml", LETTER))
                .hasStackTraceContaining("no-such.yaml");
    }

    @Test
    void theWayIsToldWithoutSending(MailOrganization org) {
        var exchange = template.request(
                "bridgehead:route?organization=#org&from=Berlin",
                e -> e.getMessage().setHeader(BridgeheadConstants.TO, "mia@contoso.test"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(BridgeheadConstants.NEXT_HOP, "site:Munich")
                .containsEntry(BridgeheadConstants.PATH, List.of("Berlin", "Munich"))
                .containsEntry(BridgeheadConstants.REASON, "decided by only");
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();
        assertThat(org.tracking().events()).isEmpty();
    }

    @Test
    void theWayToNobodyAndOverACutLinkSaysWhy(MailOrganization org) {
        org.link("Berlin-Munich").cut();

        var held = template.request(
                "bridgehead:route?organization=#org&from=BER-HT1",
                e -> e.getMessage().setHeader(BridgeheadConstants.TO, "mia@contoso.test"));
        var nobody = template.request(
                "bridgehead:route?organization=#org&from=BER-HT1",
                e -> e.getMessage().setHeader(BridgeheadConstants.TO, "nobody@contoso.test"));

        assertThat(held.getMessage().getHeader(BridgeheadConstants.REASON, String.class))
                .contains("held at Berlin")
                .contains("link:Berlin-Munich");
        assertThat(nobody.getMessage().getHeaders()).doesNotContainKey(BridgeheadConstants.NEXT_HOP);
        assertThat(nobody.getMessage().getHeader(BridgeheadConstants.REASON, String.class))
                .contains("5.1.1");
    }
}
