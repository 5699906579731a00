package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SourceTree;

/** Links on no path: people expect them to share the load, and they never do (BEHAVIOUR 1.2). One finding. */
final class IdleLinks extends RuleHead {
    IdleLinks() {
        super(107, "idle-links", Severity.INFO, "site links that no mail crosses");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<String> links = List.copyOf(subject.topology().links().keySet());
        Pairs pairs = Pairs.of(subject);
        boolean[] crossed = new boolean[links.size()];
        for (int source : pairs.sources()) {
            SourceTree tree = pairs.from(source);
            int[] below = pairs.endsBelow(tree);
            for (int at = 1; at < tree.reached(); at++) {
                int site = tree.site(at);
                if (below[site] > 0) {
                    crossed[tree.link(site)] = true;
                }
            }
        }
        List<String> idle = new ArrayList<>();
        for (int link = 0; link < crossed.length; link++) {
            if (!crossed[link]) {
                idle.add(links.get(link));
            }
        }
        return idle.isEmpty()
                ? List.of()
                : List.of(finding(
                        idle.size() == 1 ? "link:" + idle.get(0) : "siteLinks",
                        Words.some(idle) + (idle.size() == 1 ? " is" : " are") + " on no chosen path ("
                                + Words.count(links.size(), "link") + " in all): no mail crosses "
                                + (idle.size() == 1 ? "it" : "them") + " while nothing is left out",
                        "nothing, if they stand by for rerouting; else lower an exchangeCost, see"
                                + " `bridgehead suggest`"));
    }
}
