package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;

/** Rule 32: edges and the site they are subscribed to (BEHAVIOUR 6). The age of a subscription is in no file. */
final class EdgeSubscription extends ServiceRule {
    EdgeSubscription() {
        super(32, "edge-subscription", Severity.WARNING, "edge subscribed to no site, or to a site without hubs");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        for (Server edge : subject.topology().servers().values()) {
            if (!edge.is(Role.EDGE_TRANSPORT)) {
                continue;
            }
            String where = "server:" + edge.name();
            if (edge.subscribedSite().isEmpty()) {
                findings.add(finding(
                        where, "subscribed to no site: no mail goes through it", "write subscribedSite: and a site"));
            } else if (subject.topology().hubsOf(edge.subscribedSite().get()).isEmpty()) {
                findings.add(finding(
                        Severity.ERROR,
                        where,
                        "subscribed to " + edge.subscribedSite().get()
                                + ", which has no hub: mail waits on both sides of it",
                        "subscribe it to a site with hubs, or put one there"));
            }
        }
        return findings;
    }
}
