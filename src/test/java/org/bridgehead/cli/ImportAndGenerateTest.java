package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code generate} and {@code import graphml}: topologies that other verbs take. */
class ImportAndGenerateTest {
    private static final String GRAPH = """
            <graphml><key id="l" for="node" attr.name="label"/><graph edgedefault="undirected">
            <node id="0"><data key="l">Oslo</data></node><node id="1"><data key="l">Oslo</data></node>
            <edge source="0" target="1"/></graph></graphml>
            """;

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static Result ask(String line) {
        return run(line.split(" "));
    }

    private List<String> left() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsGeneratedPassesTheCheckAndRoutes() throws Exception {
        Path file = Files.writeString(folder.resolve("T.yaml"), "old");
        Result made = ask("generate --sites 120 --degree 2.1 --seed 5 --hubs 2 --on-failure reroute -O " + file);
        assertThat(made).isEqualTo(new Result(ExitCode.OK, "", ""));
        assertThat(left()).containsExactly("T.yaml");
        assertThat(TopologyFile.load(file).warnings()).isEmpty();
        assertThat(ask("check " + file).exitCode).isEqualTo(ExitCode.OK);
        assertThat(ask("route " + file + " --from S001 --to S120").exitCode).isEqualTo(ExitCode.OK);
        assertThat(ask("generate --sites 120 --degree 2.1 --seed 5 --hubs 2 --on-failure reroute").out)
                .isEqualTo(Files.readString(file))
                .contains("--sites 120 --degree 2.1 --seed 5 --hubs 2", "onFailure: reroute", "maxHops: ");
    }

    @Test
    void topologiesMayBeJson() throws Exception {
        Result made = ask("generate --sites 9 --degree 3 --name No -o json");
        Path file = Files.writeString(folder.resolve("T.json"), made.out);
        assertThat(made.out).startsWith("{");
        assertThat(TopologyFile.load(file).organization().topology().settings().name())
                .isEqualTo("No");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate --sites 0",
                "generate --sites 10 --degree 12",
                "generate --sites 10 --degree NaN",
                "generate --sites 10 --hubs 0",
                "generate --sites 10 --metric miles",
                "generate --sites 10 --relay direct --on-failure reroute",
                "generate --sites 10 -o csv",
                "generate --degree 3",
                "import",
                "import graphml",
                "import graphml nowhere.graphml",
                "import ad-ldif forest.ldf",
                "import graphml topologies/minimal.yaml",
                "import graphml nowhere.graphml --hub-per-site x"
            })
    void whatCannotBeIsSaidInAWord(String line) {
        Result refused = ask(line);
        assertThat(refused.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out).isEmpty();
        assertThat(refused.err).startsWith("bridgehead: ").doesNotContain("\tat ");
        assertThat(refused.err.lines().count()).isLessThanOrEqualTo(4);
    }

    @Test
    void aDegreeThatWouldLeaveSitesApartIsRaisedAloud() {
        assertThat(ask("generate --sites 10 --degree 1").err).contains("made 9 links");
        assertThat(ask("generate --sites 10 --degree 1 -q").err).isEmpty();
    }

    @Test
    void anImportSaysWhatItAssumedAndPassesTheCheck() throws Exception {
        Path graph = Files.writeString(folder.resolve("net.graphml"), GRAPH);
        Path file = folder.resolve("T.yaml");
        Result made = ask("import graphml " + graph + " --hub-per-site 2 --metric cost -O " + file);
        assertThat(made.exitCode).isEqualTo(ExitCode.OK);
        assertThat(made.err)
                .contains(
                        "net.graphml:3:",
                        "names used before get a number: \"Oslo\" becomes Oslo-2",
                        "neither cost nor rate is known cost 100");
        assertThat(Files.readString(file))
                .contains(
                        "# - names used before get a number: \"Oslo\" becomes Oslo-2",
                        "Oslo-2: {}   # called Oslo in the graph, as another is",
                        "metric: cost");
        assertThat(ask("check " + file).exitCode).isEqualTo(ExitCode.OK);
        assertThat(ask("import graphml " + graph + " -q").err).isEmpty();
        assertThat(ask("import graphml " + graph + " -q --no-place-mailboxes").out)
                .doesNotContain("mailbox]");
    }

    @Test
    void aFileThatCannotBeWrittenIsTheEnvironment() {
        Result failed = ask("generate --sites 3 --degree 2 -O " + folder.resolve("no/such/T.yaml"));
        assertThat(failed.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(failed.err).startsWith("bridgehead: cannot write ");
    }
}
