package org.bridgehead.core.topology;

/**
 * Where a mailbox lives, written {@code SERVER/GROUP/DATABASE}.
 *
 * @param server mailbox server
 * @param storageGroup storage group on it
 * @param database database in it
 */
public record DatabaseRef(String server, String storageGroup, String database) {
    @Override
    public String toString() {
        return server + "/" + storageGroup + "/" + database;
    }
}
