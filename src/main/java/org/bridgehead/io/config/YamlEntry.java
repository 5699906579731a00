package org.bridgehead.io.config;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.NameRule;

/**
 * A key and its value.
 *
 * @param name the key
 * @param place where the key stands
 * @param value what follows it
 */
record YamlEntry(String name, Place place, YamlValue value) {
    /** Where a key of a map with few keys stands; empty when it does not. */
    static Optional<Place> place(List<YamlEntry> entries, String name) {
        for (YamlEntry entry : entries) {
            if (entry.name.equals(name)) {
                return Optional.of(entry.place);
            }
        }
        return Optional.empty();
    }

    /** Reports the key when it is no name by that rule. */
    void obey(NameRule rule, Problems problems) {
        if (!rule.allows(name)) {
            problems.error(place, Text.quote(name) + " cannot be a name here", rule.hint(name));
        }
    }
}
