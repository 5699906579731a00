package org.bridgehead.io.config;

import java.util.List;
import org.bridgehead.core.directory.Organization;

/**
 * A topology made from a file of another kind.
 *
 * @param organization what was made
 * @param remarks comments that say what was assumed
 * @param warnings the same for whoever runs the import
 */
public record ImportedTopology(Organization organization, Remarks remarks, List<Problem> warnings) {
    /** Copies the list. */
    public ImportedTopology {
        warnings = List.copyOf(warnings);
    }
}
