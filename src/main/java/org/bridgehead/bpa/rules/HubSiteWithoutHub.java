package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;

/** Rule 8: the flag does nothing without a server to stop at (BEHAVIOUR 1.3.4). */
final class HubSiteWithoutHub extends RuleHead {
    HubSiteWithoutHub() {
        super(8, "hub-site-without-hub", Severity.ERROR, "hub site without a hub");
    }

    @Override
    public List<Finding> check(Subject subject) {
        return subject.topology().sites().values().stream()
                .filter(site ->
                        site.hubSite() && subject.routes().hubsOf(site.name()).isEmpty())
                .map(site -> finding(
                        "site:" + site.name(),
                        site.name() + " is a hub site but has no hub: mail does not stop there",
                        "put a hub into " + site.name() + ", or set sites." + site.name() + ".hubSite to false"))
                .toList();
    }
}
