package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** Runs the YAML file as {@code camel run *} does, until its message has been faxed. */
class FaxYamlTest {
    @Test
    void theMessageBecomesAFile() throws Exception {
        assertEquals(0, run());

        List<Path> faxes;
        try (var files = Files.list(Path.of("target/fax"))) {
            faxes = files.toList();
        }
        assertTrue(faxes.stream().anyMatch(fax -> read(fax).contains("Please sign.")));
    }

    private static int run() throws Exception {
        Main main = new Main();
        main.run();
        return main.getExitCode();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
