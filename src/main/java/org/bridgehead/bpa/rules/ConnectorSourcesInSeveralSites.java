package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;

/** Rule 16: only those of the closest site are used, without failover to the others (BEHAVIOUR 1.8.4, event 5026). */
final class ConnectorSourcesInSeveralSites extends RuleHead {
    ConnectorSourcesInSeveralSites() {
        super(
                16,
                "connector-sources-in-several-sites",
                Severity.WARNING,
                "connector with source servers in several sites");
    }

    @Override
    public List<Finding> check(Subject subject) {
        return Connectors.enabled(subject.topology()).stream()
                .filter(connector ->
                        Connectors.sites(subject.topology(), connector).size() > 1)
                .map(connector -> finding(
                        "connector:" + connector.name(),
                        connector.name() + " has source servers in "
                                + Words.some(List.copyOf(Connectors.sites(subject.topology(), connector)))
                                + ": each sender uses those of its closest site only, and does not turn to the others"
                                + " when they are down",
                        "make it a connector per site; see `bridgehead exits TOPOLOGY` for who uses which"))
                .toList();
    }
}
