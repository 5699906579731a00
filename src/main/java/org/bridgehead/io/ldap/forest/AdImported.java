package org.bridgehead.io.ldap.forest;

import java.util.List;
import org.bridgehead.core.directory.Organization;

/**
 * An organisation made of a forest.
 *
 * @param organization what was made
 * @param assumptions a sentence for each kind of thing that was assumed, changed or left out
 * @param warnings the same, each behind the file or object of its first example
 */
public record AdImported(Organization organization, List<String> assumptions, List<String> warnings) {
    /** Copies the lists. */
    public AdImported {
        assumptions = List.copyOf(assumptions);
        warnings = List.copyOf(warnings);
    }
}
