package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code dumpster-plan} on Contoso: 20 MB, two storage groups, three hubs. */
class DumpsterPlanCommandTest {
    private record Result(int exitCode, String out, String err) {}

    private static Result ask(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = ("dumpster-plan " + line.replace("T ", "topologies/contoso.yaml ")).split(" ");
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Result(exitCode, out.toString().replace("\r\n", "\n"), err.toString());
    }

    @Test
    @SuppressWarnings("unchecked")
    void answersPrograms() {
        Result result = ask("T --rate 1200/h --avg-size 64KB -o json");
        // JSON is YAML.
        Map<String, Object> answer =
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(result.out);
        assertThat(answer).containsEntry("diskPerHub", 40 << 20).containsEntry("fit", "good");
        assertThat((List<Object>) answer.get("advice")).hasSize(4);
        List<Map<String, Object>> groups = (List<Map<String, Object>>) answer.get("groups");
        assertThat(groups).hasSize(2);
        assertThat(groups.get(0))
                .containsEntry("storageGroup", "BER-MBX1/SG1")
                .containsEntry("retained", Duration.ofMinutes(16).toString())
                .containsEntry("retainedShared", Duration.ofMinutes(48).toString())
                .containsEntry("retainedSeconds", 960)
                .containsEntry("atRisk", true)
                .containsEntry("coversMount", true);
        assertThat(result.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    }

    @Test
    void ratesMeanTheSameInEveryUnit() {
        String hourly = ask("T --rate 1200/h --avg-size 64KB -o json").out;
        assertThat(ask("T --rate 20/m --avg-size 65536 -o json").out).isEqualTo(hourly);
        assertThat(ask("T --rate 20/min --avg-size 64KB -o json").out).isEqualTo(hourly);
        assertThat(ask("T --rate 28800/d --avg-size 64KB -o json").out).isEqualTo(hourly);
    }

    @Test
    void explainsItselfToPeople() {
        Result result = ask("T --rate 1200/h --avg-size 64KB --no-color");
        assertThat(result.out)
                .contains(
                        "75 MB an hour to each storage group",
                        "one message of 10 MB pushes out 50 % of a full dumpster",
                        "BER-MBX1/SG1   Berlin     3  16m       48m            8m                 yes",
                        "40 MB on each hub when full: 2 x 20 MB",
                        "automatic mounts lack 6 MB of logs at most: that much is there",
                        "window  910 MB")
                .endsWith("2 of 2 storage groups at risk: after a failover mail of the last 12h may be wanted, and the"
                        + " dumpster reaches back 16m.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | --rate 1200/h --avg-size 64KB --size 1GB | The dumpster reaches back 12h for all 2 storage"
                        + " groups.",
                "0 | --rate 1200/h --avg-size 64KB --window 15m | reaches back 15m",
                "1 | --rate 1200/h --avg-size 64KB --window 17m | 2 of 2 storage groups at risk",
                "1 | --rate 1/h --avg-size 1KB --size 12MB | one large message may empty it",
                "1 | --rate 1/h --avg-size 1KB --size 9MB | 10 MB does not fit",
                "1 | --rate 1/h --avg-size 1KB --size 0 | Off: what a failover loses is lost",
                "1 | --rate 1/h --avg-size 1KB --max-time 6h | the dumpster reaches back 6h.",
                "0 | --rate 0/h --avg-size 1KB | reaches back 12h",
            })
    void theExitCodeFollowsTheAnswer(int exitCode, String options, String says) {
        Result result = ask("T " + options);
        assertThat(result.out).contains(says);
        assertThat(result.exitCode).isEqualTo(exitCode);
    }

    @Test
    void withoutReplicationThereIsNothingToPlan() {
        Result result = ask("topologies/minimal.yaml --rate 1200/h --avg-size 64KB");
        assertThat(result.out).startsWith("No mailbox server is replicated");
        assertThat(result.exitCode).isEqualTo(ExitCode.OK);
        assertThat(ask("topologies/minimal.yaml --rate 1200/h --avg-size 64KB -o json").out)
                .contains("\"groups\": [ ]", "\"diskPerHub\": 0,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "T --rate 1200 --avg-size 64KB | '1200' is no rate; per what? Write 1200/h, 20/m, 2/s or 30000/d",
                "T --rate fast --avg-size 64KB | 'fast' is no rate; write 1200/h, 20/m, 2/s",
                "T --rate -5/h --avg-size 64KB | '-5/h' is no rate",
                "T --rate 5/w --avg-size 64KB | '5/w' is no rate",
                "T --rate 5/h --avg-size big | 'big' is no size; write 10MB, 64KB",
                "T --rate 5/h --avg-size 0 | --avg-size is 0",
                "T --rate 5/h --avg-size 1KB --window soon | --window \"soon\" is no time; write 12h",
                "T --rate 5/h --avg-size 1KB --size huge | --size \"huge\" is no size; write 20MB",
                "T --rate 5/h --avg-size 1KB --max-time x | --max-time \"x\" is no time",
                "T --rate 5/h | Missing required option: '--avg-size=SIZE'",
                "nowhere.yaml --rate 5/h --avg-size 1KB | no such topology file: nowhere.yaml",
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
