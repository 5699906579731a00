package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.junit.MailAssertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.junit.BridgeheadTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bridgehead:agent}: hubs ask a route what becomes of messages. */
@BridgeheadTest("topologies/minimal.yaml")
class AgentTest {
    private static final String SUBMITTED = "bridgehead:agent/onSubmitted?organization=#org";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void bind(MailOrganization org) {
        context.getRegistry().bind("org", org);
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    private interface Agent {
        void judge(Exchange exchange) throws Exception;
    }

    private void agent(String uri, Agent agent) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(uri).process(exchange -> asked.incrementAndGet()).process(agent::judge);
            }
        });
        context.start();
    }

    private static void mail(MailOrganization org, String... to) {
        org.send(mail -> mail.from("anna@contoso.test").to(to).subject("plans").text("Hello"));
        org.clock().runUntilIdle();
    }

    private static void set(Exchange exchange, String header, Object value) {
        exchange.getMessage().setHeader(header, value);
    }

    @Test
    void theRouteSeesEnvelopeAndOctetsOnceForEachMessage(MailOrganization org) throws Exception {
        agent(SUBMITTED, exchange -> {
            assertThat(exchange.getMessage().getBody(String.class)).contains("Subject: plans");
            assertThat(exchange.getMessage().getHeaders())
                    .containsEntry(BridgeheadConstants.EVENT, "onSubmitted")
                    .containsEntry(BridgeheadConstants.SERVER, "BER-HT1")
                    .containsEntry(BridgeheadConstants.FROM, "anna@contoso.test")
                    .containsEntry(BridgeheadConstants.TO, List.of("team@contoso.test"));
        });

        mail(org, "team@contoso.test");

        assertThat(org.mailbox("mia@contoso.test")).received(1).firstPath("BER-HT1", "MUC-HT1");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aMessageIsRefusedWithTheWordsOfTheRoute(MailOrganization org) throws Exception {
        agent(SUBMITTED, exchange -> set(exchange, BridgeheadConstants.REJECT, "5.7.1 not during the sale"));

        mail(org, "bert@contoso.test");

        assertThat(org.mailbox("bert@contoso.test")).receivedNothing();
        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("5.7.1");
        assertThat(org.mailbox("anna@contoso.test")).message(0).contains("not during the sale");
        assertThat(asked).as("its report is not asked about").hasValue(1);
    }

    @Test
    void aMessageIsDropped(MailOrganization org) throws Exception {
        agent(
                "bridgehead:agent/onResolved?organization=#org",
                exchange -> set(exchange, BridgeheadConstants.DROP, true));

        mail(org, "bert@contoso.test");

        assertThat(org.mailbox("bert@contoso.test")).receivedNothing();
        assertThat(org.mailbox("anna@contoso.test")).receivedNothing();
        assertThat(org.tracking()).events(Kind.DROP);
        assertThat(org.server("BER-HT1").messages()).isZero();
    }

    @Test
    void aMessageGoesToAnotherOneAndToOneMore(MailOrganization org) throws Exception {
        agent(SUBMITTED, exchange -> {
            set(exchange, BridgeheadConstants.REDIRECT, "mia@contoso.test");
            set(exchange, BridgeheadConstants.ADD, List.of("anna@contoso.test"));
        });

        mail(org, "bert@contoso.test");

        assertThat(org.mailbox("bert@contoso.test")).receivedNothing();
        assertThat(org.mailbox("mia@contoso.test")).received(1);
        assertThat(org.mailbox("anna@contoso.test")).received(1);
    }

    @Test
    void fieldsAndATextAreAdded(MailOrganization org) throws Exception {
        agent(SUBMITTED, exchange -> {
            set(exchange, BridgeheadConstants.SET_FIELDS, Map.of("X-Checked", "yes"));
            set(exchange, BridgeheadConstants.DISCLAIMER, "Nothing here is binding.");
        });

        mail(org, "bert@contoso.test");

        assertThat(org.mailbox("bert@contoso.test"))
                .received(1)
                .message(0)
                .contains("X-Checked: yes\r\n")
                .contains("Nothing here is binding.")
                .contains("Hello");
        assertThat(asked).hasValue(1);
    }

    @Test
    void nothingIsAddedTwiceWhenTheServerDiesInBetween(MailOrganization org) throws Exception {
        org.server("MUC-MBX1").kill();
        agent(SUBMITTED, exchange -> set(exchange, BridgeheadConstants.ADD, "mia@contoso.test"));

        mail(org, "bert@contoso.test");
        org.server("MUC-HT1").kill();
        org.server("MUC-HT1").start();
        org.server("MUC-MBX1").start();
        org.clock().advance(Duration.ofHours(1));

        assertThat(org.mailbox("bert@contoso.test")).received(1);
        assertThat(org.mailbox("mia@contoso.test")).received(1);
    }

    @Test
    void whatAServerThatDiesWhileItAsksHasIsAskedAboutAgain(MailOrganization org) throws Exception {
        agent(SUBMITTED, exchange -> {
            set(exchange, BridgeheadConstants.ADD, "mia@contoso.test");
            if (asked.get() == 1) {
                org.server("BER-HT1").kill();
            }
        });

        mail(org, "bert@contoso.test");
        org.server("BER-HT1").start();
        org.clock().advance(Duration.ofHours(1));

        assertThat(org.mailbox("bert@contoso.test")).received(1);
        assertThat(org.mailbox("mia@contoso.test")).received(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whenTheRouteFailsTheMessageWaitsAndTheRouteIsAskedAgain(MailOrganization org) throws Exception {
        agent(SUBMITTED, exchange -> {
            if (asked.get() < 3) {
                throw new IllegalStateException("scanner is down");
            }
        });

        mail(org, "bert@contoso.test");
        assertThat(org.mailbox("bert@contoso.test")).receivedNothing();
        assertThat(org.server("BER-HT1").messages()).isEqualTo(1);
        assertThat(org.tracking().events())
                .anySatisfy(event -> assertThat(event.reason()).contains("scanner is down"));
        org.clock().advance(Duration.ofMinutes(30));

        assertThat(org.mailbox("bert@contoso.test")).received(1);
        assertThat(asked).hasValue(3);
    }

    @Test
    void aMessageWhoseAgentNeverAnswersExpires(MailOrganization org) throws Exception {
        agent(SUBMITTED, exchange -> {
            throw new MailRefusedException("4.3.2", "come back tomorrow");
        });

        mail(org, "bert@contoso.test");
        org.clock().advance(Duration.ofDays(3));

        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("4.4.7");
        assertThat(org.server("BER-HT1").messages()).isZero();
    }

    @Test
    void anAgentThatTakesTooLongIsNotHeard(MailOrganization org) throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        agent(SUBMITTED + "&timeLimit=100&onFailure=continue", exchange -> {
            slow.await();
            set(exchange, BridgeheadConstants.DROP, true);
        });

        mail(org, "bert@contoso.test");
        slow.countDown();

        assertThat(org.mailbox("bert@contoso.test")).received(1);
    }

    @Test
    void aFailureMayRefuseTheMessage(MailOrganization org) throws Exception {
        agent(SUBMITTED + "&onFailure=reject", exchange -> {
            throw new IllegalStateException("scanner is down");
        });

        mail(org, "bert@contoso.test");

        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("5.7.1");
    }

    @Test
    void nobodyIsAskedWhenTheRouteHasStopped(MailOrganization org) throws Exception {
        agent(SUBMITTED, exchange -> set(exchange, BridgeheadConstants.DROP, true));
        context.getRouteController().stopAllRoutes();

        mail(org, "bert@contoso.test");

        assertThat(org.mailbox("bert@contoso.test")).received(1);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aWrongEventIsNamed() {
        assertThatThrownBy(() -> agent("bridgehead:agent/onSent?organization=#org", exchange -> {}))
                .hasStackTraceContaining("onSubmitted, onResolved");
    }

    @Test
    void aSecondAgentForAnEventIsRefused() throws Exception {
        agent(SUBMITTED, exchange -> {});
        assertThatThrownBy(() -> agent(SUBMITTED + "&timeLimit=1000", exchange -> {}))
                .hasStackTraceContaining("there is an agent");
    }
}
