package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --place-mailboxes} in all the ways it is written. */
class PlaceMailboxesTest {
    private static final String GRAPH = """
            <graphml><graph edgedefault="undirected"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>
            """;

    @TempDir
    Path folder;

    private static String run(int exitCode, String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Main.execute(new PrintWriter(out), new PrintWriter(err), line.split(" ")))
                .as(err.toString())
                .isEqualTo(exitCode);
        return exitCode == ExitCode.OK ? out.toString() : err.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "FILE,true",
        "--place-mailboxes FILE,true",
        "FILE --place-mailboxes,true",
        "--place-mailboxes=true FILE,true",
        "--place-mailboxes round-robin FILE,true",
        "--place-mailboxes=none FILE,false",
        "--place-mailboxes none FILE,false",
        "--place-mailboxes=false FILE,false",
        "--no-place-mailboxes FILE,false"
    })
    void ofGraphs(String words, boolean placed) throws Exception {
        Path graph = Files.writeString(folder.resolve("net.graphml"), GRAPH);
        String made = run(ExitCode.OK, "import graphml -q " + words.replace("FILE", graph.toString()));
        assertThat(made.contains("roles: [mailbox]")).isEqualTo(placed);
    }

    @Test
    void graphsHaveNoSubnets() throws Exception {
        Path graph = Files.writeString(folder.resolve("net.graphml"), GRAPH);
        assertThat(run(ExitCode.USAGE, "import graphml --place-mailboxes subnet " + graph))
                .contains("a graph has no subnets");
    }

    @ParameterizedTest
    @CsvSource({"'',Paris-MBX1", "--place-mailboxes round-robin,Paris-MBX1 Rome-MBX1", "--place-mailboxes none,''"})
    void ofForests(String option, String servers) throws Exception {
        String sites = "CN=Sites,CN=Configuration,DC=corp,DC=test";
        Path ldif = Files.writeString(
                folder.resolve("sites.ldf"),
                "dn: CN=Paris," + sites + "\nobjectClass: site\n\ndn: CN=Rome," + sites + "\nobjectClass: site\n\n"
                        + "dn: CN=10.1.0.0/16,CN=Subnets," + sites + "\nobjectClass: subnet\nsiteObject: CN=Paris,"
                        + sites
                        + "\n");
        String made = run(ExitCode.OK, ("import ad-ldif -q " + ldif + " " + option).strip());
        for (String server : servers.isEmpty() ? new String[0] : servers.split(" ")) {
            assertThat(made).contains(server + ":");
        }
        assertThat(made.split("roles: \\[mailbox\\]", -1))
                .hasSize(1 + (servers.isEmpty() ? 0 : servers.split(" ").length));
    }
}
