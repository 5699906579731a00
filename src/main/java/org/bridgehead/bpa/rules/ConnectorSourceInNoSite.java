package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.SendConnector;

/** A connector none of whose source servers belongs to a site cannot be routed to (event 5016). */
final class ConnectorSourceInNoSite extends RuleHead {
    ConnectorSourceInNoSite() {
        super(
                106,
                "connector-source-in-no-site",
                Severity.ERROR,
                "connector whose source servers belong to no site, or to a site without hubs");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        for (SendConnector connector : Connectors.enabled(subject.topology())) {
            List<String> sites = List.copyOf(Connectors.sites(subject.topology(), connector));
            boolean reachable = sites.stream()
                    .anyMatch(site -> !subject.routes().hubsOf(site).isEmpty());
            if (!reachable) {
                findings.add(finding(
                        "connector:" + connector.name(),
                        Words.some(connector.sourceServers()) + ", which " + connector.name() + " uses, "
                                + (connector.sourceServers().size() == 1 ? "belongs" : "belong") + " to "
                                + (sites.isEmpty() ? "no site" : Words.some(sites) + ", without a hub")
                                + ": no mail reaches the connector",
                        sites.isEmpty()
                                ? "write servers." + connector.sourceServers().get(0) + ".subscribedSite"
                                : "put a hub into " + sites.get(0)));
            }
        }
        return findings;
    }
}
