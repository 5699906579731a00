package org.bridgehead.core.topology;

import java.util.List;

/**
 * A storage group and its databases: the unit of log shipping and of the dumpster.
 *
 * @param name unique within its server
 * @param databases at least one
 */
public record StorageGroup(String name, List<String> databases) {
    /** Copies the list. */
    public StorageGroup {
        databases = List.copyOf(databases);
        if (databases.isEmpty()) {
            throw new IllegalArgumentException("storage group " + name + " has no database");
        }
    }
}
