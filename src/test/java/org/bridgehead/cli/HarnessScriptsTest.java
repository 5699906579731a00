package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example tests in other languages pass against this engine; skipped where their interpreter is missing. */
class HarnessScriptsTest {
    private static final Path SCRIPTS = Path.of("examples", "harness");

    @TempDir
    Path folder;

    @Test
    void pythonTestsMailBySmtplibAndImaplib() throws Exception {
        Assumptions.assumeTrue(runs("python3", "--version"), "python3 is missing");

        assertThat(output("python3", "checkout.py")).contains("Ran 4 tests").contains("OK");
    }

    @Test
    void nodeTestsMailByNodemailer() throws Exception {
        Assumptions.assumeTrue(runs("node", "--version"), "node is missing");
        Assumptions.assumeTrue(
                Files.isDirectory(SCRIPTS.resolve("node_modules/nodemailer")),
                "nodemailer is missing: npm install in examples/harness");

        assertThat(output("node", "--test", "checkout.mjs"))
                .contains("# pass 3")
                .contains("# fail 0");
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** What a script says; it has to end well. */
    private String output(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SCRIPTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("BRIDGEHEAD", engine());
        Process process = builder.start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said);
        assertThat(ended).as("ended by itself: %s", text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** This build as a command without blanks in its parts, whatever the class path is. */
    private String engine() throws IOException {
        Path options = folder.resolve("options");
        Files.write(
                options,
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "\"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"",
                        "org.bridgehead.cli.Main"));
        return Path.of(System.getProperty("java.home"), "bin", "java") + " @" + options;
    }
}
