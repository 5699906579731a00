package org.bridgehead.io.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.core.topology.TransportRule.Action;
import org.bridgehead.core.topology.TransportRule.Conditions;
import org.bridgehead.core.topology.TransportRule.HeaderWords;

/** Rules as maps of a topology file: the inverse of {@link RuleReader}. */
final class RuleTree {
    private RuleTree() {}

    static Map<String, Object> of(List<TransportRule> rules) {
        Map<String, Object> section = new LinkedHashMap<>();
        rules.forEach(rule -> section.put(rule.name(), rule(rule)));
        return section;
    }

    private static Map<String, Object> rule(TransportRule rule) {
        Entries entries = conditions(rule.when())
                .filled("except", conditions(rule.except()).map());
        Action action = rule.action();
        if (action instanceof TransportRule.Redirect redirect) {
            entries.put("redirect", redirect.to().toString());
        } else if (action instanceof TransportRule.AddRecipient add) {
            entries.put("addRecipient", add.recipient().toString());
        } else if (action instanceof TransportRule.SetHeader set) {
            Map<String, Object> fields = new LinkedHashMap<>();
            set.fields().forEach(field -> fields.put(field.name(), field.value()));
            entries.put("setHeader", fields);
        } else if (action instanceof TransportRule.Disclaimer disclaimer) {
            entries.put("disclaimer", disclaimer.text());
        } else {
            TransportRule.Reject reject = (TransportRule.Reject) action;
            EnhancedStatus status = reject.status();
            entries.put("reject", reject.text()).unless(RuleReader.STATUS.toString(), "status", status.toString());
        }
        return entries.map();
    }

    /** Journal rules: the inverse of {@link JournalReader}. */
    static Map<String, Object> journal(List<JournalRule> rules) {
        Map<String, Object> section = new LinkedHashMap<>();
        for (JournalRule rule : rules) {
            Entries entries = new Entries()
                    .unless(
                            JournalReader.keyword(JournalRule.Scope.GLOBAL),
                            "scope",
                            JournalReader.keyword(rule.scope()))
                    .filled("of", rule.of())
                    .filled("memberOf", rule.memberOf())
                    .put("to", rule.to().toString());
            section.put(rule.name(), entries.map());
        }
        return section;
    }

    private static Map<String, Object> header(List<HeaderWords> all) {
        Map<String, Object> fields = new LinkedHashMap<>();
        all.forEach(words -> fields.put(words.field(), words.words()));
        return fields;
    }

    private static Entries conditions(Conditions its) {
        return new Entries()
                .filled("from", its.from())
                .filled("memberOf", its.memberOf())
                .filled("to", its.to())
                .filled("toMemberOf", its.toMemberOf())
                .filled("subject", its.subject())
                .filled("header", header(its.header()))
                .put("largerThan", TopologyTree.size(its.largerThan()));
    }
}
