package org.bridgehead.whatif;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.JournalRule;

/**
 * Watches that whatever arrives is on record where a journal rule wants all mail, or that of one address, on record. Rules
 * about scopes and groups are not held against this model. One thread.
 */
final class JournalWatch {
    private record Entry(TransportId subject, String rule, EmailAddress recipient) {}

    private final List<JournalRule> rules;
    private final Map<TransportId, List<Entry>> reports = new LinkedHashMap<>();
    private final Map<Entry, Integer> records = new LinkedHashMap<>();

    JournalWatch(List<JournalRule> rules) {
        this.rules = Lists.filter(
                rules,
                rule -> rule.scope() == JournalRule.Scope.GLOBAL
                        && rule.memberOf().isEmpty());
    }

    /** A report was written; it counts when it is on a disk. */
    void written(TransportId report, JournalRule rule, SpoolRecord.Accepted about) {
        TransportId subject = about.facts().state().id();
        reports.put(
                report,
                Lists.map(
                        Lists.map(about.envelope().recipients(), Recipient::address),
                        address -> new Entry(subject, rule.name(), address)));
    }

    /** A message is on the disk, or went with the power: what it put on record counts once more, or once less. */
    void count(TransportId message, int by) {
        reports.getOrDefault(message, List.of()).forEach(entry -> records.merge(entry, by, Integer::sum));
    }

    /** Whether some arrival may have to be on record. */
    boolean hasRules() {
        return !rules.isEmpty();
    }

    /** The rule by which an arrival should be on record, and is not. */
    Optional<JournalRule> missed(TransportId message, EmailAddress sender, EmailAddress recipient) {
        for (JournalRule rule : rules) {
            boolean due = rule.of().isEmpty() || isNamed(rule, sender) || isNamed(rule, recipient);
            if (due && records.getOrDefault(new Entry(message, rule.name(), recipient), 0) < 1) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static boolean isNamed(JournalRule rule, EmailAddress address) {
        return rule.of().contains(address.key());
    }
}
