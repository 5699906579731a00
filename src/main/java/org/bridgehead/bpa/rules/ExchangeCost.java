package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SiteLink;

/** Rule 13: mail and replication see different networks (BEHAVIOUR 1.1.6, 1.1.8). */
final class ExchangeCost extends RuleHead {
    /** How many times dearer or cheaper counts as far. */
    private static final int FAR = 10;

    ExchangeCost() {
        super(
                13,
                "exchange-cost",
                Severity.INFO,
                "exchangeCost on some of several parallel links, or far from the link's cost");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<SiteLink> links = List.copyOf(subject.topology().links().values());
        List<Finding> findings = new ArrayList<>();
        for (SiteLink link : links) {
            if (link.exchangeCost().isPresent()) {
                far(link).ifPresent(findings::add);
            }
        }
        findings.addAll(uneven(links));
        return findings;
    }

    private Optional<Finding> far(SiteLink link) {
        long mail = link.mailCost();
        if (mail < (long) link.cost() * FAR && link.cost() < mail * FAR) {
            return Optional.empty();
        }
        return Optional.of(finding(
                "link:" + link.name(),
                link.name() + " costs " + mail + " for mail but " + link.cost() + " for replication",
                "set siteLinks." + link.name() + ".exchangeCost nearer to " + link.cost()
                        + ", or remove it; see `bridgehead whatif TOPOLOGY --set "
                        + Words.argument("siteLinks." + link.name() + ".exchangeCost=" + link.cost()) + "`"));
    }

    /** Links that set it while one beside them, with two sites or more in common, does not. */
    private List<Finding> uneven(List<SiteLink> links) {
        SortedMap<String, List<SiteLink>> bySite = Names.map();
        links.forEach(link -> link.sites()
                .forEach(site ->
                        bySite.computeIfAbsent(site, name -> new ArrayList<>()).add(link)));
        List<Finding> findings = new ArrayList<>();
        for (SiteLink link : links) {
            if (link.exchangeCost().isPresent()) {
                SortedMap<String, Integer> common = Names.map();
                SingleSiteLink.members(link)
                        .forEach(site -> bySite.getOrDefault(site, List.of()).stream()
                                .filter(other -> other.exchangeCost().isEmpty())
                                .forEach(other -> common.merge(other.name(), 1, Integer::sum)));
                common.values().removeIf(sites -> sites < 2);
                if (!common.isEmpty()) {
                    findings.add(uneven(link, List.copyOf(common.keySet())));
                }
            }
        }
        return findings;
    }

    private Finding uneven(SiteLink link, List<String> others) {
        return finding(
                "link:" + link.name(),
                link.name() + " sets exchangeCost " + link.mailCost() + ", " + Words.some(others) + " beside it "
                        + (others.size() == 1 ? "does" : "do") + " not",
                "set siteLinks." + others.get(0) + ".exchangeCost too, or remove both");
    }
}
