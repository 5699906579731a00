package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.junit.MailAssertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.junit.BridgeheadTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bridgehead:deliver} and {@code bridgehead:track}: a message is settled only after its route. */
@BridgeheadTest(yaml = DeliverTest.TOPOLOGY)
class DeliverTest {
    static final String TOPOLOGY = """
        bridgehead: 1
        organization: { name: Camel, acceptedDomains: { contoso.test: authoritative } }
        sites: { Berlin: {}, Munich: {} }
        siteLinks: { Berlin-Munich: { sites: [Berlin, Munich] } }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          BER-MBX1: { site: Berlin, roles: [mailbox] }
          MUC-HT1: { site: Munich, roles: [hubTransport] }
        connectors:
          Fax: { addressSpaces: ["SMTP:fax.test;1"], sourceServers: [MUC-HT1], camel: "bridgehead:deliver/Fax" }
        directory:
          recipients:
            anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
        """;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void bind(MailOrganization org) {
        context.getRegistry().bind("org", org);
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    private void route(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

    private static void fax(MailOrganization org, String subject) {
        org.send(mail -> mail.from("anna@contoso.test").to("4930123@fax.test").subject(subject));
    }

    @Test
    void aRouteGetsTheOctetsAndTheEnvelopeAndNothingFromTheHeader(MailOrganization org) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("bridgehead:deliver/fax?organization=#org").to("mock:fax");
            }
        });
        MockEndpoint fax = context.getEndpoint("mock:fax", MockEndpoint.class);
        fax.expectedMessageCount(1);

        org.send(mail -> mail.from("anna@contoso.test")
                .to("4930123@fax.test", "4930456@fax.test")
                .octets(("Subject: page 1\r\n"
                                + "CamelHttpUri: http://evil.test/\r\n"
                                + "CamelFileName: ../../evil\r\n\r\n"
                                + "Hello\r\n")
                        .getBytes(StandardCharsets.US_ASCII)));
        org.clock().runUntilIdle();

        fax.assertIsSatisfied();
        var message = fax.getExchanges().get(0).getMessage();
        assertThat(new String(message.getBody(byte[].class), StandardCharsets.US_ASCII))
                .startsWith("Received: ")
                .endsWith("CamelFileName: ../../evil\r\n\r\nHello\r\n");
        assertThat(message.getHeaders())
                .containsEntry(BridgeheadConstants.FROM, "anna@contoso.test")
                .containsEntry(BridgeheadConstants.TO, List.of("4930123@fax.test", "4930456@fax.test"))
                .containsEntry(BridgeheadConstants.CONNECTOR, "Fax")
                .containsEntry(BridgeheadConstants.SUBJECT, "page 1")
                .containsKeys(BridgeheadConstants.MESSAGE_ID, BridgeheadConstants.TRANSPORT_ID)
                .doesNotContainKeys("CamelHttpUri", "CamelFileName", "Subject");
    }

    @Test
    void aRouteThatFailsGetsTheMessageAgainUntilItSucceeds(MailOrganization org) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("bridgehead:deliver/Fax?organization=#org")
                        .process(exchange -> {
                            if (attempts.incrementAndGet() <= 2) {
                                throw new IllegalStateException("line busy");
                            }
                        })
                        .to("mock:fax");
            }
        });
        MockEndpoint fax = context.getEndpoint("mock:fax", MockEndpoint.class);
        fax.expectedMessageCount(1);

        fax(org, "busy");
        org.clock().runUntilIdle();
        assertThat(attempts).hasValue(1);
        assertThat(org.server("MUC-HT1").messages()).isEqualTo(1);
        assertThat(org.tracking().events())
                .anySatisfy(event -> assertThat(event.reason()).contains("line busy"));

        org.clock().advance(Duration.ofHours(1));

        fax.assertIsSatisfied();
        assertThat(attempts).hasValue(3);
        assertThat(org.server("MUC-HT1").messages()).isZero();
        assertThat(org.tracking()).on("MUC-HT1").events(Kind.DEFER, Kind.SEND);
    }

    @Test
    void aMessageIsNotSettledWhileItsRouteRuns(MailOrganization org) throws Exception {
        AtomicInteger kept = new AtomicInteger(-1);
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("bridgehead:deliver/Fax?organization=#org")
                        .threads(1) // the route goes on in another thread
                        .process(exchange -> kept.set(org.server("MUC-HT1").messages()))
                        .to("mock:fax");
            }
        });

        fax(org, "slow");
        org.clock().runUntilIdle();

        assertThat(kept).hasValue(1);
        assertThat(org.server("MUC-HT1").messages()).isZero();
    }

    @Test
    void aRouteMaySendAMessageBack(MailOrganization org) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("bridgehead:deliver/Fax?organization=#org").process(exchange -> {
                    throw new MailRefusedException("5.1.2", "that is no fax number");
                });
            }
        });

        fax(org, "wrong");

        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("5.1.2");
    }

    @Test
    void whileARouteIsSuspendedMailWaits(MailOrganization org) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("bridgehead:deliver/Fax?organization=#org").routeId("fax").to("mock:fax");
            }
        });
        MockEndpoint fax = context.getEndpoint("mock:fax", MockEndpoint.class);
        context.getRouteController().suspendRoute("fax");
        fax(org, "later");
        org.clock().advance(Duration.ofMinutes(1));
        assertThat(fax.getExchanges()).isEmpty();

        context.getRouteController().resumeRoute("fax");
        org.clock().advance(Duration.ofHours(1));

        assertThat(fax.getExchanges()).hasSize(1);
    }

    @Test
    void trackingEventsComeInOrder(MailOrganization org) throws Exception {
        route(new RouteBuilder() {
            @Override
            public void configure() {
                from("bridgehead:track?organization=#org").to("mock:track");
            }
        });
        MockEndpoint track = context.getEndpoint("mock:track", MockEndpoint.class);
        track.expectedHeaderValuesReceivedInAnyOrder(BridgeheadConstants.EVENT, "RECEIVE", "DELIVER");

        org.send(mail -> mail.from("anna@contoso.test").to("anna@contoso.test").subject("to myself"));

        track.assertIsSatisfied(10_000);
        assertThat(track.getExchanges().get(0).getMessage().getHeader(BridgeheadConstants.EVENT))
                .isEqualTo("RECEIVE");
    }

    @Test
    void aWrongConnectorIsNamed() {
        assertThatThrownBy(() -> route(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("bridgehead:deliver/Telex?organization=#org").to("mock:fax");
                    }
                }))
                .hasStackTraceContaining("there are Fax");
    }
}
