package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.StorageGroup;

/**
 * The logs of a mailbox server and who holds them: each CCR node has its own, the nodes of an SCC share theirs, an LCR
 * server has a second copy beside the first. One thread.
 */
final class VirtualCopies {
    private final Replication replication;
    private final List<String> holders = new ArrayList<>();
    /** By holder and storage group. */
    private final SortedMap<String, SortedMap<String, VirtualLog>> logs = Names.map();

    VirtualCopies(MailboxRole role) {
        replication = role.replication();
        holders.addAll(role.nodeNames());
        if (replication == Replication.LCR) {
            holders.add(holders.get(0) + " (copy)");
        }
        SortedMap<String, VirtualLog> shared = empty(role);
        for (String holder : holders) {
            logs.put(holder, replication == Replication.SCC ? shared : empty(role));
        }
    }

    private static SortedMap<String, VirtualLog> empty(MailboxRole role) {
        SortedMap<String, VirtualLog> logs = Names.map();
        for (StorageGroup group : role.storageGroups()) {
            logs.put(group.name(), new VirtualLog());
        }
        return logs;
    }

    /** The log of a group as one holder has it. */
    VirtualLog log(String holder, String group) {
        SortedMap<String, VirtualLog> its = logs.get(holder);
        VirtualLog log = its == null ? null : its.get(group);
        if (log == null) {
            throw new IllegalArgumentException(holder + " has no log of " + group);
        }
        return log;
    }

    /** Whether each holder has a copy of its own, so that logs are shipped. */
    boolean areShipped() {
        return replication == Replication.CCR || replication == Replication.LCR;
    }

    /** Who gets the logs that {@code holder} writes; empty = nobody. */
    Optional<String> other(String holder) {
        if (areShipped()) {
            for (String name : holders) {
                if (!Names.same(name, holder)) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }

    /** Generations of one copy that another one lacks: those behind what both have. */
    int missing(String group, String from, String to) {
        VirtualLog newest = log(from, group);
        return Math.max(0, newest.length() - newest.common(log(to, group)));
    }
}
