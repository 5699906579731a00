package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code exits}, {@code coverage}, {@code suggest}, {@code verify}, {@code expand} and {@code load} on Contoso. */
class PlanningVerbsTest {
    private static final String CONTOSO = "topologies/contoso.yaml";

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
        return run((line + " ").replace(" T ", " " + CONTOSO + " ").strip().split(" "));
    }

    @Test
    void expandsNestedGroupsOnceAndNamesTheLoop() {
        Result all = ask("expand T everyone@contoso.test -o json");
        assertThat(all.exitCode).isEqualTo(ExitCode.OK);
        assertThat(all.out)
                .contains(
                        "\"loops\": [ [ \"works-council@contoso.test\", \"safety@contoso.test\","
                                + " \"works-council@contoso.test\" ] ]",
                        "\"Rome\": 32",
                        "\"refused\": [ ]");
        assertThat(ask("expand T everyone@contoso.test").out)
                .startsWith("everyone@contoso.test reaches 301 recipients in 16");
    }

    @Test
    void expandFollowsExpansionServersAndRestrictions() {
        assertThat(ask("expand T auditors@contoso.test").out)
                .contains("auditors@contoso.test at ZRH-HT1", "pat@contoso.test to pat@fabrikam.test");
        Result board = ask("expand T board@contoso.test --anonymous");
        assertThat(board.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(board.out).contains("5.7.1");
    }

    @Test
    void exitsNamesTheConnectorOfEverySite() {
        Result exits = ask("exits T -o csv");
        assertThat(exits.exitCode).isEqualTo(ExitCode.OK);
        assertThat(exits.out.lines())
                .contains(
                        "partner.test,Rome,Partner,Berlin,3,80,specificity,Rome > Vienna > Munich > Berlin,true,,",
                        "*,Lisbon,Internet,Berlin,4,150,only,Lisbon > Madrid > Lyon > Paris > Berlin,true,,");
        Result dark = ask("exits T --to fabrikam.test --down connector:Internet");
        assertThat(dark.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(dark.out).contains("connector:Internet is down");
        Result edges = ask("exits T --to fabrikam.test --down server:BER-EDGE1 --down server:BER-EDGE2 -o csv");
        assertThat(edges.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(edges.out).contains("false,\"no source server of Internet answers (BER-EDGE1, BER-EDGE2)\",Berlin");
        assertThat(ask("exits T --to fabrikam.test --down server:BER-EDGE1").exitCode)
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void suggestsAndSaysWhereNoCostHelps() {
        Result zurich = ask("suggest T --from Berlin --to Rome --via Zurich");
        assertThat(zurich.exitCode).isEqualTo(ExitCode.OK);
        assertThat(zurich.out)
                .contains("--set siteLinks.Munich-Vienna.exchangeCost=21   was 20", "Berlin > Munich > Zurich > Rome");
        Result never = ask("suggest T --from Berlin --to Munich --via Zurich");
        assertThat(never.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(never.out).contains("The metric is hops");
    }

    @Test
    void coverageCountsPairs() {
        Result paris = ask("coverage T --hub-site Paris -o json");
        assertThat(paris.exitCode).isEqualTo(ExitCode.OK);
        assertThat(paris.out).contains("\"pairs\": 110", "\"caught\": 56", "\"missed\": 54");
        assertThat(ask("coverage T --hub-site Lisbon").exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        Result hubless = ask("coverage T --hub-site lyon");
        assertThat(hubless.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(hubless.out).contains("Lyon is no hub site yet, 0 hubs", "the flag is ignored", "by Lyon +3 hops");
        assertThat(ask("coverage T --hub-site Munich -o csv").out.lines())
                .hasSize(111)
                .contains("Berlin,Rome,true,Berlin > Munich > Vienna > Rome,,");
    }

    @Test
    void tablesComeAsLinesOfCsv() {
        assertThat(ask("suggest T --from Berlin --to Rome --via Zurich -o csv")
                        .out
                        .lines())
                .startsWith("set,link,oldCost,newCost,after,sideEffects")
                .contains("siteLinks.Munich-Vienna.exchangeCost=21,Munich-Vienna,20,21,"
                        + "Berlin > Munich > Zurich > Rome,3");
        assertThat(ask("expand T works-council@contoso.test -o csv").out.lines())
                .startsWith("address,fate,site,detail")
                .contains("bert@contoso.test,copy,Munich,MUC-MBX1/SG1/DB1 in Munich");
        assertThat(ask("load T --traffic examples/traffic/contoso.csv -o csv")
                        .out
                        .lines())
                .startsWith("kind,name,site,messages,bytes,bytesWithoutFanOut,utilization")
                .contains("link,Berlin-Munich,,1202,95379456,175693824,0.0021")
                .hasSize(1 + 14 + 21);
        assertThat(ask("dumpster-plan T --rate 1200/h --avg-size 64KB -o csv")
                        .out
                        .lines())
                .hasSize(3)
                .first(STRING)
                .startsWith("storageGroup,retained,atRisk,");
    }

    @Test
    void expandRefusesWhatTheOrganisationIsTooSmallFor() {
        Result large = ask("expand T everyone@contoso.test --size 12MB");
        assertThat(large.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(large.out).contains("reaches 0 recipients", "5.3.4", "limits.maxMessageSize");
    }

    @Test
    void policiesTakeNamesOfSeveralWordsWithAndWithoutQuotes() {
        Result bare = run(
                "verify",
                "topologies/globalmail.yaml",
                "-e",
                "New York -> S\u00e3o Paulo is reachable",
                "-e",
                "New York -> Tokyo never touches link:New York-Miami",
                "-e",
                "\"New York\" -> Tokyo passes San Francisco");
        assertThat(bare.err).isEmpty();
        assertThat(bare.out).contains("All 3 statements hold.");
    }

    @Test
    void theExamplesOfSuggestHaveAnAnswer() {
        assertThat(run("suggest", "topologies/globalmail.yaml", "--from", "Lisbon", "--to", "Vienna", "--via", "London")
                        .exitCode)
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void thePolicyOfTheExamplesHolds() {
        Result holds = ask("verify T examples/policies/contoso.policy");
        assertThat(holds.out).endsWith("All 7 statements hold." + System.lineSeparator());
        assertThat(holds.exitCode).isEqualTo(ExitCode.OK);
    }

    @Test
    void verifyReportsToBuildServers() {
        Result junit = run(
                "verify", CONTOSO, "-o", "junit", "-e", "* -> * is reachable", "-e", "Berlin -> Rome passes Zurich");
        assertThat(junit.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(junit.out)
                .contains(
                        "tests=\"2\" failures=\"1\"",
                        "name=\"* -&gt; * is reachable\"",
                        "<failure message=\"Berlin &gt; Munich &gt; Vienna &gt; Rome does not pass site:Zurich\">");
    }

    @Test
    void loadAddsUpAMatrix() throws IOException {
        Path matrix = folder.resolve("traffic.csv");
        Files.writeString(matrix, "to,from,messages,size\nRome;Vienna,Berlin,100,10KB\n");
        Result load = run("load", CONTOSO, "--traffic", matrix.toString(), "-o", "json");
        assertThat(load.exitCode).isEqualTo(ExitCode.OK);
        assertThat(load.out).contains("\"bytes\": 3072000,", "\"bytesWithoutFanOut\": 5120000,");
        Result held = run("load", CONTOSO, "--traffic", matrix.toString(), "--down", "link:Vienna-Rome");
        assertThat(held.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(held.out).contains("100 messages wait at Vienna.");
        Files.writeString(matrix, "to,from,messages,size\nLisbon;Madrid,Berlin,7,6MB\nRome,Berlin,5,11MB\n");
        Result refused = run("load", CONTOSO, "--traffic", matrix.toString());
        assertThat(refused.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(refused.out).contains("12 come back: larger than a link on the way or the organisation allows.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from,to\\nBerlin,Rome | traffic.csv:1: messages: the heading has no such column",
                "from,to,messages\\nBerlin,Rom,5 | traffic.csv:2: to: no site, server or address named \"Rom\"; did you"
                        + " mean Rome?",
                "from,to,messages\\nBerlin,Rome,many | traffic.csv:2: messages: \"many\" is no whole number",
                "from,to,messages,size\\nBerlin,Rome,9000000000000000000,64KB | more bytes than can be counted",
                "from,to,messages,size\\nBerlin,Rome,1,big | traffic.csv:2: size: \"big\" is no size such as 64KB",
                "from,to,messages\\nBerlin,Rome,Vienna,1 | traffic.csv:2: 4 cells under 3 columns; several",
            })
    void aBadMatrixIsNamedWithItsPlace(String text, String message) throws IOException {
        Path matrix = folder.resolve("traffic.csv");
        Files.writeString(matrix, text.replace("\\n", "\n"));
        Result result = run("load", CONTOSO, "--traffic", matrix.toString());
        assertThat(result.err).contains(message);
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expand T evryone@contoso.test | did you mean everyone@contoso.test?",
                "exits T --to contoso.test | contoso.test is an authoritative domain of the organisation",
                "dumpster-plan T --rate 12/h --avg-size 20MB | --avg-size 20 MB is above the largest message, 10 MB",
                "exits T --to a@b@c | is no domain or address",
                "coverage T --hub-site Pari | did you mean Paris?",
                "suggest T --from Berlin --to Berlin --via Rome | --from and --to are both in Berlin",
                "verify T nowhere.policy | no such policy file: nowhere.policy",
                "verify T | nothing to verify",
                "load T --traffic nowhere.csv | no such traffic file",
                "exits T -o junit | -o junit is an answer of verify only",
            })
    void saysWhatIsWrong(String line, String message) {
        Result result = ask(line);
        assertThat(result.err).contains(message).doesNotContain("\tat ");
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void helpShowsExamplesFirst() {
        for (String verb : List.of("expand", "exits", "coverage", "suggest", "verify", "load")) {
            String help = run(verb, "-h").out;
            assertThat(help.indexOf("Examples:")).isPositive().isLessThan(help.indexOf("Usage:"));
        }
    }
}
