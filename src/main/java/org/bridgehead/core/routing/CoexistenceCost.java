package org.bridgehead.core.routing;

import java.util.Comparator;

/**
 * What a way costs in an organisation that still has routing groups: the routing groups' connectors count first, site
 * links only between ways of equal cost there (BEHAVIOUR 1.8.12). The lower one is taken.
 *
 * @param routingGroupCost sum over the routing group connectors crossed
 * @param siteCost sum over the site links crossed
 */
public record CoexistenceCost(long routingGroupCost, long siteCost) implements Comparable<CoexistenceCost> {
    private static final Comparator<CoexistenceCost> ORDER =
            Comparator.comparingLong(CoexistenceCost::routingGroupCost).thenComparingLong(CoexistenceCost::siteCost);

    @Override
    public int compareTo(CoexistenceCost other) {
        return ORDER.compare(this, other);
    }
}
