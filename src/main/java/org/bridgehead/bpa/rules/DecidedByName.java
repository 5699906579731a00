package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SourceTree;

/** Rule 11: paths of equal cost and hops never share the load; the name decides (BEHAVIOUR 1.2 step 3). One finding. */
final class DecidedByName extends RuleHead {
    DecidedByName() {
        super(11, "decided-by-name", Severity.INFO, "pairs whose path is decided by a site name");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Pairs pairs = Pairs.of(subject);
        long count = 0;
        String example = "";
        for (int source : pairs.sources()) {
            SourceTree tree = pairs.from(source);
            int[] rivals = tree.rivals();
            int[] decidedAt = decidedAt(tree, rivals);
            for (int at = 1; at < tree.reached(); at++) {
                int site = tree.site(at);
                if (decidedAt[site] >= 0 && pairs.isEnd(site)) {
                    int fork = decidedAt[site];
                    if (count++ == 0) {
                        example = pairs.pair(source, site) + " (by " + pairs.name(tree.previous(fork)) + ", not by "
                                + pairs.name(rivals[fork]) + ")";
                    }
                }
            }
        }
        return count == 0
                ? List.of()
                : List.of(finding(
                        "siteLinks",
                        Words.count(count, "pair") + " of sites " + (count == 1 ? "has" : "have")
                                + " another path of the same cost and hops, and a name decides, such as " + example
                                + ": the other path carries no mail of theirs",
                        "see `bridgehead routes TOPOLOGY` for decidedBy name; give one link another exchangeCost"
                                + " where it matters"));
    }

    /** For each site the last fork on its path where a name decided; -1 without. */
    private static int[] decidedAt(SourceTree tree, int[] rivals) {
        int[] decidedAt = new int[rivals.length];
        decidedAt[tree.source()] = -1;
        for (int at = 1; at < tree.reached(); at++) {
            int site = tree.site(at);
            decidedAt[site] = rivals[site] >= 0 ? site : decidedAt[tree.previous(site)];
        }
        return decidedAt;
    }
}
