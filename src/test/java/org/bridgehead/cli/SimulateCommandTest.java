package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code simulate}: what it answers does not depend on how it is worked out. */
class SimulateCommandTest {
    private record Result(int exitCode, String out, String err) {}

    private static Result simulate(String options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(
                new PrintWriter(out),
                new PrintWriter(err),
                ("simulate " + options).strip().split(" +"));
        return new Result(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--random", "topologies/minimal.yaml"})
    void theSameWorldsOnAnyNumberOfThreads(String worlds) {
        Result alone = simulate(worlds + " --seeds 1..24 --messages 20 --threads 1 -o json");
        assertThat(alone.exitCode).as(alone.err).isEqualTo(ExitCode.OK);
        assertThat(alone.out).contains("\"seeds\": 24", "\"violations\": [ ]").doesNotContain("\"hops\": 0,");
        assertThat(simulate(worlds + " --seeds 1..24 --messages 20 --threads 3 -o json"))
                .isEqualTo(alone);
        assertThat(simulate(worlds + " --seeds 1..24 --messages 20 -o json")).isEqualTo(alone);
    }

    @Test
    void saysHowManyThreadsItWas() {
        assertThat(simulate("--random --seeds 1..2 --messages 5 --threads 1").out)
                .containsPattern("(?m)^2 worlds, .* hops/s, 1 thread\\)$");
        assertThat(simulate("--random --seeds 1..2 --messages 5 --threads 2").out)
                .containsPattern("(?m)^2 worlds, .* hops/s, 2 threads\\)$");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--random --threads 0 | --threads 0: write a number from 1 to 1024",
                "--random --threads 1025 | --threads 1025: write a number from 1 to 1024",
                "--random --seeds 9..1 | --seeds 9..1: the last one is before the first",
                "--random --seeds x | --seeds x: write 1..100, or one number",
                "--random --hours 0 | --hours 0: write a number from 1 to 10000",
                "--random --messages 0 | --messages 0: write a number from 1 to 1000000",
                "--random --faults none | --faults none: write light or heavy",
                "topologies/minimal.yaml --random | --random draws topologies: name none",
                "'' | name a topology file, or write --random",
            })
    void saysWhatIsWrongWithAnOption(String options, String complaint) {
        Result result = simulate(options);
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(result.err).contains(complaint);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aTopologyWithoutPeopleIsRefusedOnAnyThread(int threads, @TempDir Path folder) throws IOException {
        Path empty = folder.resolve("empty.yaml");
        Files.writeString(
                empty,
                "bridgehead: 1\norganization: { name: Empty }\nsites: { Here: {} }\n"
                        + "servers: { HT1: { site: Here, roles: [hubTransport] } }\n");
        Result result = simulate(empty + " --seeds 1..9 --threads " + threads);
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(result.err).contains("empty.yaml: nobody to send mail, or no hub to take it: 1 hubs, 0 mailboxes");
    }
}
