package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.SiteLink;

/** Rule 14: too big for one link of the path is too big, whatever other path there is (BEHAVIOUR 1.6.1). */
final class LinkSizeLimit extends RuleHead {
    LinkSizeLimit() {
        super(14, "link-size-limit", Severity.WARNING, "site link that refuses messages which the organisation allows");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<SiteLink> links = List.copyOf(subject.topology().links().values());
        long most = subject.topology().settings().limits().maxMessageSize();
        if (links.stream().noneMatch(link -> link.maxMessageSize().orElse(most) < most)) {
            return List.of();
        }
        Pairs pairs = Pairs.of(subject);
        long[] crossing = new long[links.size()];
        String[] example = new String[links.size()];
        Arrays.fill(example, "");
        for (int source : pairs.sources()) {
            SourceTree tree = pairs.from(source);
            int[] below = pairs.endsBelow(tree);
            for (int at = 1; at < tree.reached(); at++) {
                int site = tree.site(at);
                if (below[site] > 0) {
                    int link = tree.link(site);
                    crossing[link] += below[site];
                    if (example[link].isEmpty() && pairs.isEnd(site)) {
                        example[link] = ", such as " + pairs.pair(source, site) + ",";
                    }
                }
            }
        }
        return findings(links, most, crossing, example);
    }

    private List<Finding> findings(List<SiteLink> links, long most, long[] crossing, String[] example) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < crossing.length; i++) {
            SiteLink link = links.get(i);
            if (crossing[i] > 0 && link.maxMessageSize().orElse(most) < most) {
                String limit = ServiceRule.octets(link.maxMessageSize().getAsLong());
                findings.add(finding(
                        "link:" + link.name(),
                        link.name() + " refuses messages above " + limit + ", the organisation takes "
                                + ServiceRule.octets(most) + ": between them mail of "
                                + Words.count(crossing[i], "pair")
                                + example[i] + " is returned (5.3.4)",
                        "raise siteLinks." + link.name() + ".maxMessageSize, lower limits.maxMessageSize, or lead the"
                                + " path elsewhere"));
            }
        }
        return findings;
    }
}
