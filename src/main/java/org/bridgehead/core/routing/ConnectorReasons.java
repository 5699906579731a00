package org.bridgehead.core.routing;

import org.bridgehead.core.routing.ConnectorDecision.Figures;
import org.bridgehead.core.routing.ConnectorDecision.Rule;
import org.bridgehead.core.topology.SendConnector;

/** What a connector lost by, in figures that can be checked against the topology file. */
final class ConnectorReasons {
    private ConnectorReasons() {}

    /** Out before anything was compared. */
    static String unfit(Exit exit, Rule rule) {
        SendConnector connector = exit.connector();
        if (rule == Rule.SIZE) {
            return "takes messages of up to " + connector.maxMessageSize().orElse(0) + " bytes";
        }
        if (rule == Rule.COST) {
            return "no path leads to its source servers (" + String.join(", ", connector.sourceServers()) + ")";
        }
        if (!connector.enabled()) {
            return "disabled";
        }
        return connector.scoped()
                ? "scoped, and none of its source servers is in this site"
                : "this edge is none of its source servers";
    }

    /** Behind the winner. */
    static String behind(String winnerName, Figures winner, String loserName, Figures loser, Rule rule) {
        if (rule == Rule.SPECIFICITY) {
            return loser.space().pattern() + " against the more specific "
                    + winner.space().pattern();
        }
        if (rule == Rule.COST) {
            return cost(loser) + " against " + cost(winner);
        }
        return rule == Rule.PROXIMITY
                ? place(loser) + " against " + place(winner)
                : "equal in all else, and " + winnerName + " comes before " + loserName;
    }

    private static String cost(Figures figures) {
        long path = figures.path().map(SitePath::cost).orElse(0L);
        return figures.cost() + " (path " + path + " + space " + figures.space().cost() + ")";
    }

    private static String place(Figures figures) {
        int hops = figures.path().map(SitePath::hops).orElse(0);
        String servers = String.join(", ", figures.servers());
        return switch (figures.proximity()) {
            case 0 -> "this server";
            case 1 -> servers + " in this site";
            default -> servers + " " + hops + (hops == 1 ? " hop" : " hops") + " away";
        };
    }
}
