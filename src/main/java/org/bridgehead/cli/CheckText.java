package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Rule;
import org.bridgehead.bpa.Severity;

/** Findings for people: by severity, then by rule; long lists of one rule are cut short unless all is asked for. */
final class CheckText {
    private static final int SHOWN = 8;

    /** So many findings of one rule each get their own hint; of more, the first one's stands for all. */
    private static final int HINTED = 3;

    private final PrintWriter out;
    private final Colors colors;
    private final int most;

    CheckText(Output output, boolean all) {
        this.out = output.text();
        this.colors = output.colors();
        this.most = all ? Integer.MAX_VALUE : SHOWN;
    }

    void print(List<Finding> findings, List<Rule> rules) {
        for (Severity severity : Severity.values()) {
            Map<String, List<Finding>> byRule = findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .collect(Collectors.groupingBy(Finding::id, LinkedHashMap::new, Collectors.toList()));
            if (!byRule.isEmpty()) {
                int count = byRule.values().stream().mapToInt(List::size).sum();
                out.println(paint(severity).apply(count(count, severity).toUpperCase(Locale.ROOT)));
                byRule.forEach((id, its) -> rule(rule(id, rules), its));
                out.println();
            }
        }
        out.println(verdict(findings, rules.size()));
        out.flush();
    }

    private static Rule rule(String id, List<Rule> rules) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst().orElseThrow();
    }

    private void rule(Rule rule, List<Finding> findings) {
        out.println("  " + colors.strong(rule.title()) + colors.faint("   " + rule.id() + ", rule " + rule.number()));
        List<Finding> shown = findings.subList(0, Math.min(most, findings.size()));
        boolean oneHint = findings.stream().map(Finding::hint).distinct().count() == 1;
        int width = shown.stream()
                .mapToInt(finding -> Colors.width(finding.where()))
                .max()
                .orElse(0);
        boolean hintEach = !oneHint && (most > SHOWN || findings.size() <= HINTED);
        for (Finding finding : shown) {
            String fill = " ".repeat(width - Colors.width(finding.where()) + 2);
            out.println("    " + colors.name(finding.where()) + fill + finding.message());
            if (hintEach) {
                hint("do: ", finding);
            }
        }
        if (shown.size() < findings.size()) {
            out.println(colors.faint("    and " + (findings.size() - shown.size()) + " more (-v shows all)"));
        }
        if (!hintEach) {
            hint(oneHint ? "do: " : "do, for " + findings.get(0).where() + ": ", findings.get(0));
        }
    }

    private void hint(String lead, Finding finding) {
        out.println(colors.faint("      " + lead + finding.hint()));
    }

    private UnaryOperator<String> paint(Severity severity) {
        return switch (severity) {
            case ERROR -> colors::bad;
            case WARNING -> colors::warning;
            case INFO -> colors::strong;
        };
    }

    private String verdict(List<Finding> findings, int rules) {
        String checked = " (" + rules + (rules == 1 ? " rule" : " rules") + " checked)";
        if (findings.isEmpty()) {
            return colors.good("Nothing found") + checked;
        }
        Severity worst = findings.get(0).severity();
        String counts = Arrays.stream(Severity.values())
                .map(severity -> count(
                        (int) findings.stream()
                                .filter(finding -> finding.severity() == severity)
                                .count(),
                        severity))
                .collect(Collectors.joining(", "));
        return (worst == Severity.INFO ? colors.good(counts) : paint(worst).apply(counts)) + checked;
    }

    private static String count(int count, Severity severity) {
        String noun = switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "remark";
        };
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
