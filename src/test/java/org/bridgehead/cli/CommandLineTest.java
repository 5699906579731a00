package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Command lines and what they print, whole answers held against golden files. Write those anew with
 * {@code -Dbridgehead.golden=write} and read the difference.
 */
class CommandLineTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/bridgehead/cli");
    private static final String DIAMOND = FOLDER.resolve("diamond.yaml").toString();

    /** What a command line came to. */
    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... args) {
        return run(Main.line(args), args);
    }

    private static Result run(CommandLine line, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(line, new PrintWriter(out), new PrintWriter(err), args);
        return new Result(exitCode, normal(out), normal(err));
    }

    @Test
    void aVerbAloneIsTheVerbAmongAll() {
        CommandLine all = Main.line();
        assertThat(all.getSubcommands().keySet()).containsExactlyElementsOf(Main.VERBS.keySet());
        Main.VERBS.forEach((name, verb) -> {
            assertThat(verb.getAnnotation(CommandLine.Command.class).name()).isEqualTo(name);
            assertThat(Main.line(name).getSubcommands()).containsKey(name);
            assertThat(run(name, "-h").out).isEqualTo(run(all, name, "-h").out);
        });
    }

    private static String normal(StringWriter text) {
        return text.toString().replace("\r\n", "\n");
    }

    private static Result ask(String line) {
        return run(Stream.of(line.replace("T ", DIAMOND + " ").split(" ")).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "0, name.txt, route T --from Arnhem --to Dresden",
        "0, edge.txt, route T --from ARN-EDGE --to dora@diamond.test",
        "0, passed.txt, route T --from Arnhem --to Dresden --down server:BRE1 --down server:bre2",
        "1, held.txt, route T --from Arnhem --to Dresden --down link:bremen-dresden",
        "1, nohub.txt, route T --from Bremen --to Emden",
        "1, dark.txt, route T --from Bremen --to x@fabrikam.test --down server:ARN-EDGE",
        "1, refused.txt, route T --from Bremen --to pat@partner.test --size 11MB",
        "0, straight.txt, route T --from ARN-EDGE --to x@fabrikam.test",
        "1, outbox.txt, route T --from emma@diamond.test --to x@fabrikam.test",
        "1, nomail.txt, route T --from Bremen --to emma@diamond.test",
        "1, island.txt, route T --from Arnhem --to föhr",
        "0, outside.txt, route T --from Bremen --to pat@diamond.test",
        "0, name.json, route T --from Arnhem --to Dresden -o json",
        "0, outside.json, route T --from Bremen --to pat@partner.test -o json",
        "1, island.json, route T --from Arnhem --to Föhr -o json",
        "0, name.yaml, route T --from Arnhem --to Dresden -o yaml",
        "1, table.txt, routes T --from Arnhem",
        "1, table.json, routes T --from Arnhem -o json",
        "1, table.yaml, routes T --from Arnhem -o yaml",
        "1, table.csv, routes T --from Arnhem --down site:Coburg -o csv",
    })
    void printsWhatTheGoldenFileSays(int exitCode, String golden, String line) throws IOException {
        Result result = ask(line);
        assertThat(result.err).isEmpty();
        Path file = FOLDER.resolve("golden").resolve(golden);
        if ("write".equals(System.getProperty("bridgehead.golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, result.out);
        }
        assertThat(result.out).isEqualTo(Files.readString(file));
        assertThat(result.exitCode).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "route T --from Brehmen --to Dresden | no site, server or address named \"Brehmen\"; did you mean"
                        + " Bremen?",
                "route T --from server:Arnhem --to Dresden | no site, server or address named \"server:Arnhem\"",
                "route T --from dura@diamond.test --to Dresden | did you mean dora@diamond.test?",
                "route T --from all@diamond.test --to Dresden | is a group",
                "route T --from x@elsewhere.test --to Dresden | enters by an edge, name that one, such as ARN-EDGE",
                "route T --from x@ --to Dresden | is no mail address",
                "route T --from Arnhem --to Dresden --down link:Arnhem | no link named \"Arnhem\"",
                "route T --from Arnhem --to Dresden --down Bremen | write site:NAME",
                "route T --from Arnhem --to Dresden --down node:dre-mbk | did you mean DRE-MBX?",
                "route T --from Arnhem --to Dresden --size big | write 10MB",
                "route T --from Arnhem | --to",
                "route nowhere.yaml --from Arnhem --to Dresden | no such topology file: nowhere.yaml",
                "route T --from Arnhem --to Dresden -o xml | write table, json, yaml or csv",
                "rout T | Did you mean: bridgehead route",
                "--quiet | which verb?",
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String line, String message) {
        Result result = ask(line);
        assertThat(result.err).contains(message).doesNotContain("Exception", "\tat ");
        assertThat(result.out).isEmpty();
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "route T --from Arnhem --to emma@diamond.test --size 2MB | 5.3.4 link:Dresden-Emden",
                "route T --from Arnhem --to Dresden --size 20MB | 5.3.4 the organisation takes",
                "route T --from Arnhem --to dora@diamond.test --down server:DRE-MBX | Mail waits at Dresden.",
                "route T --from ARN1 --to Dresden --down server:ARN1 | server:ARN1 is down.",
                "route T --from Arnhem --to x@partner.test --down connector:Partner | connector:Partner is down.",
            })
    void bringsBadNewsWithExitCodeOne(String line, String message) {
        Result result = ask(line);
        assertThat(result.out).contains("Not reachable: ").contains(message);
        assertThat(result.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "route", "routes", "schema", "completion"})
    void helpsWithExamplesFirst(String verb) {
        Result result = verb.isEmpty() ? run("-h") : run(verb, "-h");
        assertThat(result.exitCode).isZero();
        assertThat(result.out.indexOf("Examples:")).isPositive().isLessThan(result.out.indexOf("Usage:"));
    }

    @Test
    void printsTheSchemaAndCompletions() {
        assertThat(run("schema").out).startsWith("{").contains("siteLinks");
        assertThat(run("completion", "bash").out)
                .startsWith("#!/usr/bin/env bash")
                .contains("--from");
        assertThat(run("completion", "zsh").out).startsWith("autoload");
        assertThat(run("--version").out).startsWith("bridgehead ").contains("Java ");
    }

    @Test
    void reportsEveryProblemOfATopologyFile() {
        Result result = run("routes", FOLDER.resolve("broken.yaml").toString());
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(result.err).contains("broken.yaml:3:", "broken.yaml:6:", "2 problems in");
    }

    /** Fails as asked. */
    @Command(name = "fail")
    static final class FailingVerb extends Verb {
        @CommandLine.Parameters
        String how;

        @Override
        public Integer call() throws IOException {
            switch (how) {
                case "disk" -> throw new IOException("disk full");
                case "library" -> throw new NoClassDefFoundError("org/example/Absent");
                case "depth" -> throw new StackOverflowError();
                default -> throw new IllegalStateException("unforeseen");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"disk, 3, disk full", "library, 3, Absent", "depth, 70, run with -v", "bug, 70, run with -v"})
    void showsAStackTraceOnlyWhenAsked(String how, int exitCode, String message) {
        Result plain = run(failing(), "fail", how);
        assertThat(plain.exitCode).isEqualTo(exitCode);
        assertThat(plain.err).contains(message).doesNotContain("\tat ").hasLineCount(1);
        assertThat(run(failing(), "fail", "bug", "-v").err).contains("\tat ");
    }

    private static CommandLine failing() {
        return new CommandLine(new Main()).addSubcommand(new FailingVerb());
    }
}
