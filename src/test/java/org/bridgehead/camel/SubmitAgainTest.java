package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.junit.MailAssertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.junit.BridgeheadTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bridgehead:submit} at an edge, which refuses some recipients and takes the others. */
@BridgeheadTest(yaml = """
        bridgehead: 1
        organization: { name: Camel, acceptedDomains: { contoso.test: authoritative } }
        sites: { Berlin: {} }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          BER-MBX1: { site: Berlin, roles: [mailbox] }
          BER-EDGE1: { roles: [edgeTransport], subscribedSite: Berlin }
        directory:
          recipients:
            anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
        """)
class SubmitAgainTest {
    private static final String SUBMIT = "bridgehead:submit?organization=#org&server=BER-EDGE1";
    private static final Map<String, Object> HEADERS = Map.of(
            BridgeheadConstants.FROM,
            "pat@fabrikam.test",
            BridgeheadConstants.TO,
            List.of("anna@contoso.test", "nobody@contoso.test"));

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void bind(MailOrganization org) {
        context.getRegistry().bind("org", org);
        context.start();
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    private Exchange submit(String uri) {
        return context.createProducerTemplate().send(uri, exchange -> {
            exchange.getMessage().setBody("Subject: to some\r\n\r\nHello\r\n");
            exchange.getMessage().setHeaders(new TreeMap<>(HEADERS));
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, Map.class);
    }

    @Test
    void whoWasRefusedIsToldBesideWhoWasTaken(MailOrganization org) {
        Exchange exchange = submit(SUBMIT);

        assertThat(exchange.getException())
                .isInstanceOf(MailRefusedException.class)
                .hasMessageContaining("nobody@contoso.test: 5.1.1 User unknown")
                .hasMessageNotContainingAny("anna");
        assertThat(header(exchange, BridgeheadConstants.ACCEPTED)).containsOnlyKeys("anna@contoso.test");
        assertThat(header(exchange, BridgeheadConstants.REJECTED)).containsOnlyKeys("nobody@contoso.test");
        assertThat(org.mailbox("anna@contoso.test")).received(1);
    }

    @Test
    void whatCamelRedeliversIsHandedInForTheRefusedOnly(MailOrganization org) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(MailRefusedException.class)
                        .maximumRedeliveries(2)
                        .redeliveryDelay(0)
                        .onRedelivery(exchange -> attempts.incrementAndGet());
                from("direct:in").to(SUBMIT);
            }
        });

        Exchange exchange = submit("direct:in");

        assertThat(attempts).hasValue(2);
        assertThat(header(exchange, BridgeheadConstants.ACCEPTED)).containsOnlyKeys("anna@contoso.test");
        assertThat(org.mailbox("anna@contoso.test")).received(1);
    }

    @Test
    void aNewMessageInTheSameExchangeIsNoRedelivery(MailOrganization org) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .setHeader(BridgeheadConstants.TO, constant("anna@contoso.test"))
                        .to(SUBMIT)
                        .to(SUBMIT);
            }
        });

        submit("direct:in");

        assertThat(org.mailbox("anna@contoso.test")).received(2);
    }
}
