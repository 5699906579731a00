package org.bridgehead.core.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** So many entries stand in order at most. */
    private static final int NEAR = 64;

    /** So many seconds can be told in nanoseconds. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000 - 1;

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

    /**
     * What comes first, in order and the first at the end: mostly everything there is, and a new entry finds its place
     * among the last few. Empty only when nothing is to be done.
     */
    private final List<Entry<T>> near = new ArrayList<>(NEAR + 1);
    /**
     * By place in {@link #near}, the time in nanoseconds from {@link #begin}, or the greatest number beyond three centuries.
     * It decides nearly always, and without a look at the entries.
     */
    private final long[] times = new long[NEAR + 1];
    /** All that comes after those, if they are many. */
    private final PriorityQueue<Entry<T>> far = new PriorityQueue<>();

    private Instant begin = Instant.EPOCH;
    private final Map<String, Instant> wakings = new LinkedHashMap<>();
    private long number;

    /** The server that is woken first and when, as long as {@code known}; null = none wants to be. */
    private @Nullable String sleeper;

    private Instant earliest = Instant.MAX;
    private boolean known = true;

    /** A server wants something done at a time. */
    public void add(Instant at, String server, T what) {
        Entry<T> entry = new Entry<>(at, server, ++number, what);
        if (near.isEmpty()) {
            begin = at;
        }
        long time = sinceBegin(at);
        if (!far.isEmpty() && comesAfter(0, time, entry)) {
            far.add(entry);
            return;
        }
        insert(time, entry);
        if (near.size() > NEAR) {
            far.add(near.remove(0));
            System.arraycopy(times, 1, times, 0, near.size());
        }
    }

    private void insert(long time, Entry<T> entry) {
        int size = near.size();
        int place = size;
        while (place > 0 && comesAfter(place - 1, time, entry)) {
            place--;
        }
        near.add(place, entry);
        System.arraycopy(times, place, times, place + 1, size - place);
        times[place] = time;
    }

    /** Whether an entry comes after the one at a place of {@link #near}. */
    private boolean comesAfter(int place, long time, Entry<T> entry) {
        return time != times[place] ? time > times[place] : entry.compareTo(near.get(place)) > 0;
    }

    private void refill() {
        while (near.size() < NEAR / 2 && !far.isEmpty()) {
            near.add(far.remove());
        }
        Collections.reverse(near);
        for (int i = 0; i < near.size(); i++) {
            times[i] = sinceBegin(near.get(i).at());
        }
    }

    /** A server wants to be woken at a time; replaces what it wanted before. */
    public void wake(String server, Instant at) {
        wakings.put(server, at);
        if (!known || server.equals(sleeper)) {
            known = false;
        } else if (sleeper == null || isWokenBefore(server, at, sleeper)) {
            sleeper = server;
            earliest = at;
        }
    }

    /** Whether a server is woken at {@code at} before the one that was first so far. */
    private boolean isWokenBefore(String server, Instant at, String first) {
        int order = at.compareTo(earliest);
        return order < 0 || order == 0 && Names.ORDER.compare(server, first) < 0;
    }

    /** A server has died: nothing of what it wanted happens any more. */
    public void forget(String server) {
        wakings.remove(server);
        known = false;
        List<Entry<T>> all = new ArrayList<>(near);
        all.addAll(far);
        near.clear();
        far.clear();
        for (Entry<T> entry : all) {
            if (!Names.same(entry.server(), server)) {
                far.add(entry);
            }
        }
        refill();
    }

    private long sinceBegin(Instant at) {
        long seconds = at.getEpochSecond() - begin.getEpochSecond();
        return Math.abs(seconds) > MOST_SECONDS
                ? Long.signum(seconds) * Long.MAX_VALUE
                : seconds * 1_000_000_000 + at.getNano() - begin.getNano();
    }

    private @Nullable Entry<T> first() {
        return near.isEmpty() ? null : near.get(near.size() - 1);
    }

    /** Takes what comes first of what is due at {@code now}; null = only wakings may be due. */
    public @Nullable T take(Instant now) {
        Entry<T> first = first();
        if (first == null || first.at().isAfter(now)) {
            return null;
        }
        near.remove(near.size() - 1);
        if (near.isEmpty()) {
            refill();
        }
        return first.what();
    }

    /** Takes the server that is to be woken first, if one is at {@code now}; null = none is. */
    public @Nullable String takeWaking(Instant now) {
        String first = firstWaking();
        if (first == null || earliest.isAfter(now)) {
            return null;
        }
        wakings.remove(first);
        known = false;
        return first;
    }

    /** When a server wants to be woken; empty = not at all. */
    public Optional<Instant> waking(String server) {
        return Optional.ofNullable(wakings.get(server));
    }

    /** When something is due next; null = never. */
    public @Nullable Instant next() {
        Entry<T> first = first();
        if (firstWaking() == null) {
            return first == null ? null : first.at();
        }
        return first == null || earliest.isBefore(first.at()) ? earliest : first.at();
    }

    /** How many things are to be done, wakings not counted. */
    public int size() {
        return near.size() + far.size();
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
            if (sleeper == null || isWokenBefore(waking.getKey(), waking.getValue(), sleeper)) {
                sleeper = waking.getKey();
                earliest = waking.getValue();
            }
        }
    }
}
