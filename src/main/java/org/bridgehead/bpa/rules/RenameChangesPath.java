package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SourceTree;

/** Rule 12: the sites whose name won somewhere (BEHAVIOUR 1.2 step 3). One finding. */
final class RenameChangesPath extends RuleHead {
    RenameChangesPath() {
        super(12, "rename-changes-path", Severity.INFO, "site whose new name could change paths");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Pairs pairs = Pairs.of(subject);
        long[] won = new long[pairs.sites()];
        int[] against = new int[pairs.sites()];
        for (int source : pairs.sources()) {
            SourceTree tree = pairs.from(source);
            int[] rivals = tree.rivals();
            int[] below = pairs.endsBelow(tree);
            for (int at = 1; at < tree.reached(); at++) {
                int site = tree.site(at);
                if (rivals[site] >= 0 && below[site] > 0) {
                    int winner = tree.previous(site);
                    against[winner] = won[winner] == 0 ? rivals[site] : against[winner];
                    won[winner] += below[site];
                }
            }
        }
        List<Integer> winners = new ArrayList<>();
        for (int site = 0; site < won.length; site++) {
            if (won[site] > 0) {
                winners.add(site);
            }
        }
        winners.sort(Comparator.comparingLong((Integer site) -> won[site]).reversed());
        return winners.isEmpty() ? List.of() : List.of(finding(pairs, winners, won, against));
    }

    private Finding finding(Pairs pairs, List<Integer> winners, long[] won, int[] against) {
        List<String> names = winners.stream()
                .map(site -> pairs.name(site) + " (" + Words.count(won[site], "pair") + ", against "
                        + pairs.name(against[site]) + ")")
                .toList();
        return finding(
                "sites",
                "another name for one of " + Words.count(winners.size(), "site")
                        + " could change paths, because its name decided them: " + Words.some(names),
                "before renaming, compare: `bridgehead whatif TOPOLOGY --against RENAMED`");
    }
}
