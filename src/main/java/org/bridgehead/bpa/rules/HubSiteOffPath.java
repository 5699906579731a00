package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;

/** Rule 9: a hub site is a stop on chosen paths; off them it is ignored silently (BEHAVIOUR 1.3.3). */
final class HubSiteOffPath extends RuleHead {
    HubSiteOffPath() {
        super(9, "hub-site-off-path", Severity.WARNING, "hub site on no path between other mailbox sites");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Pairs pairs = Pairs.ofMailboxes(subject);
        List<Integer> hubSites = new ArrayList<>();
        int number = 0;
        for (Site site : subject.topology().sites().values()) {
            boolean stop =
                    site.hubSite() && !subject.routes().hubsOf(site.name()).isEmpty();
            if (stop && others(pairs, number) > 1) {
                hubSites.add(number);
            }
            number++;
        }
        boolean[] crossed = hubSites.isEmpty() ? new boolean[0] : crossed(pairs);
        return hubSites.stream()
                .filter(site -> !crossed[site])
                .map(site -> finding(subject.topology(), pairs, site))
                .toList();
    }

    private static long others(Pairs pairs, int site) {
        return pairs.ends().size() - (pairs.isEnd(site) ? 1 : 0);
    }

    /** The sites that a path goes through between two others. */
    private static boolean[] crossed(Pairs pairs) {
        boolean[] crossed = new boolean[pairs.sites()];
        for (int source : pairs.sources()) {
            SourceTree tree = pairs.from(source);
            int[] below = pairs.endsBelow(tree);
            for (int at = 1; at < tree.reached(); at++) {
                int site = tree.site(at);
                crossed[site] |= below[site] > (pairs.isEnd(site) ? 1 : 0);
            }
        }
        return crossed;
    }

    private Finding finding(Topology topology, Pairs pairs, int hubSite) {
        String name = pairs.name(hubSite);
        String message = name + " is a hub site, but no path between other mailbox sites leads over it";
        return NearestMiss.of(topology, pairs, hubSite)
                .map(miss -> finding(
                        "site:" + name,
                        message + "; the nearest miss is " + pairs.pair(miss.from(), miss.to())
                                + ", where the way over " + name + " would be " + miss.longer(),
                        "see " + Words.suggest(pairs.name(miss.from()), pairs.name(miss.to()), name) + ", or set sites."
                                + name + ".hubSite to false"))
                .orElseGet(() -> finding(
                        "site:" + name, message, "set sites." + name + ".hubSite to false, or link it to the others"));
    }
}
