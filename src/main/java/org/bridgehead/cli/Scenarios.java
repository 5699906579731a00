package org.bridgehead.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.ScenarioFile;
import org.bridgehead.io.config.TopologyFileException;
import org.bridgehead.io.ldap.LdifException;
import org.bridgehead.io.ldap.LdifRecipients;

/** Scenario files of verbs. Stateless. */
final class Scenarios {
    private Scenarios() {}

    /** Whether a file says that it is a scenario; a file that cannot be read does not. */
    static boolean isScenario(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.anyMatch(line -> line.startsWith("scenario:"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Reads a scenario and the recipient files of its topology; warnings go to stderr.
     *
     * @throws Failure when it cannot be used
     */
    static LoadedScenario load(Verb verb, Path file) {
        try {
            LoadedScenario loaded = ScenarioFile.load(file);
            LoadedTopology topology = loaded.topology();
            verb.warn(topology.warnings());
            return new LoadedScenario(
                    loaded.scenario(),
                    loaded.file(),
                    new LoadedTopology(
                            LdifRecipients.complete(topology.organization(), topology.folder()),
                            topology.file(),
                            topology.warnings()));
        } catch (TopologyFileException e) {
            int count = e.problems().size();
            throw Failure.usage(
                    e.illustrated() + "\n" + count + (count == 1 ? " problem" : " problems") + " with " + file, e);
        } catch (LdifException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }
}
