package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.junit.BridgeheadTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bridgehead:deliver} over kills, pauses and faults of servers. */
@BridgeheadTest(yaml = DeliverTest.TOPOLOGY)
class DeliverAgainTest {
    private static final String FAX = "bridgehead:deliver/Fax?organization=#org";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<Exchange> faxed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void bind(MailOrganization org) {
        context.getRegistry().bind("org", org);
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    private interface Line {
        void dial(Exchange exchange) throws Exception;
    }

    private void route(String uri, Line line) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(uri).routeId("fax").process(line::dial).process(exchange -> faxed.add(exchange.copy()));
            }
        });
        context.start();
    }

    private static void fax(MailOrganization org, String fields) {
        org.send(mail -> mail.from("anna@contoso.test")
                .to("4930123@fax.test")
                .octets((fields + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.US_ASCII)));
        org.clock().runUntilIdle();
    }

    private List<Object> headers(String name) {
        return faxed.stream()
                .map(exchange -> exchange.getMessage().getHeader(name))
                .toList();
    }

    @Test
    void whatARouteFailedWithIsNotMarked(MailOrganization org) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        route(FAX, exchange -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("line busy");
            }
        });

        fax(org, "Subject: one");
        org.clock().advance(Duration.ofHours(1));

        assertThat(headers(BridgeheadConstants.REDELIVERED)).containsExactly(false);
    }

    @Test
    void whatWasFinishedAndNotAcknowledgedWhenItsServerDiedComesAgainMarked(MailOrganization org) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        List<Object> marks = new CopyOnWriteArrayList<>();
        route(FAX, exchange -> {
            marks.add(exchange.getMessage().getHeader(BridgeheadConstants.REDELIVERED));
            if (attempts.incrementAndGet() == 1) {
                // The server before has read its 250: cut off before that it would rightly send a second time.
                assertThat(org.await(() -> org.server("BER-HT1").messages() == 0, Duration.ofSeconds(30)))
                        .isTrue();
                org.server("MUC-HT1").kill();
            }
        });

        fax(org, "Subject: one");
        org.server("MUC-HT1").start();
        org.clock().advance(Duration.ofHours(1));

        assertThat(marks).containsExactly(false, true);
        assertThat(headers(BridgeheadConstants.TRANSPORT_ID).stream().distinct())
                .hasSize(1);
        BridgeheadConsumer consumer =
                (BridgeheadConsumer) context.getRoute("fax").getConsumer();
        // The first one's thread outlives its server.
        assertThat(org.await(() -> consumer.getFinished() == 2, Duration.ofSeconds(30)))
                .isTrue();
        assertThat(consumer.getRedelivered()).isEqualTo(1);
    }

    @Test
    void whatWaitedForARouteComesWhenItStarts(MailOrganization org) throws Exception {
        fax(org, "Subject: early");
        assertThat(org.server("MUC-HT1").messages()).isEqualTo(1);

        route(FAX, exchange -> {});
        org.clock().runUntilIdle();

        assertThat(headers(BridgeheadConstants.SUBJECT)).containsExactly("early");
    }

    @Test
    void headerFieldsBecomeHeadersWhenTheRouteAsks(MailOrganization org) throws Exception {
        route(FAX + "&mapHeaders=true", exchange -> {});

        fax(org, "Subject: one\r\nX-Priority: 1\r\nCamelFileName: ../../evil");

        assertThat(headers("X-Priority")).containsExactly("1");
        assertThat(faxed.get(0).getMessage().getHeaders()).doesNotContainKey("CamelFileName");
        assertThat(faxed.get(0).getMessage().getBody(MimeMessage.class).getSubject())
                .isEqualTo("one");
    }

    @Test
    void theHealthOfTheContextTellsWhichServersAreDown(MailOrganization org) throws Exception {
        route(FAX, exchange -> {});
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);

        org.server("MUC-HT1").kill();
        fax(org, "Subject: waits");

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage()).hasValue("down: MUC-HT1");
        assertThat(health().getDetails()).containsEntry("messages", 1);
    }

    private HealthCheck.Result health() {
        return HealthCheckHelper.invokeReadiness(context).stream()
                .filter(result -> result.getCheck().getId().equals("bridgehead:Camel"))
                .findFirst()
                .orElseThrow();
    }
}
