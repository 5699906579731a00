package org.bridgehead.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import org.bridgehead.core.mailbox.ClusterLogEntry;

/**
 * What an embedded mailbox server did that its cluster does not see: what was mounted with which loss, what was not, and
 * what operators wanted. The latest {@value #LIMIT} lines, in memory. For one thread at a time.
 */
final class ClusterNotes {
    /** A storage group was mounted without its last logs (MSExchangeIS, BEHAVIOUR 4.2). */
    static final int LOSSY = 9796;

    private static final int LIMIT = 1000;

    private final Deque<ClusterLogEntry> entries = new ArrayDeque<>();

    void add(Instant at, int eventId, String node, String words) {
        if (entries.size() == LIMIT) {
            entries.removeFirst();
        }
        entries.addLast(new ClusterLogEntry(at, eventId, node, words));
    }

    /**
     * What an activation mounted and what it did not.
     *
     * @param before groups that were held back already, and why: told once
     */
    void activated(Instant at, String node, Mounting mounting, SortedMap<String, String> before) {
        List<String> whole = new ArrayList<>();
        mounting.mounted().forEach((group, lost) -> {
            if (lost > 0) {
                add(at, LOSSY, node, group + " is mounted without " + logs(lost) + ": subject to lossy failover");
            } else {
                whole.add(group);
            }
        });
        if (!whole.isEmpty()) {
            add(at, 0, node, node + " mounts " + String.join(", ", whole) + ", no log lost");
        }
        mounting.held().forEach((group, why) -> {
            if (!why.equals(before.get(group))) {
                add(at, 0, node, group + " stays dismounted: " + why);
            }
        });
    }

    private static String logs(long count) {
        return count == 1 ? "1 log" : count + " logs";
    }

    /** These entries with the notes among them by time. */
    List<ClusterLogEntry> among(List<ClusterLogEntry> others) {
        List<ClusterLogEntry> all = new ArrayList<>(others);
        all.addAll(entries);
        all.sort(Comparator.comparing(ClusterLogEntry::at));
        return all;
    }
}
