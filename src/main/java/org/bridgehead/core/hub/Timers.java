package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** What is to be done later, in order of time and then of registration. Owned by the hub's thread. */
final class Timers {
    private record Key(Instant at, long number) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final TreeMap<Key, Runnable> due = new TreeMap<>();
    private long number;

    /** Runs {@code action} at the first tick at or after {@code at}; the action checks whether it is still wanted. */
    void at(Instant at, Runnable action) {
        due.put(new Key(at, number++), action);
    }

    /** The earliest time something is due. */
    Optional<Instant> next() {
        return due.isEmpty() ? Optional.empty() : Optional.of(due.firstKey().at());
    }

    /** Takes the first action that is due. */
    Optional<Runnable> take(Instant now) {
        if (due.isEmpty() || due.firstKey().at().isAfter(now)) {
            return Optional.empty();
        }
        return Optional.of(due.pollFirstEntry().getValue());
    }
}
