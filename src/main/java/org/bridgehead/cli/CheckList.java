package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.List;
import org.bridgehead.bpa.Rule;
import org.bridgehead.bpa.Unchecked;

/** The rules of the best-practice analyser, and what it cannot check. */
final class CheckList {
    /** Numbers from here on are rules of our own. */
    private static final int OWN = 101;

    private final Output output;

    CheckList(Output output) {
        this.output = output;
    }

    void print(List<Rule> rules, List<Unchecked> unchecked) {
        if (!output.isTable()) {
            printForPrograms(rules, unchecked);
            return;
        }
        try (Rows rows = output.rows("number", "id", "severity", "title")) {
            rules.forEach(
                    rule -> rows.row(rule.number(), rule.id(), rule.severity().keyword(), rule.title()));
        }
        PrintWriter out = output.text();
        if (!unchecked.isEmpty()) {
            out.println();
            out.println(output.colors().strong("Not checked: a topology file does not hold what it takes"));
            for (Unchecked rule : unchecked) {
                out.println(String.format("%6d  ", rule.number()) + rule.title());
                out.println("        " + output.colors().faint("missing: " + rule.missing()));
            }
        }
        out.println();
        long own = rules.stream().filter(rule -> rule.number() >= OWN).count();
        out.println(rules.size() + " rules" + (own > 0 ? " (" + own + " of our own, from " + OWN + " on)" : "")
                + (unchecked.isEmpty() ? "." : ", " + unchecked.size() + " not checked."));
        out.flush();
    }

    private void printForPrograms(List<Rule> rules, List<Unchecked> unchecked) {
        try (Rows rows = output.rows("number", "id", "severity", "title", "checked", "missing")) {
            rules.forEach(
                    rule -> rows.row(rule.number(), rule.id(), rule.severity().keyword(), rule.title(), true, null));
            unchecked.forEach(rule -> rows.row(rule.number(), null, null, rule.title(), false, rule.missing()));
        }
    }
}
