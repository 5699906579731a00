package org.bridgehead.core.mailbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest entries of a cluster's log, oldest first; the oldest goes when it is full. One owner. */
final class ClusterJournal {
    static final int LIMIT = 1000;

    private final Deque<ClusterLogEntry> entries = new ArrayDeque<>();
    private long written;

    void add(Instant at, int eventId, String node, String words) {
        if (entries.size() == LIMIT) {
            entries.removeFirst();
        }
        entries.addLast(new ClusterLogEntry(at, eventId, node, words));
        written++;
    }

    /** A membership begins. */
    void vote(Instant at, Side side, Election election) {
        String witness = side.witness() ? " and " + election.arbiter() : "";
        add(at, 0, side.nodes().get(0), String.join(", ", side.nodes()) + witness + " vote: " + election.tally(side));
    }

    long written() {
        return written;
    }

    List<ClusterLogEntry> entries() {
        return List.copyOf(entries);
    }
}
