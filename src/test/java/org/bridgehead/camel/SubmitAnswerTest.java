package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.junit.MailAssertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.junit.BridgeheadTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code bridgehead:submit} tells of a message: at once, and when it has ended. */
@BridgeheadTest("topologies/minimal.yaml")
class SubmitAnswerTest {
    private static final String LETTER = "From: <anna@contoso.test>\r\nSubject: by Camel\r\n\r\nHello\r\n";
    private static final String SUBMIT = "bridgehead:submit?organization=#org&server=BER-HT1";
    private static final String SETTLED = SUBMIT + "&waitFor=settled";

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

    private CompletableFuture<Exchange> submit(String uri, String body, Object... to) {
        return template.asyncSend(uri, exchange -> {
                    exchange.getMessage().setBody(body);
                    exchange.getMessage().setHeader(BridgeheadConstants.FROM, "anna@contoso.test");
                    exchange.getMessage().setHeader(BridgeheadConstants.TO, List.of(to));
                })
                .orTimeout(20, TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, Map.class);
    }

    @Test
    void theServerAndTheMessageIdAreTold() {
        Exchange own = submit(SUBMIT, "Message-ID: <one@contoso.test>\r\n" + LETTER, "bert@contoso.test")
                .join();
        Exchange made = submit(SUBMIT, LETTER, "bert@contoso.test").join();

        assertThat(own.getException()).isNull();
        assertThat(own.getMessage().getHeaders())
                .containsEntry(BridgeheadConstants.SERVER, "BER-HT1")
                .containsEntry(BridgeheadConstants.MESSAGE_ID, "<one@contoso.test>")
                .containsEntry(BridgeheadConstants.REJECTED, Map.of());
        assertThat(header(own, BridgeheadConstants.ACCEPTED)).containsOnlyKeys("bert@contoso.test");
        assertThat(made.getMessage().getHeader(BridgeheadConstants.MESSAGE_ID, String.class))
                .matches("<.+@.+>");
    }

    @Test
    void settledMeansThatEverybodyHasIt(MailOrganization org) {
        CompletableFuture<Exchange> submitted = submit(SETTLED, LETTER, "bert@contoso.test", "mia@contoso.test");
        org.link("Berlin-Munich").cut();
        org.clock().advance(Duration.ofMinutes(1));
        boolean early = submitted.isDone();
        org.link("Berlin-Munich").mend();
        org.clock().advance(Duration.ofHours(1));

        Exchange exchange = submitted.join();
        assertThat(early).isFalse();
        assertThat(exchange.getException()).isNull();
        assertThat(header(exchange, BridgeheadConstants.ACCEPTED))
                .containsOnlyKeys("bert@contoso.test", "mia@contoso.test");
        assertThat(org.mailbox("mia@contoso.test")).received(1);
    }

    @Test
    void whoFailsLaterIsToldWithStatusAndWords(MailOrganization org) {
        CompletableFuture<Exchange> submitted = submit(SETTLED, LETTER, "bert@contoso.test", "nobody@contoso.test");
        org.clock().advance(Duration.ofMinutes(10));

        Exchange exchange = submitted.join();
        assertThat(header(exchange, BridgeheadConstants.ACCEPTED)).containsOnlyKeys("bert@contoso.test");
        assertThat(header(exchange, BridgeheadConstants.REJECTED))
                .hasEntrySatisfying(
                        "nobody@contoso.test", words -> assertThat(words).startsWith("5.1.1 "));
        assertThat(exchange.getException())
                .asInstanceOf(InstanceOfAssertFactories.type(MailRefusedException.class))
                .satisfies(refusal -> assertThat(refusal.verdicts())
                        .anySatisfy(verdict ->
                                assertThat(verdict.outcome()).isInstanceOf(RecipientOutcome.Delivered.class)));
    }

    @Test
    void aMessageThatDoesNotEndInTimeFailsTheExchangeAndGoesItsWay(MailOrganization org) {
        org.server("BER-MBX1").kill();
        CompletableFuture<Exchange> submitted = submit(SETTLED + "&settleTimeout=200", LETTER, "anna@contoso.test");

        Exchange exchange = submitted.join();
        assertThat(exchange.getException()).hasMessageContaining("not settled");
        assertThat(header(exchange, BridgeheadConstants.ACCEPTED)).containsOnlyKeys("anna@contoso.test");
        org.server("BER-MBX1").start();
        org.clock().advance(Duration.ofHours(1));
        assertThat(org.mailbox("anna@contoso.test")).received(1);
    }

    @Test
    void aServerThatIsDownStillHasWhatItHad(MailOrganization org) {
        org.server("MUC-MBX1").kill();
        CompletableFuture<Exchange> submitted = submit(SETTLED, LETTER, "bert@contoso.test");
        org.clock().advance(Duration.ofMinutes(1));
        org.server("MUC-HT1").kill();
        submit(SETTLED, LETTER, "anna@contoso.test");
        org.clock().advance(Duration.ofMinutes(1));
        boolean early = submitted.isDone();

        org.server("MUC-HT1").start();
        org.server("MUC-MBX1").start();
        org.clock().advance(Duration.ofHours(1));

        assertThat(early).isFalse();
        assertThat(submitted.join().getException()).isNull();
        assertThat(org.mailbox("bert@contoso.test")).received(1);
    }

    @Test
    void theCallersThreadIsNotHeld() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .setProperty("before", () -> Thread.currentThread().getName())
                        .to(SUBMIT)
                        .setProperty("after", () -> Thread.currentThread().getName());
            }
        });

        Exchange exchange = submit("direct:in", LETTER, "bert@contoso.test").join();

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("after", String.class))
                .isNotEqualTo(exchange.getProperty("before"))
                .contains("bridgehead");
    }

    @Test
    void aRouteMaySubmitFromTheThreadThatSubmits(MailOrganization org) throws Exception {
        String one = SUBMIT + "&connections=1";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(one).process(exchange -> template.send(one, exchange.copy()));
            }
        });

        assertThat(submit("direct:in", LETTER, "bert@contoso.test").join().getException())
                .isNull();
        assertThat(org.mailbox("bert@contoso.test")).received(2);
    }
}
