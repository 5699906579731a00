package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The timelines of traces in a real browser, wide and narrow, light and dark. */
class TimelineInChromiumTest {
    @Nullable
    private static Chromium chromium;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsABrowser() {
        chromium = Chromium.orSkip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1400|light| 8 of delivered,sent,taken | 0 | 5 | --to mia@contoso.test",
                "400|dark| 8 of delivered,sent,taken | 0 | 5 | --to mia@contoso.test",
                "1400|dark| 34 of delivered,sent,sorted,taken | 0 | 22 | --to everyone@contoso.test",
                "1400|light| 7 of delivered,failed,report,sent,taken | 0 | 4"
                        + "| --to nobody@contoso.test --to pat@fabrikam.test",
                "700|light| 15 of delivered,report,sent,taken,waits | 1 | 8"
                        + "| --to mia@contoso.test --down site:Rome --up site:Rome@6h --for 7h",
            })
    void isThereAndCanBeChosen(String width, String scheme, String signs, int waiting, int moves, String words)
            throws Exception {
        Path page = folder.resolve("trace.html");
        String[] line = ("trace topologies/contoso.yaml -q --start 2026-03-01T09:00:00Z --from anna@contoso.test "
                        + words + " --html " + page)
                .split(" +");
        assertThat(Main.execute(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), line))
                .isLessThanOrEqualTo(ExitCode.BAD_ANSWER);
        assertThat(Files.size(page)).isLessThan(1L << 20);
        Path picture = folder.resolve("trace.png");
        String said = Objects.requireNonNull(chromium)
                .run(folder, "timeline.mjs", page.toString(), width, scheme, picture.toString());
        assertThat(said).contains("signs: " + signs, "waiting: " + waiting, "moves: " + moves);
        assertThat(Files.size(picture)).isPositive();
    }
}
