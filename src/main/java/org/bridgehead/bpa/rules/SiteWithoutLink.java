package org.bridgehead.bpa.rules;

import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;

/** Rule 5: nothing comes or goes (event 5007). A single site needs no link; an empty one is only warned of. */
final class SiteWithoutLink extends RuleHead {
    SiteWithoutLink() {
        super(5, "site-without-link", Severity.ERROR, "site on no site link");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Topology topology = subject.topology();
        NavigableSet<String> linked = Names.set();
        topology.links().values().stream()
                .filter(link -> SingleSiteLink.members(link).size() > 1)
                .forEach(link -> linked.addAll(link.sites()));
        NavigableSet<String> used = subject.sitesWith(Role.HUB_TRANSPORT);
        used.addAll(subject.mailboxSites());
        return topology.sites().size() < 2
                ? List.of()
                : topology.sites().values().stream()
                        .map(Site::name)
                        .filter(site -> !linked.contains(site))
                        .map(site -> finding(
                                used.contains(site) ? severity() : Severity.WARNING,
                                "site:" + site,
                                site + " is on no site link: "
                                        + (used.contains(site)
                                                ? "no mail reaches it or leaves it"
                                                : "it has neither hub nor mailboxes and takes no part"),
                                "add " + site + " to a link under siteLinks, or remove the site"))
                        .toList();
    }
}
