package org.bridgehead.camel;

import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Keeps header fields of mails from steering a route: names that Camel takes for its own, in any letter case, and names
 * that are none by RFC 5322 or are longer than anybody needs never become Camel headers.
 */
public class BridgeheadHeaderFilterStrategy extends DefaultHeaderFilterStrategy {
    private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,100}");

    /** With Camel's own prefixes. */
    public BridgeheadHeaderFilterStrategy() {
        setLowerCase(true);
        setCaseInsensitive(true);
        setInFilterStartsWith("camel", "org.apache.camel.");
        setOutFilterStartsWith("camel", "org.apache.camel.");
        getInFilter().add("breadcrumbid");
    }

    @Override
    protected boolean extendedFilter(
            Direction direction, @Nullable String key, @Nullable Object value, @Nullable Exchange exchange) {
        return direction == Direction.IN && (key == null || !NAME.matcher(key).matches());
    }
}
