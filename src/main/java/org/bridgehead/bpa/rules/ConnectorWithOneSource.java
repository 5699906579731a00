package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.AddressSpace;

/** Rule 17: no failover to another connector at run time (BEHAVIOUR 1.8.9). */
final class ConnectorWithOneSource extends RuleHead {
    ConnectorWithOneSource() {
        super(17, "connector-with-one-source", Severity.WARNING, "connector with one source server");
    }

    @Override
    public List<Finding> check(Subject subject) {
        return Connectors.enabled(subject.topology()).stream()
                .filter(connector -> connector.sourceServers().size() == 1)
                .map(connector -> finding(
                        "connector:" + connector.name(),
                        connector.name() + " has one source server, "
                                + connector.sourceServers().get(0) + ": while it is down all mail for "
                                + Words.some(connector.addressSpaces().stream()
                                        .map(AddressSpace::toString)
                                        .toList())
                                + " waits",
                        "name a second server of the same site in connectors." + connector.name() + ".sourceServers"))
                .toList();
    }
}
