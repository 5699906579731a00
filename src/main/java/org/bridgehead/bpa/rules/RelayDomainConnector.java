package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.SendConnector;

/** Mail for a relay domain that is not for somebody in the directory needs a connector of its own. */
final class RelayDomainConnector extends RuleHead {
    RelayDomainConnector() {
        super(
                105,
                "relay-domain-connector",
                Severity.ERROR,
                "relay domain without a connector, or with that for * by DNS only");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<SendConnector> enabled = Connectors.enabled(subject.topology());
        List<Finding> findings = new ArrayList<>();
        for (AcceptedDomain domain : subject.topology().settings().acceptedDomains()) {
            if (domain.type() != AcceptedDomain.Type.AUTHORITATIVE) {
                judge(domain, enabled).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> judge(AcceptedDomain domain, List<SendConnector> enabled) {
        AddressSpace space = new AddressSpace("SMTP", domain.name(), 1);
        List<SendConnector> carriers = enabled.stream()
                .filter(connector -> Connectors.carries(connector, space))
                .toList();
        String where = "organization.acceptedDomains." + domain.name();
        if (carriers.isEmpty()) {
            return Optional.of(finding(
                    where,
                    domain.name() + " is " + domain.type().keyword()
                            + ", but no connector carries it: mail for those not in the directory goes to Unreachable",
                    "add a connector with addressSpaces: [\"SMTP:" + domain.name() + ";1\"], or make the domain"
                            + " authoritative"));
        }
        boolean looksUp = carriers.stream()
                .allMatch(connector -> connector.dns()
                        && connector.addressSpaces().stream()
                                .filter(Connectors::isSmtp)
                                .allMatch(its -> its.pattern().equals("*")));
        return looksUp
                ? Optional.of(finding(
                        Severity.WARNING,
                        where,
                        domain.name() + " is " + domain.type().keyword() + ", but only "
                                + carriers.get(0).name()
                                + " for * carries it, by DNS: if its MX names us, as for a domain we accept, mail"
                                + " loops",
                        "add a connector for " + domain.name() + " with smartHosts"))
                : Optional.empty();
    }
}
