package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bridgehead.bpa.Analyzer;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Rule;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An organisation held against best practices. */
@Command(
        name = "check",
        header = {
            "Best-practice analyser: what is wrong with an organisation, or one failure away from it, and what to do.",
            "",
            "Examples:",
            "  bridgehead check topologies/contoso.yaml",
            "  bridgehead check topologies/contoso.yaml --fail-on warning -o json      in a build",
            "  bridgehead check topologies/contoso.yaml --only dumpster-size,ccr-witness",
            "  bridgehead check topologies/contoso.yaml --skip retry-tuning",
            "  bridgehead check --list                      all rules, and what cannot be checked",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no finding of the level of --fail-on", "1:there is one", "2:bad usage or topology"})
final class CheckCommand extends Verb {
    @Parameters(paramLabel = "TOPOLOGY", arity = "0..1", description = "topology file")
    @Nullable
    Path topology;

    @Option(names = "--list", description = "print all rules instead, and those that no topology file can answer")
    boolean list;

    @Option(
            names = "--only",
            paramLabel = "ID",
            split = ",",
            description = "these rules only, by id or number; repeatable, or with commas")
    List<String> only = new ArrayList<>();

    @Option(
            names = "--skip",
            paramLabel = "ID",
            split = ",",
            description = "all rules but these, by id or number; repeatable, or with commas")
    List<String> skip = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            description = "what makes the exit code 1: error, warning, info or never; default: ${DEFAULT-VALUE}")
    String failOn = "error";

    @Override
    public Integer call() {
        List<Rule> rules = rules();
        List<Severity> failing = failing();
        if (list) {
            new CheckList(output()).print(rules, only.isEmpty() ? Analyzer.unchecked() : List.of());
            return ExitCode.OK;
        }
        if (topology == null) {
            throw Failure.usage("which topology? Name a file, or ask for the rules with --list");
        }
        List<Finding> findings = Analyzer.analyze(Subject.of(load(topology).organization()), rules);
        if (output().isTable()) {
            new CheckText(output(), options().verbose).print(findings, rules);
        } else {
            print(findings);
        }
        return findings.stream().map(Finding::severity).anyMatch(failing::contains) ? ExitCode.BAD_ANSWER : ExitCode.OK;
    }

    private List<Severity> failing() {
        if (failOn.equalsIgnoreCase("never")) {
            return List.of();
        }
        List<String> levels = Stream.concat(Stream.of(Severity.values()).map(Severity::keyword), Stream.of("never"))
                .toList();
        Severity level = Stream.of(Severity.values())
                .filter(severity -> severity.keyword().equalsIgnoreCase(failOn))
                .findFirst()
                .orElseThrow(() -> Failure.usage("--fail-on \"" + failOn + "\" is no level; there are "
                        + String.join(", ", levels) + Suggestion.after(failOn, levels)));
        return List.of(Severity.values()).subList(0, level.ordinal() + 1);
    }

    private List<Rule> rules() {
        Map<String, Rule> known = Analyzer.rules().stream()
                .collect(Collectors.toMap(Rule::id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        List<Rule> wanted = only.stream().map(text -> rule(text, known)).toList();
        List<Rule> unwanted = skip.stream().map(text -> rule(text, known)).toList();
        List<Rule> left = known.values().stream()
                .filter(rule -> wanted.isEmpty() || wanted.contains(rule))
                .filter(rule -> !unwanted.contains(rule))
                .toList();
        if (left.isEmpty()) {
            throw Failure.usage("no rule is left to check: --skip takes away what --only names");
        }
        return left;
    }

    private static Rule rule(String text, Map<String, Rule> known) {
        String wanted = text.strip();
        return known.values().stream()
                .filter(rule -> rule.id().equalsIgnoreCase(wanted)
                        || String.valueOf(rule.number()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> Failure.usage("no rule \"" + wanted + "\"" + excuse(wanted, known)));
    }

    private static String excuse(String wanted, Map<String, Rule> known) {
        return Analyzer.unchecked().stream()
                .filter(rule -> String.valueOf(rule.number()).equals(wanted))
                .findFirst()
                .map(rule -> ": rule " + wanted + " cannot be checked, a topology file does not hold " + rule.missing())
                .or(() -> Suggestion.closest(wanted, known.keySet()).map(id -> "; did you mean " + id + "?"))
                .orElse("; see: bridgehead check --list");
    }

    private void print(List<Finding> findings) {
        Map<String, Integer> numbers = Analyzer.rules().stream().collect(Collectors.toMap(Rule::id, Rule::number));
        try (Rows rows = output().rows("id", "severity", "where", "message", "hint", "number")) {
            findings.forEach(finding -> rows.row(
                    finding.id(),
                    finding.severity().keyword(),
                    finding.where(),
                    finding.message(),
                    finding.hint(),
                    numbers.get(finding.id())));
        }
    }
}
