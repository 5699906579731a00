package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sweep} on Contoso. */
class SweepCommandTest {
    private record Result(int exitCode, String out, String err) {}

    private static Result sweep(String options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String line = "sweep topologies/contoso.yaml " + options;
        int exitCode = Main.execute(
                new PrintWriter(out), new PrintWriter(err), line.strip().split(" +"));
        return new Result(exitCode, out.toString(), err.toString());
    }

    @Test
    void ranksFailuresAndNamesSinglePoints() {
        Result result = sweep("--top 2");
        assertThat(result.exitCode).isEqualTo(ExitCode.OK);
        assertThat(result.out.lines().skip(1).limit(2))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("link:Channel "),
                        line -> assertThat(line).startsWith("link:Paris-Lyon "));
        assertThat(result.out).contains("2 of 60 failures.", "9 single points of failure, the worst: link:Channel.");
        assertThat(result.out)
                .contains("  link:Channel, link:Paris-Lyon, link:Lyon-Madrid, site:Lyon, site:Paris, server:MAD-HT1,"
                        + " link:Madrid-Lisbon, server:LIS-HT1, site:Madrid");
        assertThat(sweep("--top 1 -o json").out)
                .contains("\"singlePointsOfFailure\": [ \"link:Channel\", \"link:Paris-Lyon\",");
    }

    @Test
    void namesTheConnectorsThatGoDark() {
        assertThat(sweep("--of sites -o csv").out)
                .containsPattern("site:Berlin,0,24,0,BER-MBX1,Internet \\+ Partner,24,");
        assertThat(sweep("-n 2 --of servers -o csv").out)
                .containsPattern("server:BER-EDGE1 \\+ server:BER-EDGE2,0,0,0,,Internet,0,")
                .containsPattern("server:BER-EDGE1 \\+ server:BER-HT1,0,0,0,,,0,");
    }

    @Test
    void countsPairsOfFailuresOnceEach() {
        Result result = sweep("-n 2 --of links -o csv");
        assertThat(result.out.lines())
                .startsWith("down,unreachablePairs,changedPairs,extraHops,offlineClusters,darkConnectors,heldPairs,"
                        + "passedOver,pairs,heldWeight,unreachableWeight")
                .hasSize(92)
                .element(1, STRING)
                .startsWith("link:Channel + link:Paris-Lyon,70,76,0,,,76,0,132,");
        assertThat(sweep("-n 2 --of links -o json").out)
                .contains("\"contingencies\": 91", "\"down\": [ \"link:Channel\", \"link:Paris-Lyon\" ]");
    }

    @Test
    void failsABuildAndSaysByWhichFailure() {
        Result result = sweep("--of links,sites --max-unreachable 0 --top 1");
        assertThat(result.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(result.err)
                .contains("link:Paris-Lyon leaves 54 pairs of sites without any way, more than --max-unreachable 0");
        assertThat(sweep("--of links,sites --max-unreachable 54").exitCode).isEqualTo(ExitCode.OK);
    }

    @Test
    void aLostMailboxServerIsAnOfflineCluster() {
        assertThat(sweep("--of servers -o json").out).contains("\"offlineClusters\": [ \"BER-MBX1\" ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-n 3 | -n 3: one or two failures at once",
                "--top 0 | --top 0: write a number from 1",
                "--max-unreachable -1 | --max-unreachable -1: write a number of pairs from 0",
                "--of cables | --of cables: write links, sites or servers",
            })
    void saysWhatIsWrong(String options, String message) {
        Result result = sweep(options);
        assertThat(result.err).contains(message);
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
    }
}
