package org.bridgehead.camel;

import java.util.List;
import java.util.regex.Pattern;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.engine.ConnectorDriver;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what {@code camel:} connectors carry to any Camel endpoint, in a Camel context of its own that starts with
 * the first message. Loads without Camel on the class path: mail then waits, and its queue says what is missing. Safe
 * for any thread.
 */
public final class CamelConnectorDriver implements ConnectorDriver, AutoCloseable {
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final String OWN = "bridgehead:";

    private @Nullable ConnectorContext context;
    private boolean closed;

    /** For {@link java.util.ServiceLoader}. */
    public CamelConnectorDriver() {}

    /** All URIs but {@code bridgehead:} ones: those wait for a consumer in the Camel context that has the endpoint. */
    @Override
    public boolean serves(String endpoint) {
        return URI.matcher(endpoint).matches() && !endpoint.regionMatches(true, 0, OWN, 0, OWN.length());
    }

    @Override
    public List<RecipientOutcome> deliver(String connector, String endpoint, Transmission message, Octets body) {
        try {
            return context().deliver(connector, endpoint, message, body);
        } catch (NoClassDefFoundError e) {
            RecipientOutcome missing = new RecipientOutcome.Deferred(
                    EnhancedStatus.of("4.3.5"),
                    "org.apache.camel:camel-core-engine is not on the class path (" + e.getMessage() + ")");
            return message.envelope().recipients().stream()
                    .map(recipient -> missing)
                    .toList();
        }
    }

    private synchronized ConnectorContext context() {
        if (closed) {
            throw new IllegalStateException("the organisation has ended");
        }
        ConnectorContext started = context;
        if (started == null) {
            started = new ConnectorContext();
            context = started;
        }
        return started;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (context != null) {
            context.close();
            context = null;
        }
    }
}
