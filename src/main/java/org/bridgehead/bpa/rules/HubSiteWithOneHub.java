package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;

/** Rule 10: mail of all whose path crosses it waits while that server is down (BEHAVIOUR 1.3.5). */
final class HubSiteWithOneHub extends RuleHead {
    HubSiteWithOneHub() {
        super(10, "hub-site-with-one-hub", Severity.WARNING, "hub site with one hub only");
    }

    @Override
    public List<Finding> check(Subject subject) {
        return subject.topology().sites().values().stream()
                .filter(site ->
                        site.hubSite() && subject.routes().hubsOf(site.name()).size() == 1)
                .map(site -> finding(
                        "site:" + site.name(),
                        site.name() + " is a hub site with one hub, "
                                + subject.routes().hubsOf(site.name()).get(0)
                                + ": while it is down all mail that must stop there waits",
                        "add a second hub to " + site.name() + "; see `bridgehead whatif TOPOLOGY --down server:"
                                + subject.routes().hubsOf(site.name()).get(0) + "`"))
                .toList();
    }
}
