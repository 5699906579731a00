package org.bridgehead.camel;

import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.engine.ConnectorDriver;
import org.bridgehead.engine.MailOrganization;

/**
 * {@code bridgehead:deliver/CONNECTOR}: each message that the connector carries becomes an exchange. The hub keeps the
 * message until the route has finished. If the route ends well, the message is delivered; if it fails, the message
 * stays in the connector's queue and comes again by the retry schedule. A message whose server ended before the route's
 * end was on record comes again, too, marked {@link BridgeheadConstants#REDELIVERED}. Routes run in the engine's threads,
 * several at once. While the consumer is suspended or stopped mail waits in the queue; when it starts, the queue is tried
 * at once.
 */
@ManagedResource(description = "Consumer of the mail of a connector")
public class BridgeheadConsumer extends RegisteredConsumer {
    private final BridgeheadEndpoint endpoint;
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong redelivered = new AtomicLong();

    /** For {@link BridgeheadEndpoint}. */
    public BridgeheadConsumer(BridgeheadEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    Runnable register() throws Exception {
        MailOrganization organization = endpoint.organization();
        return organization.connector(connector(organization).name(), new Driver());
    }

    @Override
    void registered() throws Exception {
        MailOrganization organization = endpoint.organization();
        retry(organization, connector(organization));
    }

    /** What waited for the route need not wait for its next turn. */
    private static void retry(MailOrganization organization, SendConnector connector) {
        Operation now = new Operation.RetryQueue(
                new NextHop.Foreign(connector.name(), connector.camel().orElseThrow()).queueName());
        connector.sourceServers().stream()
                .filter(server -> organization.servers().containsKey(server))
                .forEach(server -> organization.operate(server, now));
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

    /** Messages that their route has finished with. */
    @ManagedAttribute(description = "Messages that their route has finished with")
    public long getFinished() {
        return finished.get();
    }

    /** Routes that failed: the message comes again, or went back to its sender. */
    @ManagedAttribute(description = "Routes that failed: the message comes again, or went back to its sender")
    public long getFailed() {
        return failed.get();
    }

    /** Messages that may have been through their route before; see {@link BridgeheadConstants#REDELIVERED}. */
    @ManagedAttribute(description = "Messages that may have been through their route before")
    public long getRedelivered() {
        return redelivered.get();
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
                byte[] mail = octets.readAllBytes();
                ExchangeMail.write(exchange.getIn(), connector, message, mail);
                if (endpoint.isMapHeaders()) {
                    MailHeaders.map(mail, exchange, endpoint.getHeaderFilterStrategy());
                }
                if (ExchangeMail.isRedelivered(message)) {
                    redelivered.incrementAndGet();
                }
                getProcessor().process(exchange); // returns when the route has finished, in whatever thread
                return counted(RouteOutcome.of(exchange, message));
            } catch (Exception e) {
                return counted(RouteOutcome.failed(e, message));
            } finally {
                releaseExchange(exchange, false);
            }
        }

        private List<RecipientOutcome> counted(List<RecipientOutcome> outcomes) {
            boolean done = outcomes.stream().allMatch(RecipientOutcome.Delivered.class::isInstance);
            (done ? finished : failed).incrementAndGet();
            return outcomes;
        }
    }
}
