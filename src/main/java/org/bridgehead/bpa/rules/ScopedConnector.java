package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Topology;

/** Rule 21: a scoped connector is invisible outside its site (BEHAVIOUR 1.8.7). */
final class ScopedConnector extends RuleHead {
    ScopedConnector() {
        super(21, "scoped-connector", Severity.ERROR, "scoped connector whose addresses no other site can send to");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Outbound outbound = Outbound.of(subject);
        List<Finding> findings = new ArrayList<>();
        for (AddressSpace space : outbound.spaces()) {
            List<SendConnector> scoped = Connectors.enabled(subject.topology()).stream()
                    .filter(SendConnector::scoped)
                    .filter(connector -> Connectors.lists(connector, space))
                    .toList();
            List<Outbound.Choice> stranded = scoped.isEmpty()
                    ? List.of()
                    : outbound.choices(space).stream()
                            .filter(choice -> choice.connector().isEmpty())
                            .toList();
            if (!stranded.isEmpty()) {
                findings.add(finding(subject.topology(), space, scoped, stranded));
            }
        }
        return findings;
    }

    private Finding finding(
            Topology topology, AddressSpace space, List<SendConnector> scoped, List<Outbound.Choice> stranded) {
        SendConnector first = scoped.get(0);
        return finding(
                "connector:" + first.name(),
                Words.some(scoped.stream().map(SendConnector::name).toList()) + " for " + Outbound.text(space) + " "
                        + (scoped.size() == 1 ? "is" : "are") + " scoped to "
                        + Words.some(List.copyOf(Connectors.sites(topology, first)))
                        + ": such mail has no connector from "
                        + Outbound.places(stranded),
                "set connectors." + first.name() + ".scoped to false, or add a connector that all sites see");
    }
}
