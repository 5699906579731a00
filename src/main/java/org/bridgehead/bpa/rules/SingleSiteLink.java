package org.bridgehead.bpa.rules;

import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SiteLink;

/** Rule 6. The file reader refuses such a link already; one made by code can be. */
final class SingleSiteLink extends RuleHead {
    SingleSiteLink() {
        super(6, "single-site-link", Severity.WARNING, "site link that joins a site with itself only");
    }

    @Override
    public List<Finding> check(Subject subject) {
        return subject.topology().links().values().stream()
                .filter(link -> members(link).size() < 2)
                .map(link -> finding(
                        "link:" + link.name(),
                        link.name() + " joins " + link.sites().get(0) + " with nothing else",
                        "name a second site under siteLinks." + link.name() + ".sites, or remove the link"))
                .toList();
    }

    /** The sites of a link, each once. */
    static NavigableSet<String> members(SiteLink link) {
        NavigableSet<String> members = Names.set();
        members.addAll(link.sites());
        return members;
    }
}
