package org.bridgehead.io.config;

import java.nio.file.Path;
import java.util.List;
import org.bridgehead.core.directory.Organization;

/**
 * A topology file that was found good.
 *
 * @param organization what it describes
 * @param file where it was read; files it names are relative to its folder
 * @param warnings what its author should know, by place
 */
public record LoadedTopology(Organization organization, Path file, List<Problem> warnings) {
    /** Copies the list. */
    public LoadedTopology {
        warnings = List.copyOf(warnings);
    }

    /** The folder that other files are relative to. */
    public Path folder() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
