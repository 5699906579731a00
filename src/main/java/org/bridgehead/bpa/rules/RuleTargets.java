package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.TransportRule;

/**
 * Rule 122: transport rules and journal rules that send to somebody who does not exist. Nobody hears of a journal report
 * that fails: its sender is the system itself.
 */
final class RuleTargets extends ServiceRule {
    RuleTargets() {
        super(122, "rule-targets", Severity.ERROR, "rule that sends mail to somebody who does not exist");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Settings settings = subject.topology().settings();
        People people = People.of(subject.directory());
        List<Finding> findings = new ArrayList<>();
        if (!people.areComplete()) {
            return findings;
        }
        for (TransportRule rule : settings.rules()) {
            target(rule)
                    .filter(to -> isMissing(to, settings, people))
                    .ifPresent(to -> findings.add(found("rules." + rule.name(), to, "")));
        }
        for (JournalRule rule : settings.journal()) {
            if (isMissing(rule.to(), settings, people)) {
                findings.add(found("journal." + rule.name(), rule.to(), "; what it keeps on record is lost"));
            }
        }
        return findings;
    }

    private Finding found(String where, EmailAddress to, String so) {
        return finding(where, to + " is no recipient here" + so, "correct the address, or add the recipient");
    }

    private static Optional<EmailAddress> target(TransportRule rule) {
        if (rule.action() instanceof TransportRule.Redirect redirect) {
            return Optional.of(redirect.to());
        }
        return rule.action() instanceof TransportRule.AddRecipient add
                ? Optional.of(add.recipient())
                : Optional.empty();
    }

    private static boolean isMissing(EmailAddress to, Settings settings, People people) {
        boolean own = settings.acceptedDomain(to.domain())
                .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
                .isPresent();
        return own && people.at(to).isEmpty();
    }
}
