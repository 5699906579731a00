package org.bridgehead.core.routing;

import java.util.Collection;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.core.topology.Names;

/**
 * The name of a part of the organisation, written {@code kind:NAME} (CONTRACT 3).
 *
 * @param kind {@code site}, {@code link}, {@code server}, {@code connector}, {@code node} or {@code dc}
 * @param name as the topology has it, any case
 */
public record Item(String kind, String name) {
    /** The kind of a site. */
    public static final String SITE = "site";

    /** The kind of a site link. */
    public static final String LINK = "link";

    /** The kind of a server. */
    public static final String SERVER = "server";

    /** The kind of a send connector. */
    public static final String CONNECTOR = "connector";

    /** The kind of a machine of a mailbox server. */
    public static final String NODE = "node";

    /** The kind of a domain controller. */
    public static final String CONTROLLER = "dc";

    /** Reads {@code kind:NAME}; empty when there is no kind or no name. */
    public static Optional<Item> tryParse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(new Item(text.substring(0, colon).toLowerCase(Locale.ROOT), text.substring(colon + 1)));
    }

    /** The names of one kind among items; what cannot be read is passed over. */
    static NavigableSet<String> names(Collection<String> items, String kind) {
        NavigableSet<String> names = Names.set();
        for (String text : items) {
            tryParse(text).filter(item -> item.kind.equals(kind)).ifPresent(item -> names.add(item.name));
        }
        return names;
    }

    @Override
    public String toString() {
        return kind + ":" + name;
    }
}
