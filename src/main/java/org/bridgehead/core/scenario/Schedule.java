package org.bridgehead.core.scenario;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.bridgehead.core.topology.Names;
import org.jspecify.annotations.Nullable;

/**
 * The order in which several servers do things, the same in a simulation and on the wire in lockstep (DECISIONS 6.3):
 * by time, then by server name, then in the order in which the server wanted them; servers are woken when nothing else
 * is due. A server always goes by the same letter case. One thread.
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
    private final Map<String, Instant> wakings = new LinkedHashMap<>();
    private long number;

    /** The server that is woken first and when, as long as {@code known}; null = none wants to be. */
    private @Nullable String sleeper;

    private Instant earliest = Instant.MAX;
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
        String first = firstWaking();
        if (first == null || earliest.isAfter(now)) {
            return Optional.empty();
        }
        wakings.remove(first);
        known = false;
        return Optional.of(first);
    }

    /** When a server wants to be woken; empty = not at all. */
    public Optional<Instant> waking(String server) {
        return Optional.ofNullable(wakings.get(server));
    }

    /** When something is due next; empty = never. */
    public Optional<Instant> next() {
        Entry<T> first = due.peek();
        if (firstWaking() == null) {
            return first == null ? Optional.empty() : Optional.of(first.at());
        }
        return Optional.of(first == null || earliest.isBefore(first.at()) ? earliest : first.at());
    }

    /** How many things are to be done, wakings not counted. */
    public int size() {
        return due.size();
    }

    private @Nullable String firstWaking() {
        if (!known) {
            findFirstWaking();
            known = true;
        }
        return sleeper;
    }

    private void findFirstWaking() {
        sleeper = null;
        earliest = Instant.MAX;
        for (Map.Entry<String, Instant> waking : wakings.entrySet()) {
            int order = waking.getValue().compareTo(earliest);
            if (sleeper == null || order < 0 || order == 0 && Names.ORDER.compare(waking.getKey(), sleeper) < 0) {
                sleeper = waking.getKey();
                earliest = waking.getValue();
            }
        }
    }
}
