package org.bridgehead.bpa.rules;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Topology;

/** What send connectors carry, and for whom. */
final class Connectors {
    private Connectors() {}

    /** Those that take part, in name order. */
    static List<SendConnector> enabled(Topology topology) {
        return topology.sendConnectors().values().stream()
                .filter(SendConnector::enabled)
                .toList();
    }

    /** The sites of its source servers, an edge counting for the site it is subscribed to. */
    static NavigableSet<String> sites(Topology topology, SendConnector connector) {
        NavigableSet<String> sites = Names.set();
        connector.sourceServers().stream()
                .flatMap(name -> topology.server(name).stream())
                .flatMap(server -> server.site().or(server::subscribedSite).stream())
                .forEach(sites::add);
        return sites;
    }

    /** Whether it is about mail domains. */
    static boolean isSmtp(AddressSpace space) {
        return space.type().equalsIgnoreCase("SMTP");
    }

    /** Whether the space itself, its cost aside, is written at the connector. */
    static boolean lists(SendConnector connector, AddressSpace space) {
        return connector.addressSpaces().stream()
                .anyMatch(its -> its.type().equalsIgnoreCase(space.type())
                        && its.pattern().equalsIgnoreCase(space.pattern()));
    }

    /** Whether all addresses of the space match the connector. */
    static boolean carries(SendConnector connector, AddressSpace space) {
        return connector.addressSpaces().stream()
                .anyMatch(its -> its.type().equalsIgnoreCase(space.type())
                        && covers(
                                its.pattern().toLowerCase(Locale.ROOT),
                                space.pattern().toLowerCase(Locale.ROOT),
                                isSmtp(its)));
    }

    private static boolean covers(String wide, String narrow, boolean smtp) {
        if (wide.equals("*") || wide.equals(narrow)) {
            return true;
        }
        return smtp
                ? wide.startsWith("*.") && (narrow.equals(wide.substring(2)) || narrow.endsWith(wide.substring(1)))
                : wide.endsWith("*") && narrow.startsWith(wide.substring(0, wide.length() - 1));
    }

    /** Whether each site that sees {@code one} sees {@code other} too. */
    static boolean seenWhereverIs(Topology topology, SendConnector other, SendConnector one) {
        return !other.scoped() || one.scoped() && sites(topology, other).containsAll(sites(topology, one));
    }
}
