package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and output of {@code demo}, with a small scenario. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DemoCommandTest {
    private static final String SCENARIO = """
        scenario: 1
        name: Small
        topology: minimal.yaml
        scenes:
          - title: A letter and its report
            steps:
              - send: { from: anna@contoso.test, to: [bert@contoso.test], via: BER-HT1 }
            expect:
              - delivered: { to: bert@contoso.test, count: %d }
          - title: Nobody is there
            steps:
              - send: { from: anna@contoso.test, to: [nobody@contoso.test], via: BER-HT1 }
            expect:
              - bounced: { to: nobody@contoso.test, status: 5.1.1 }
          - title: A hub that is alone, and nobody in its place
            steps:
              - kill: { server: MUC-HT1 }
              - send: { from: anna@contoso.test, to: [team@contoso.test], via: BER-HT1, subject: Lunch, count: 3 }
              - advance: 10m
              - start: { server: MUC-HT1 }
              - advance: 20m
            expect:
              - heldAt: Berlin
              - delivered: { to: bert@contoso.test, count: 3 }
        """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void topology() throws IOException {
        Files.copy(Path.of("topologies/minimal.yaml"), folder.resolve("minimal.yaml"));
    }

    private int demo(String text, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), text);
        String[] args = new String[options.length + 3];
        args[0] = "demo";
        args[1] = "--scenario";
        args[2] = file.toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return Main.execute(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void whatHoldsIsZero() throws IOException {
        assertThat(demo(SCENARIO.formatted(1))).as(out + "\n" + err).isZero();
        assertThat(out.toString())
                .contains("1. A letter and its report", "way      BER-HT1 > MUC-HT1, as predicted")
                .contains("failed   [nobody@contoso.test] 5.1.1")
                .contains("MUC-HT1 died after 0 messages; nobody was there to take over")
                .contains("GOOD: sent 5, delivered 10, lost 0, twice 0");
    }

    @Test
    void anExpectationThatDoesNotHoldIsOne() throws IOException {
        assertThat(demo(SCENARIO.formatted(2), "-o", "json")).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(out.toString()).startsWith("{").contains("\"good\": false", "\"met\": 3", "\"lost\": 0");
    }

    @Test
    void aBadFileIsTwo() throws IOException {
        assertThat(demo(SCENARIO.formatted(1).replace("via:", "by:"))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("send: the key via is missing", "unknown key", "6 problems");
        assertThat(Main.execute(
                        new PrintWriter(out), new PrintWriter(err), "demo", "--scenario", folder + "/missing.yaml"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(demo(SCENARIO.formatted(1), "--mail", folder + "/nowhere")).isEqualTo(ExitCode.USAGE);
    }
}
