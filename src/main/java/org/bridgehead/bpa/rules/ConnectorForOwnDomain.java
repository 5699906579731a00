package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.SendConnector;

/** Who is not in the directory of an authoritative domain is unknown, and no connector is asked. */
final class ConnectorForOwnDomain extends RuleHead {
    ConnectorForOwnDomain() {
        super(
                104,
                "connector-for-own-domain",
                Severity.INFO,
                "connector for an authoritative domain, which it never gets mail for");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        for (SendConnector connector : Connectors.enabled(subject.topology())) {
            for (AddressSpace space : connector.addressSpaces()) {
                String domain = space.pattern().toLowerCase(Locale.ROOT);
                boolean own = Connectors.isSmtp(space)
                        && !domain.contains("*")
                        && subject.topology()
                                .settings()
                                .acceptedDomain(domain)
                                .filter(its -> its.type() == AcceptedDomain.Type.AUTHORITATIVE)
                                .isPresent();
                if (own) {
                    findings.add(finding(
                            "connector:" + connector.name(),
                            connector.name() + " carries " + domain + ", but the domain is authoritative: who is not"
                                    + " in the directory is refused, nobody is sent on",
                            "make " + domain + " internalRelay under organization.acceptedDomains, or remove the"
                                    + " address space"));
                }
            }
        }
        return findings;
    }
}
