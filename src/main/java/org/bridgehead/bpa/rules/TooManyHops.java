package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.HopLimit;
import org.bridgehead.core.routing.SourceTree;

/** A path that collects more Received lines than the limit cannot be used: 5.4.6 (DECISIONS 2.6). One finding. */
final class TooManyHops extends RuleHead {
    TooManyHops() {
        super(101, "too-many-hops", Severity.ERROR, "path with more stops than limits.maxHops");
    }

    @Override
    public List<Finding> check(Subject subject) {
        HopLimit limit = new HopLimit(subject.topology().settings().limits().maxHops());
        Pairs pairs = Pairs.of(subject);
        ReceivedLines lines = ReceivedLines.of(subject, pairs);
        long count = 0;
        int most = 0;
        String example = "";
        for (int source : pairs.sources()) {
            SourceTree tree = pairs.from(source);
            int[] collected = lines.along(tree);
            for (int at = 1; at < tree.reached(); at++) {
                int site = tree.site(at);
                if (pairs.isEnd(site) && limit.exceededBy(collected[site])) {
                    count++;
                    if (collected[site] > most) {
                        most = collected[site];
                        example = pairs.pair(source, site);
                    }
                }
            }
        }
        return count == 0
                ? List.of()
                : List.of(finding(
                        "organization.limits.maxHops",
                        "mail of " + Words.count(count, "pair") + " collects more than " + limit.maxHops()
                                + " Received lines and fails with " + HopLimit.STATUS + "; the longest, " + example
                                + ", has " + most,
                        "set organization.limits.maxHops to " + most + ", the smallest that works"));
    }
}
