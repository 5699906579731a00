package org.bridgehead.bpa;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bridgehead.bpa.rules.RoutingRules;
import org.bridgehead.bpa.rules.ServiceRules;

/** Puts an organisation to all rules. Stateless; safe for any thread. */
public final class Analyzer {
    private Analyzer() {}

    /** All rules by number. */
    public static List<Rule> rules() {
        return Stream.concat(RoutingRules.ALL.stream(), ServiceRules.ALL.stream())
                .sorted(Comparator.comparingInt(Rule::number))
                .toList();
    }

    /** What cannot be checked, by number. */
    public static List<Unchecked> unchecked() {
        return Stream.concat(RoutingRules.UNCHECKED.stream(), ServiceRules.UNCHECKED.stream())
                .sorted(Comparator.comparingInt(Unchecked::number))
                .toList();
    }

    /** All findings: errors first, then warnings, then the rest, each in the order of the rules. */
    public static List<Finding> analyze(Subject subject) {
        return analyze(subject, rules());
    }

    /** The findings of some rules: errors first, then warnings, then the rest, each in the order of the rules. */
    public static List<Finding> analyze(Subject subject, List<Rule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.check(subject).stream())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }
}
