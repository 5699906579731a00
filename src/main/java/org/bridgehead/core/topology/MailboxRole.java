package org.bridgehead.core.topology;

import java.util.List;
import java.util.Optional;

/**
 * The mailbox side of a server: how it is replicated and what it holds (BEHAVIOUR 5).
 *
 * @param replication how storage groups are copied
 * @param nodes one for a stand-alone server, two for CCR and SCC; the first is active at start
 * @param witness the hub with the file share witness, for CCR
 * @param mountDial how much loss an automatic mount accepts
 * @param storageGroups at least one
 * @param settings of its logs and their replication
 */
public record MailboxRole(
        Replication replication,
        List<MailboxNode> nodes,
        Optional<String> witness,
        MountDial mountDial,
        List<StorageGroup> storageGroups,
        ReplicationSettings settings) {
    /** Kinds of replication. */
    public enum Replication {
        /** One copy. */
        NONE("none"),
        /** A second copy on the same server. */
        LCR("lcr"),
        /** Two nodes, a copy each, log shipping. */
        CCR("ccr"),
        /** Two nodes, one shared copy. */
        SCC("scc");

        private final String keyword;

        Replication(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** The automatic mount dial. */
    public enum MountDial {
        /** Mounts only when no log is missing. */
        LOSSLESS("lossless"),
        /** Mounts with a few logs missing. */
        GOOD_AVAILABILITY("goodAvailability"),
        /** Mounts with more logs missing; the default. */
        BEST_AVAILABILITY("bestAvailability");

        private final String keyword;

        MountDial(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** Copies the lists. */
    public MailboxRole {
        nodes = List.copyOf(nodes);
        storageGroups = List.copyOf(storageGroups);
        if (nodes.isEmpty() || storageGroups.isEmpty()) {
            throw new IllegalArgumentException("a mailbox server has a node and a storage group");
        }
    }

    /** With {@linkplain ReplicationSettings#DEFAULT the usual settings}. */
    public MailboxRole(
            Replication replication,
            List<MailboxNode> nodes,
            Optional<String> witness,
            MountDial mountDial,
            List<StorageGroup> storageGroups) {
        this(replication, nodes, witness, mountDial, storageGroups, ReplicationSettings.DEFAULT);
    }

    /** Not replicated, one node named like the server, one database {@code SG1/DB1}. */
    public static MailboxRole standalone(String server) {
        return new MailboxRole(
                Replication.NONE,
                List.of(MailboxNode.embedded(server)),
                Optional.empty(),
                MountDial.BEST_AVAILABILITY,
                List.of(new StorageGroup("SG1", List.of("DB1"))));
    }

    /** Logs that may be missing when a database is mounted without being forced. */
    public int allowedMissingLogs() {
        return settings.allowedMissing(mountDial);
    }

    /** Names of the nodes, in the order of the topology. */
    public List<String> nodeNames() {
        return nodes.stream().map(MailboxNode::name).toList();
    }

    /**
     * A node's name as the topology writes it.
     *
     * @param wanted in any letter case
     * @param server whose role this is, for the message
     * @throws IllegalArgumentException when there is none
     */
    public String nodeNamed(String wanted, String server) {
        return nodeNames().stream()
                .filter(node -> Names.same(node, wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(server + " has no node " + wanted));
    }

    /** Names of the storage groups, in the order of the topology. */
    public List<String> groupNames() {
        return storageGroups.stream().map(StorageGroup::name).toList();
    }
}
