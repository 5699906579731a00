package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.Names;

/** Rule 7: sites on different islands are Unreachable for each other (event 5007). Lone sites are left to rule 5. */
final class PartitionedSites extends RuleHead {
    PartitionedSites() {
        super(7, "partitioned-sites", Severity.ERROR, "site links that leave islands");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<List<String>> islands = islands(Pairs.of(subject)).stream()
                .filter(island -> island.size() > 1)
                .sorted(Comparator.comparingInt((List<String> island) -> island.size())
                        .reversed())
                .toList();
        if (islands.size() < 2) {
            return List.of();
        }
        List<String> main = islands.get(0);
        return islands.stream()
                .skip(1)
                .map(island -> finding(
                        "site:" + island.get(0),
                        Words.some(island) + " form an island of " + island.size()
                                + " sites: no site link leads to the " + main.size() + " sites around " + main.get(0),
                        "add a site link that joins one of them with " + main.get(0) + " or its neighbours"))
                .toList();
    }

    private static List<List<String>> islands(Pairs pairs) {
        List<List<String>> islands = new ArrayList<>();
        boolean[] seen = new boolean[pairs.sites()];
        for (int site = 0; site < seen.length; site++) {
            if (!seen[site]) {
                SourceTree tree = pairs.from(site);
                NavigableSet<String> island = Names.set();
                for (int at = 0; at < tree.reached(); at++) {
                    seen[tree.site(at)] = true;
                    island.add(pairs.name(tree.site(at)));
                }
                islands.add(List.copyOf(island));
            }
        }
        return islands;
    }
}
