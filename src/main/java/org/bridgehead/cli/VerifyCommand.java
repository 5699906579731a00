package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.Policy;
import org.bridgehead.whatif.PolicyCheck;
import org.bridgehead.whatif.PolicyCheck.Verdict;
import org.bridgehead.whatif.PolicySyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Routes held against a policy. */
@Command(
        name = "verify",
        header = {
            "Holds routes against a policy: a file of statements, one a line.",
            "",
            "Examples:",
            "  bridgehead verify topologies/contoso.yaml examples/policies/contoso.policy",
            "  bridgehead verify topologies/contoso.yaml -e \"Berlin -> Rome never touches Zurich\"",
            "  bridgehead verify topologies/contoso.yaml -e \"* -> * is connected under any single failure of links\"",
            "  bridgehead verify topologies/contoso.yaml routes.policy -o junit > TEST-routes.xml",
            "",
            "Statements:",
            "  FROM -> TO never touches PART       FROM, TO: a site, or * for every one; quotes only where needed",
            "  FROM -> TO passes PART              PART: a site, link:NAME or server:NAME",
            "  FROM -> TO within 4 hops            also: within cost 100",
            "  FROM -> TO is reachable             mail arrives; with: under any single failure of links, sites,"
                    + " servers",
            "  FROM -> TO is connected             a way is left, though mail may be held; also: under any double"
                    + " failure",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all statements hold", "1:some do not", "2:bad usage, topology or policy"})
final class VerifyCommand extends Verb {
    @Parameters(index = "0", paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Parameters(index = "1", arity = "0..1", paramLabel = "POLICY", description = "file of statements, # for comments")
    @Nullable
    Path policy;

    @Option(names = "-e", paramLabel = "STATEMENT", description = "a statement here and now; repeatable")
    List<String> expressions = new ArrayList<>();

    @Override
    boolean writesJunit() {
        return true;
    }

    @Override
    public Integer call() {
        Topology parts = load(topology).organization().topology();
        List<Policy.Statement> statements = statements(parts);
        PolicyCheck check = new PolicyCheck(RoutingTable.of(parts));
        List<Verdict> verdicts = statements.stream().map(check::check).toList();
        if (options().format == OutputFormat.JUNIT) {
            new JunitReport(output().text()).print("bridgehead verify " + topology, verdicts);
        } else if (output().isTable()) {
            print(verdicts);
        } else {
            try (Rows rows = output().rows("statement", "line", "holds", "pairs", "broken", "example")) {
                verdicts.forEach(verdict -> rows.row(
                        verdict.statement().text(),
                        verdict.statement().line(),
                        verdict.holds(),
                        verdict.pairs(),
                        verdict.broken(),
                        verdict.example().orElse(null)));
            }
        }
        return verdicts.stream().allMatch(Verdict::holds) ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    private List<Policy.Statement> statements(Topology parts) {
        Map<String, String> sources = new LinkedHashMap<>();
        if (policy != null) {
            sources.put(policy.toString(), read(policy));
        }
        expressions.forEach(text -> sources.put("-e", sources.getOrDefault("-e", "") + text + "\n"));
        List<Policy.Statement> statements = new ArrayList<>();
        sources.forEach((name, text) -> {
            try {
                statements.addAll(Policy.parse(text, parts));
            } catch (PolicySyntaxException e) {
                throw Failure.usage(name + ":" + e.line() + ": " + e.getMessage(), e);
            }
        });
        if (statements.isEmpty()) {
            throw Failure.usage("nothing to verify; name a policy file, or give a statement with -e");
        }
        return statements;
    }

    private static String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Failure.usage("no such policy file: " + file + "; a statement is given with -e");
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private void print(List<Verdict> verdicts) {
        PrintWriter out = output().text();
        Colors colors = output().colors();
        for (Verdict verdict : verdicts) {
            out.println((verdict.holds() ? colors.good("holds  ") : colors.bad("broken ")) + " "
                    + verdict.statement().text()
                    + colors.faint("   " + verdict.pairs() + (verdict.pairs() == 1 ? " pair" : " pairs")));
            verdict.example()
                    .ifPresent(example -> out.println("         " + example
                            + (verdict.broken() > 1 ? ", and " + (verdict.broken() - 1) + " more pairs" : "")));
        }
        long broken = verdicts.stream().filter(verdict -> !verdict.holds()).count();
        out.println();
        out.println(
                broken == 0
                        ? colors.good("All " + verdicts.size() + " statements hold.")
                        : colors.bad(broken + " of " + verdicts.size() + " statements do not hold."));
        out.flush();
    }
}
