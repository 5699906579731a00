package org.bridgehead.whatif;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Topology;

/**
 * What becomes of a send connector.
 *
 * @param name the connector
 * @param status the gravest of what applies
 * @param why one sentence
 * @param waiting sites whose mail for this connector does not get out; a failed connector is never replaced by another
 *     one at run time (BEHAVIOUR 1.8.9)
 * @param moved mail that another connector carried before, or carries now; a move stands with the connector that lost it
 */
public record ConnectorChange(String name, Status status, String why, List<Waiting> waiting, List<Moved> moved) {
    /** Kinds of change, the gravest first. */
    public enum Status {
        /** It exists only before. */
        REMOVED("removed"),
        /** It takes no part any more. */
        DISABLED("disabled"),
        /** No mail gets out by it. */
        DARK("dark"),
        /** Mail of some sites does not get to it. */
        CUT_OFF("cutOff"),
        /** It exists only after. */
        ADDED("added"),
        /** It takes part now. */
        ENABLED("enabled"),
        /** Other mail than before goes out by it. */
        MOVED("moved"),
        /** Its settings are others, and the same mail goes out by it. */
        CHANGED("changed");

        private final String keyword;

        Status(String keyword) {
            this.keyword = keyword;
        }

        /** The word in JSON. */
        public String keyword() {
            return keyword;
        }
    }

    /**
     * Mail that waits.
     *
     * @param from the site it comes from
     * @param heldAt the site where it waits
     */
    public record Waiting(String from, String heldAt) {}

    /**
     * Mail that goes out elsewhere.
     *
     * @param addressSpace {@code TYPE:PATTERN}
     * @param from the connector that carried it; empty = none did
     * @param to the connector that carries it; empty = none does
     * @param sites where the mail comes from, in name order
     */
    public record Moved(String addressSpace, Optional<String> from, Optional<String> to, List<String> sites) {
        /** Copies the list. */
        public Moved {
            sites = List.copyOf(sites);
        }
    }

    /** Copies the lists. */
    public ConnectorChange {
        waiting = List.copyOf(waiting);
        moved = List.copyOf(moved);
    }

    /** The enabled connectors that no mail gets out by while parts are down, in name order. */
    public static List<String> dark(Topology topology, List<String> down) {
        DownParts parts = new DownParts(topology, down);
        return topology.sendConnectors().values().stream()
                .filter(connector -> connector.enabled() && isDark(connector, parts))
                .map(SendConnector::name)
                .toList();
    }

    static boolean isDark(SendConnector connector, DownParts down) {
        return down.connectorDown(connector.name())
                || connector.sourceServers().stream().noneMatch(down::serverUp);
    }

    /** Whether mail that got out before does not now. */
    public boolean stopsMail() {
        return !waiting.isEmpty() || moved.stream().anyMatch(mail -> mail.to().isEmpty());
    }
}
