package org.bridgehead.whatif;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.topology.Names;

/** What is to be performed, ordered by virtual time, then server name, then effect number (DECISIONS 6.3). */
final class Agenda {
    /**
     * An effect that a server wants performed.
     *
     * @param at when
     * @param server whose
     * @param number counting up over all lives of the server
     * @param life which life of the server: a dead one's effects are void
     * @param effect what
     */
    record Entry(Instant at, String server, long number, int life, HubEffect effect) {}

    private final TreeSet<Entry> due = new TreeSet<>(Comparator.comparing(Entry::at)
            .thenComparing(Entry::server, Names.ORDER)
            .thenComparingLong(Entry::number));

    void add(Entry entry) {
        if (!due.add(entry)) {
            throw new IllegalStateException("two effects of one number: " + entry);
        }
    }

    Optional<Entry> takeFirst() {
        return Optional.ofNullable(due.pollFirst());
    }

    int size() {
        return due.size();
    }
}
