package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to be done later, in order of time and then of registration. Owned by the hub's thread. */
final class Timers {
    private record Timer(Instant at, long number, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Timer> due = new PriorityQueue<>();
    private long number;

    /** Runs {@code action} at the first tick at or after {@code at}; the action checks whether it is still wanted. */
    void at(Instant at, Runnable action) {
        due.add(new Timer(at, number++, action));
    }

    /** The earliest time something is due; null = nothing is waited for. */
    @Nullable
    Instant next() {
        Timer first = due.peek();
        return first == null ? null : first.at();
    }

    /** Takes the first action that is due. */
    Optional<Runnable> take(Instant now) {
        Timer first = due.peek();
        if (first == null || first.at().isAfter(now)) {
            return Optional.empty();
        }
        due.remove();
        return Optional.of(first.action());
    }
}
