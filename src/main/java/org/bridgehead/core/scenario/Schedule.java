package org.bridgehead.core.scenario;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.bridgehead.core.topology.Names;

/**
 * The order in which several servers do things, the same in a simulation and on the wire in lockstep (DECISIONS 6.3):
 * by time, then by server name, then in the order in which the server wanted them; servers are woken when nothing else
 * is due. One thread.
 *
 * @param <T> what is done
 */
public final class Schedule<T> {
    private record Entry<T>(Instant at, String server, long number, T what) implements Comparable<Entry<T>> {
        @Override
        public int compareTo(Entry<T> other) {
            int byTime = at.compareTo(other.at);
            if (byTime != 0) {
                return byTime;
            }
            int byServer = server.equals(other.server) ? 0 : Names.ORDER.compare(server, other.server);
            return byServer != 0 ? byServer : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry<T>> due = new PriorityQueue<>();
    private final Map<String, Instant> wakings = Names.map();
    private long number;

    /** The server that is woken first, as long as {@code known}. */
    private Optional<String> sleeper = Optional.empty();

    private boolean known = true;

    /** A server wants something done at a time. */
    public void add(Instant at, String server, T what) {
        due.add(new Entry<>(at, server, ++number, what));
    }

    /** A server wants to be woken at a time; replaces what it wanted before. */
    public void wake(String server, Instant at) {
        wakings.put(server, at);
        known = false;
    }

    /** A server has died: nothing of what it wanted happens any more. */
    public void forget(String server) {
        wakings.remove(server);
        known = false;
        due.removeIf(entry -> Names.same(entry.server(), server));
    }

    /** Takes what comes first of what is due at {@code now}; empty = only wakings may be due. */
    public Optional<T> take(Instant now) {
        Entry<T> first = due.peek();
        if (first == null || first.at().isAfter(now)) {
            return Optional.empty();
        }
        due.remove();
        return Optional.of(first.what());
    }

    /** Takes the server that is to be woken first, if one is at {@code now}. */
    public Optional<String> takeWaking(Instant now) {
        Optional<String> first =
                firstWaking().filter(server -> !wakingOf(server).isAfter(now));
        first.ifPresent(server -> {
            wakings.remove(server);
            known = false;
        });
        return first;
    }

    /** When a server wants to be woken; empty = not at all. */
    public Optional<Instant> waking(String server) {
        return Optional.ofNullable(wakings.get(server));
    }

    /** When something is due next; empty = never. */
    public Optional<Instant> next() {
        Optional<Instant> waking = firstWaking().map(this::wakingOf);
        Entry<T> first = due.peek();
        if (first == null) {
            return waking;
        }
        return Optional.of(waking.filter(at -> at.isBefore(first.at())).orElse(first.at()));
    }

    /** How many things are to be done, wakings not counted. */
    public int size() {
        return due.size();
    }

    private Instant wakingOf(String server) {
        return Optional.ofNullable(wakings.get(server)).orElseThrow();
    }

    private Optional<String> firstWaking() {
        if (!known) {
            sleeper = earliest();
            known = true;
        }
        return sleeper;
    }

    private Optional<String> earliest() {
        String first = null;
        Instant earliest = Instant.MAX;
        for (Map.Entry<String, Instant> waking : wakings.entrySet()) {
            if (waking.getValue().isBefore(earliest)) {
                first = waking.getKey();
                earliest = waking.getValue();
            }
        }
        return Optional.ofNullable(first);
    }
}
