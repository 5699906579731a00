package org.bridgehead.camel;

import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/**
 * Creates {@code bridgehead:submit}, {@code bridgehead:deliver/CONNECTOR}, {@code bridgehead:route}, {@code
 * bridgehead:track} and {@code bridgehead:agent/EVENT} endpoints.
 */
@Component("bridgehead")
public class BridgeheadComponent extends DefaultComponent {
    @Metadata(
            label = "advanced",
            autowired = true,
            description = "The organisation for endpoints that name neither a topology nor an organisation. It is not"
                    + " stopped with the context.")
    private @Nullable MailOrganization organization;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int slash = remaining.indexOf('/');
        String name = slash < 0 ? remaining : remaining.substring(0, slash);
        BridgeheadEndpoint endpoint = new BridgeheadEndpoint(uri, this);
        endpoint.setOperation(operation(name));
        endpoint.setConnector(slash < 0 ? null : remaining.substring(slash + 1));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static BridgeheadOperation operation(String name) {
        for (BridgeheadOperation operation : BridgeheadOperation.values()) {
            if (operation.name().equalsIgnoreCase(name)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("bridgehead:" + name
                + " is unknown; there are bridgehead:submit, bridgehead:deliver/CONNECTOR, bridgehead:route,"
                + " bridgehead:track, bridgehead:agent/EVENT");
    }

    /** As it stands in URIs. */
    static String keyword(BridgeheadOperation operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    /** The organisation for endpoints that name none. */
    public @Nullable MailOrganization getOrganization() {
        return organization;
    }

    /** Sets {@link #getOrganization}. */
    public void setOrganization(@Nullable MailOrganization organization) {
        this.organization = organization;
    }
}
