package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.SendConnector;

/** Rule 22: what it would carry goes to Unreachable (BEHAVIOUR 1.8.8). */
final class DisabledConnector extends RuleHead {
    DisabledConnector() {
        super(22, "disabled-connector", Severity.ERROR, "disabled connector that is the only one for its addresses");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<SendConnector> enabled = Connectors.enabled(subject.topology());
        List<Finding> findings = new ArrayList<>();
        for (SendConnector disabled : subject.topology().sendConnectors().values()) {
            List<String> lost = disabled.enabled()
                    ? List.of()
                    : disabled.addressSpaces().stream()
                            .filter(space -> enabled.stream().noneMatch(other -> Connectors.carries(other, space)))
                            .map(Outbound::text)
                            .toList();
            if (!lost.isEmpty()) {
                findings.add(finding(
                        "connector:" + disabled.name(),
                        disabled.name() + " is disabled, and no other connector carries " + Words.some(lost),
                        "set connectors." + disabled.name() + ".enabled to true, or add another connector for it"));
            }
        }
        return findings;
    }
}
