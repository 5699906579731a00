package org.bridgehead.core.hub;

import org.bridgehead.core.topology.Names;

/**
 * A storage group of a mailbox server: what a dumpster is kept for.
 *
 * @param server mailbox server
 * @param group storage group on it
 */
public record StorageGroupId(String server, String group) implements Comparable<StorageGroupId> {
    @Override
    public int compareTo(StorageGroupId other) {
        int byServer = compare(server, other.server);
        return byServer != 0 ? byServer : compare(group, other.group);
    }

    /** They are equal mostly, and then in every letter. */
    private static int compare(String one, String other) {
        return one.equals(other) ? 0 : Names.ORDER.compare(one, other);
    }

    @Override
    public String toString() {
        return server + "/" + group;
    }
}
