package org.bridgehead.camel;

import java.io.InputStream;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.engine.ConnectorDriver;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/**
 * {@code bridgehead:deliver/CONNECTOR}: each message that the connector carries becomes an exchange. The hub keeps the
 * message until the route has finished. If the route ends well, the message is delivered; if it fails, the message
 * stays in the connector's queue and comes again by the retry schedule, so a route may see a message twice. Routes run
 * in the engine's threads, several at once. While the consumer is suspended or stopped mail waits in the queue.
 */
public class BridgeheadConsumer extends DefaultConsumer implements Suspendable {
    private final BridgeheadEndpoint endpoint;
    private @Nullable Runnable registration;

    /** For {@link BridgeheadEndpoint}. */
    public BridgeheadConsumer(BridgeheadEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        register();
    }

    @Override
    protected void doResume() throws Exception {
        register();
        super.doResume();
    }

    @Override
    protected void doSuspend() throws Exception {
        unregister();
        super.doSuspend();
    }

    @Override
    protected void doStop() throws Exception {
        unregister();
        super.doStop();
    }

    private void register() throws Exception {
        MailOrganization organization = endpoint.organization();
        registration = organization.connector(connector(organization).name(), new Driver());
    }

    private void unregister() {
        if (registration != null) {
            registration.run();
            registration = null;
        }
    }

    private SendConnector connector(MailOrganization organization) {
        List<String> foreign = organization.topology().sendConnectors().values().stream()
                .filter(connector -> connector.camel().isPresent())
                .map(SendConnector::name)
                .toList();
        String wanted = endpoint.getConnector();
        SendConnector found =
                wanted == null ? null : organization.topology().sendConnectors().get(wanted);
        if (found == null || found.camel().isEmpty()) {
            throw new IllegalArgumentException(endpoint + " names no connector with a camel: endpoint; "
                    + (foreign.isEmpty() ? "the topology has none" : "there are " + String.join(", ", foreign)));
        }
        return found;
    }

    private final class Driver implements ConnectorDriver {
        @Override
        public boolean serves(String endpointUri) {
            return true;
        }

        @Override
        public List<RecipientOutcome> deliver(String connector, String endpointUri, Transmission message, Octets body) {
            Exchange exchange = createExchange(false);
            try (InputStream octets = body.open()) {
                ExchangeMail.write(exchange.getIn(), connector, message, octets.readAllBytes());
                getProcessor().process(exchange); // returns when the route has finished, in whatever thread
                return RouteOutcome.of(exchange, message);
            } catch (Exception e) {
                return RouteOutcome.failed(e, message);
            } finally {
                releaseExchange(exchange, false);
            }
        }
    }
}
