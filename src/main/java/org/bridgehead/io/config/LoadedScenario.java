package org.bridgehead.io.config;

import java.nio.file.Path;
import org.bridgehead.core.scenario.Scenario;

/**
 * A scenario file that was found good, with the topology it is about.
 *
 * @param scenario what it says
 * @param file where it was read
 * @param topology of the organisation
 */
public record LoadedScenario(Scenario scenario, Path file, LoadedTopology topology) {
    /** A file that the scenario names. */
    public Path resolve(String name) {
        return folderOf(file).resolve(name).normalize();
    }

    /** What file names in a file are relative to. */
    static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }
}
