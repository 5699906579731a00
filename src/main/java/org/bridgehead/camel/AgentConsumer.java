package org.bridgehead.camel;

import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.bridgehead.core.hub.AgentVerdict;
import org.bridgehead.core.hub.Stage;
import org.bridgehead.engine.HubAgent;

/**
 * {@code bridgehead:agent/EVENT}: hubs ask the route about each message, and do what its headers say when it has
 * finished; see {@link AgentAnswer}. A route that fails or takes longer than {@code timeLimit} counts as
 * {@code onFailure} says. While the consumer is suspended or stopped nobody is asked.
 */
final class AgentConsumer extends RegisteredConsumer {
    private static final String ON = "on";

    private final BridgeheadEndpoint endpoint;
    private final Stage stage;

    /** Checks the name of the event. */
    AgentConsumer(BridgeheadEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.stage = Arrays.stream(Stage.values())
                .filter(one -> event(one).equalsIgnoreCase(endpoint.getConnector()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        endpoint + " names no event; there are bridgehead:agent/onSubmitted, onResolved, onRouted,"
                                + " onCategorized"));
    }

    /** Its name in URIs, such as {@code onSubmitted}. */
    static String event(Stage stage) {
        String name = stage.name();
        return ON + name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    @Override
    Runnable register() throws Exception {
        HubAgent.Terms terms = new HubAgent.Terms(Duration.ofMillis(endpoint.getTimeLimit()), endpoint.getOnFailure());
        return endpoint.organization().agent(stage, this::judge, terms);
    }

    private AgentVerdict judge(HubAgent.Case message) throws Exception {
        Exchange exchange = createExchange(false);
        try (InputStream octets = message.body().open()) {
            byte[] mail = octets.readAllBytes();
            ExchangeMail.write(exchange.getIn(), message.copy(), mail);
            exchange.getIn().setHeader(BridgeheadConstants.EVENT, event(message.stage()));
            exchange.getIn().setHeader(BridgeheadConstants.SERVER, message.hub());
            if (endpoint.isMapHeaders()) {
                MailHeaders.map(mail, exchange, endpoint.getHeaderFilterStrategy());
            }
            getProcessor().process(exchange);
            return AgentAnswer.of(exchange, stage);
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
