package org.bridgehead.core.routing;

import java.util.List;
import org.bridgehead.core.topology.Names;

/** Decisions in sentences, the same for every face (BEHAVIOUR 1.2, 1.8). Pure. */
public final class Reasons {
    private Reasons() {}

    /** Why the chosen connector won; {@code name} stands for it. */
    public static String of(ConnectorDecision decision, String name) {
        return "Leaves by connector " + name + ", "
                + (decision.alternatives().isEmpty()
                        ? "the only one for such addresses."
                        : "decided by " + decision.decidedBy().keyword() + ".");
    }

    /** Why the chosen path won, to a destination inside or to the connector of one outside. */
    public static String of(Decision decision, boolean outside) {
        SitePath winner = decision.chosen();
        if (winner.hops() == 0) {
            return outside ? "The connector's source servers are in this site." : "Both ends are in one site.";
        }
        if (decision.rejected().isEmpty()) {
            return "No other path exists.";
        }
        SitePath loser = decision.rejected().get(0).path();
        return switch (decision.rule()) {
            case ONLY -> "No other path exists.";
            case HOPS -> "Fewest hops: " + winner.hops() + " against " + loser.hops() + ".";
            case COST ->
                "Lowest cost: " + winner.cost() + " against " + loser.cost()
                        + (winner.hops() == loser.hops() ? ", with equal hops." : ".");
            case NAME -> byName(winner, loser);
        };
    }

    private static String byName(SitePath winner, SitePath loser) {
        return "Equal in hops (" + winner.hops() + ") and cost (" + winner.cost()
                + "), so the site names decide, from the destination back: " + firstDifference(winner, loser) + ".";
    }

    /** The names that decided, such as {@code Berlin before Munich}. */
    private static String firstDifference(SitePath winner, SitePath loser) {
        List<String> ours = winner.sites();
        List<String> theirs = loser.sites();
        int back = 1;
        while (Names.same(ours.get(ours.size() - back), theirs.get(theirs.size() - back))) {
            back++;
        }
        return ours.get(ours.size() - back) + " comes before " + theirs.get(theirs.size() - back);
    }
}
