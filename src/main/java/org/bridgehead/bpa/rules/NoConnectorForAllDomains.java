package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;

/** Rule 18: mail to domains that no connector names goes to Unreachable (BEHAVIOUR 1.8.8). A disabled one is left to rule 22. */
final class NoConnectorForAllDomains extends RuleHead {
    NoConnectorForAllDomains() {
        super(18, "no-connector-for-all-domains", Severity.ERROR, "no connector for SMTP:*");
    }

    @Override
    public List<Finding> check(Subject subject) {
        boolean found = subject.topology().sendConnectors().values().stream()
                .flatMap(connector -> connector.addressSpaces().stream())
                .anyMatch(space -> Connectors.isSmtp(space) && space.pattern().equals("*"));
        return found
                ? List.of()
                : List.of(finding(
                        "connectors",
                        "none of "
                                + Words.count(
                                        subject.topology().sendConnectors().size(), "connector")
                                + " carries SMTP:*: mail to domains outside that nothing else matches goes to"
                                + " Unreachable",
                        "add a connector with addressSpaces: [\"SMTP:*;1\"]"));
    }
}
