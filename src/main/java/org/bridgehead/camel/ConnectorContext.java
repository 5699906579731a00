package org.bridgehead.camel;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.engine.ConnectorDriver;

/** The Camel context of an organisation's connectors: no routes, only endpoints that mail is sent to. */
final class ConnectorContext implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    ConnectorContext() {
        context.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        context.getShutdownStrategy().setTimeout(5);
        context.start();
        template = context.createProducerTemplate();
    }

    List<RecipientOutcome> deliver(
            String connector, String endpoint, Transmission message, ConnectorDriver.Octets body) {
        try (InputStream in = body.open()) {
            byte[] octets = in.readAllBytes();
            return RouteOutcome.of(
                    template.send(endpoint, exchange -> fill(exchange, connector, endpoint, message, octets)), message);
        } catch (Exception e) {
            return RouteOutcome.failed(e, message);
        }
    }

    private static void fill(
            Exchange exchange, String connector, String endpoint, Transmission message, byte[] octets) {
        ExchangeMail.write(exchange.getIn(), connector, message, octets);
        if (!endpoint.contains("fileName=")) {
            exchange.getIn().setHeader(Exchange.FILE_NAME, fileName(message));
        }
    }

    /**
     * The same name for each attempt, so that one that is repeated replaces the file instead of adding another; another
     * name for other recipients of the same message.
     */
    private static String fileName(Transmission message) {
        String recipients = message.envelope().recipients().stream()
                .map(recipient -> recipient.address().key())
                .collect(Collectors.joining("\n"));
        return message.state().id() + "-" + UUID.nameUUIDFromBytes(recipients.getBytes(StandardCharsets.UTF_8))
                + ".eml";
    }

    @Override
    public void close() {
        template.stop();
        context.stop();
    }
}
