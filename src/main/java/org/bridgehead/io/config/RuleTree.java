package org.bridgehead.io.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.core.topology.TransportRule.Action;
import org.bridgehead.core.topology.TransportRule.Conditions;

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
        } else {
            TransportRule.Reject reject = (TransportRule.Reject) action;
            EnhancedStatus status = reject.status();
            entries.put("reject", reject.text()).unless(RuleReader.STATUS.toString(), "status", status.toString());
        }
        return entries.map();
    }

    private static Entries conditions(Conditions its) {
        return new Entries()
                .filled("from", its.from())
                .filled("memberOf", its.memberOf())
                .filled("to", its.to())
                .filled("subject", its.subject())
                .put("largerThan", TopologyTree.size(its.largerThan()));
    }
}
