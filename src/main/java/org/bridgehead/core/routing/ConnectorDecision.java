package org.bridgehead.core.routing;

import java.util.List;

/**
 * Why external mail leaves where it leaves (BEHAVIOUR 1.8).
 *
 * @param chosen name of the connector
 * @param decidedBy what told it from the strongest other one; {@link Rule#SCOPE} when no other connector carries such
 *     addresses
 * @param alternatives the other connectors that carry such addresses, strongest first
 */
public record ConnectorDecision(String chosen, Rule decidedBy, List<Rejected> alternatives) {
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
     * A connector that was not chosen.
     *
     * @param name its name
     * @param lostBy the first criterion it fell behind by
     */
    public record Rejected(String name, Rule lostBy) {}

    /** Copies the list. */
    public ConnectorDecision {
        alternatives = List.copyOf(alternatives);
    }
}
