package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.JournalRule.Scope;
import org.bridgehead.core.topology.NameRule;

/** The section {@code journal}. */
final class JournalReader {
    private final RuleReader rules;

    /** Knows groups as {@code rules} do. */
    JournalReader(RuleReader rules) {
        this.rules = rules;
    }

    /** All rules in file order. */
    List<JournalRule> read(YamlValue value) {
        List<JournalRule> all = new ArrayList<>();
        for (YamlEntry entry : value.named("journal rules")) {
            entry.obey(NameRule.ANY, value.problems());
            entry.value()
                    .map(Shape.JOURNAL)
                    .flatMap(map -> rule(entry.name(), map))
                    .ifPresent(all::add);
        }
        return all;
    }

    private Optional<JournalRule> rule(String name, YamlMap map) {
        Scope scope = map.get("scope")
                .flatMap(v -> v.oneOf(List.of(Scope.values()), JournalReader::keyword))
                .orElse(Scope.GLOBAL);
        List<String> of = RuleReader.patterns(map, "of");
        List<String> memberOf = rules.groups(map, "memberOf");
        return map.require("to", "archive@example.test")
                .flatMap(YamlValue::address)
                .map(to -> new JournalRule(name, scope, of, memberOf, to));
    }

    /** How a scope is written. */
    static String keyword(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
