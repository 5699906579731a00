package org.bridgehead.core.routing;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.AddressSpace;

/**
 * Why external mail leaves where it leaves (BEHAVIOUR 1.8).
 *
 * @param chosen name of the connector
 * @param decidedBy what told it from the strongest other one; {@link Rule#SCOPE} when no other connector carries such
 *     addresses
 * @param alternatives the other connectors that carry such addresses, strongest first
 * @param figures of the chosen one
 */
public record ConnectorDecision(String chosen, Rule decidedBy, List<Rejected> alternatives, Figures figures) {
    /** The criteria in their order. */
    public enum Rule {
        /** Takes messages of this size. */
        SIZE("size"),
        /** Enabled and visible from this site. */
        SCOPE("scope"),
        /** The more specific address space. */
        SPECIFICITY("specificity"),
        /** The lower sum of site path and address space cost; a connector without a path to it costs too much. */
        COST("cost"),
        /** This server, then this site, then fewer hops. */
        PROXIMITY("proximity"),
        /** The lower connector name. */
        NAME("name");

        private final String keyword;

        Rule(String keyword) {
            this.keyword = keyword;
        }

        /** The word in JSON. */
        public String keyword() {
            return keyword;
        }
    }

    /**
     * A connector as it looks from the sending server.
     *
     * <p>The metric says which path leads to a site and which site is the closest; what is compared between connectors is
     * always the sum of link costs along that path plus the cost of the address space, then hops.
     *
     * @param space the address space of it that fits best
     * @param path to the closest site with source servers; empty = no path leads to any
     * @param servers the source servers there, edges subscribed to it included, in name order
     * @param proximity 0 = this server is one of them, 1 = they are in this site, else hops + 1
     * @param farther other sites that have source servers: never used from here (1.8.4); name order
     */
    public record Figures(
            AddressSpace space, Optional<SitePath> path, List<String> servers, int proximity, List<String> farther) {
        /** Copies the lists. */
        public Figures {
            servers = List.copyOf(servers);
            farther = List.copyOf(farther);
        }

        /** Cost of the path plus that of the address space. */
        public long cost() {
            return path.map(SitePath::cost).orElse(0L) + space.cost();
        }
    }

    /**
     * A connector that was not chosen.
     *
     * @param name its name
     * @param lostBy the first criterion it fell behind by
     * @param figures how it looks from here
     * @param because what it lost by, in figures; no sentence, no full stop
     */
    public record Rejected(String name, Rule lostBy, Figures figures, String because) {}

    /** Copies the list. */
    public ConnectorDecision {
        alternatives = List.copyOf(alternatives);
    }
}
