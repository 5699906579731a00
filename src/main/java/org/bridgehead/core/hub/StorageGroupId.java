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
        int byServer = Names.ORDER.compare(server, other.server);
        return byServer != 0 ? byServer : Names.ORDER.compare(group, other.group);
    }

    @Override
    public String toString() {
        return server + "/" + group;
    }
}
