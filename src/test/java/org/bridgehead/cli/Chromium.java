package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real browser that is driven by a script of {@code src/test/browser}. */
final class Chromium {
    private static final Path BROWSER = Path.of("src/test/browser");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final String program;

    private Chromium(String program) {
        this.program = program;
    }

    /** The browser; the test is skipped where {@code src/test/browser/install.sh} has not been run. */
    static Chromium orSkip() {
        Optional<String> found =
                NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst();
        assumeTrue(
                found.isPresent()
                        && onPath("node").isPresent()
                        && Files.isDirectory(BROWSER.resolve("node_modules/playwright-core")),
                "the page is not tested in a browser: src/test/browser/install.sh installs what that needs");
        return new Chromium(found.orElseThrow());
    }

    private static Optional<String> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** Runs a script with the browser and these arguments; gives what it said. It has to end well. */
    String run(Path folder, String script, String... args) throws IOException, InterruptedException {
        Path log = folder.resolve("browser.log");
        List<String> command =
                new ArrayList<>(List.of("node", BROWSER.resolve(script).toString(), program));
        command.addAll(Arrays.asList(args));
        Process node = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int exitCode = node.waitFor();
            String said = Files.readString(log);
            System.out.println(said);
            assertThat(exitCode).as(said).isZero();
            return said;
        } finally {
            node.destroyForcibly();
        }
    }
}
