package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bridgehead.bpa.Analyzer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code check} on an organisation with one error, one warning and two remarks, and on the shipped files. */
class CheckCommandTest {
    private static final String ONLY = "--only dumpster-size,ccr-site-hubs,34";

    @TempDir
    Path folder;

    private Path faulty = Path.of("");

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void write() throws IOException {
        faulty = folder.resolve("faulty.yaml");
        Files.writeString(faulty, """
            bridgehead: 1
            organization:
              name: Faulty
              acceptedDomains: { contoso.test: authoritative }
              dumpster: { maxSizePerStorageGroup: 9MB, maxTime: 7d }
            sites: { Berlin: {} }
            servers:
              HT1: { site: Berlin, roles: [hubTransport] }
              MBX1:
                site: Berlin
                roles: [mailbox]
                replication: ccr
                nodes: { MBX1A: {}, MBX1B: {} }
                witness: HT1
            """);
    }

    private Result ask(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> args = new ArrayList<>(List.of(("check " + line).split(" ")));
        args.replaceAll(word -> word.equals("T") ? faulty.toString() : word);
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
        return new Result(exitCode, out.toString().replace("\r\n", "\n"), err.toString());
    }

    /** JSON is YAML. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(String json) {
        return (List<Map<String, Object>>) new Load(LoadSettings.builder().build()).loadFromString(json);
    }

    @Test
    void groupsFindingsBySeverityAndEndsWithAVerdict() {
        Result result = ask("T --no-color " + ONLY);
        assertThat(result.out)
                .startsWith("1 ERROR\n")
                .containsSubsequence(
                        "organization.dumpster.maxSizePerStorageGroup  9 MB",
                        "do: 150 % or more of limits.maxMessageSize: 15MB",
                        "1 WARNING",
                        "site:Berlin",
                        "2 REMARKS",
                        "organization.retry.messageInterval")
                .endsWith("\n1 error, 1 warning, 2 remarks (3 rules checked)\n");
        assertThat(result.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    }

    @Test
    void answersPrograms() {
        Result result = ask("T -o json " + ONLY);
        List<Map<String, Object>> findings = rows(result.out);
        assertThat(findings)
                .extracting(finding -> finding.get("severity"))
                .containsExactly("error", "warning", "info", "info");
        assertThat(findings.get(0).keySet()).containsExactly("id", "severity", "where", "message", "hint", "number");
        assertThat(findings.get(0)).containsEntry("id", "dumpster-size").containsEntry("number", 23);
        assertThat(result.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(ask("T -o json --only recipient-loops").out).isEqualToIgnoringWhitespace("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "1, --only dumpster-size",
        "0, --only dumpster-size --fail-on never",
        "0, --only ccr-site-hubs",
        "1, --only CCR-Site-Hubs --fail-on Warning",
        "0, --only retry-tuning --fail-on warning",
        "1, --only retry-tuning --fail-on info",
        "0, --only recipient-loops --fail-on info",
        "0, --only 23 --only 27 --skip dumpster-size",
        "1, --only 23 --only 27 --skip 27",
    })
    void theExitCodeFollowsTheLevel(int exitCode, String options) {
        assertThat(ask("T " + options).exitCode).isEqualTo(exitCode);
    }

    @Test
    void aCleanBillOfHealthSaysSo() {
        assertThat(ask("T --no-color --only recipient-loops").out).isEqualTo("Nothing found (1 rule checked)\n");
    }

    @Test
    void manyFindingsOfOneRuleAreCutShortUnlessAllAreWanted() throws IOException {
        StringBuilder text =
                new StringBuilder("bridgehead: 1\norganization: { name: Many }\nsites: { Berlin: {} }\nservers:\n");
        for (int i = 1; i <= 20; i++) {
            text.append("  EDGE").append(i).append(": { roles: [edgeTransport] }\n");
        }
        Files.writeString(faulty, text);
        String line = "T --no-color --only edge-subscription";
        assertThat(ask(line).out)
                .contains("and 12 more (-v shows all)")
                .endsWith("20 warnings, 0 remarks (1 rule checked)\n");
        assertThat(ask(line + " -v").out).contains("server:EDGE9 ").doesNotContain("more (-v");
    }

    @Test
    void listsAllRulesAndWhatCannotBeChecked() {
        Result list = ask("--list");
        assertThat(list.exitCode).isEqualTo(ExitCode.OK);
        Analyzer.rules().forEach(rule -> assertThat(list.out).contains(rule.id(), rule.title()));
        Analyzer.unchecked().forEach(rule -> assertThat(list.out).contains(rule.title(), "missing: " + rule.missing()));
        assertThat(rows(ask("--list -o json").out))
                .hasSize(Analyzer.rules().size() + Analyzer.unchecked().size());
    }

    @Test
    void whatItFindsOnContosoIsMeantAndCommentedThere() throws IOException {
        Result result = ask("topologies/contoso.yaml -o json");
        String file = Files.readString(Path.of("topologies/contoso.yaml"));
        assertThat(rows(result.out)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.get("severity")).isNotEqualTo("error");
            assertThat(file).containsPattern("(?m)^#.* " + finding.get("id") + "\\b");
        });
        assertThat(result.exitCode).isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "T --only dumpster-sise | no rule \"dumpster-sise\"; did you mean dumpster-size?",
                "T --skip 99 | no rule \"99\"; see: bridgehead check --list",
                "T --only 35 | rule 35 cannot be checked, a topology file does not hold the thresholds",
                "T --only 23 --skip 23 | no rule is left to check",
                "T --fail-on warn | --fail-on \"warn\" is no level; there are error, warning, info, never",
                "T --fail-on eror | did you mean error?",
                "--only 23 | which topology? Name a file, or ask for the rules with --list",
                "nowhere.yaml | no such topology file: nowhere.yaml",
            })
    void saysWhatIsWrong(String line, String message) {
        Result result = ask(line);
        assertThat(result.err).contains(message).doesNotContain("\tat ");
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void helpShowsExamplesFirst() {
        String help = ask("-h").out;
        assertThat(help.indexOf("Examples:")).isPositive().isLessThan(help.indexOf("Usage:"));
    }
}
