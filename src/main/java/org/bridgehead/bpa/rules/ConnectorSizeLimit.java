package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.SendConnector;

/** Rule 15: too small a connector is eliminated; with no other left the message is returned (BEHAVIOUR 1.6.3). */
final class ConnectorSizeLimit extends RuleHead {
    ConnectorSizeLimit() {
        super(
                15,
                "connector-size-limit",
                Severity.WARNING,
                "connector that refuses messages which the organisation allows, with no larger one beside it");
    }

    @Override
    public List<Finding> check(Subject subject) {
        long most = subject.topology().settings().limits().maxMessageSize();
        List<SendConnector> enabled = Connectors.enabled(subject.topology());
        List<Finding> findings = new ArrayList<>();
        for (SendConnector small : enabled) {
            if (small.maxMessageSize().orElse(most) < most) {
                List<SendConnector> large = enabled.stream()
                        .filter(other -> other.maxMessageSize().orElse(most) >= most)
                        .filter(other -> Connectors.seenWhereverIs(subject.topology(), other, small))
                        .toList();
                small.addressSpaces().stream()
                        .filter(space -> large.stream().noneMatch(other -> Connectors.carries(other, space)))
                        .findFirst()
                        .ifPresent(space -> findings.add(finding(small, space, most)));
            }
        }
        return findings;
    }

    private Finding finding(SendConnector small, AddressSpace space, long most) {
        String limit = ServiceRule.octets(small.maxMessageSize().getAsLong());
        return finding(
                "connector:" + small.name(),
                small.name() + " refuses messages above " + limit + ", the organisation takes "
                        + ServiceRule.octets(most) + ", and no larger connector carries " + space
                        + ": what is between them is returned",
                "raise connectors." + small.name() + ".maxMessageSize, lower limits.maxMessageSize, or add a larger"
                        + " connector");
    }
}
