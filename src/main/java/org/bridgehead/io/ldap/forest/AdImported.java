package org.bridgehead.io.ldap.forest;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Names;

/**
 * An organisation made of a forest.
 *
 * @param organization what was made
 * @param assumptions a sentence for each kind of thing that was assumed, changed or left out
 * @param warnings the same, each behind the file or object of its first example
 * @param behind a few words on single items, such as {@code site:Berlin}, letter case aside
 */
public record AdImported(
        Organization organization, List<String> assumptions, List<String> warnings, SortedMap<String, String> behind) {
    /** Copies the collections. */
    public AdImported {
        assumptions = List.copyOf(assumptions);
        warnings = List.copyOf(warnings);
        TreeMap<String, String> copy = Names.map();
        copy.putAll(behind);
        behind = Collections.unmodifiableSortedMap(copy);
    }
}
