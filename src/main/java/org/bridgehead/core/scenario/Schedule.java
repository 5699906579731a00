package org.bridgehead.core.scenario;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** Places in the heap that stand behind one. */
    private static final int FAN = 4;

    /** So many seconds can be told in nanoseconds. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000 - 1;

    private record Entry<T>(Instant at, String server, long number, T what) {
        /** Comes before another one that is due at about the same time. */
        boolean isBefore(Entry<T> other) {
            int byTime = at.compareTo(other.at);
            if (byTime != 0) {
                return byTime < 0;
            }
            int byServer = server.equals(other.server) ? 0 : Names.ORDER.compare(server, other.server);
            return byServer != 0 ? byServer < 0 : number < other.number;
        }
    }

    /**
     * A run of entries of one server for one time, each behind the one before: what a server wants done at once needs no
     * place among everything that is due later.
     */
    private final ArrayDeque<Entry<T>> run = new ArrayDeque<>();
    /**
     * All others, in a heap: whoever comes first stands at 0, those behind {@code i} from {@code 4 i + 1} on. Four of them,
     * because a look at neighbouring times costs less than moving entries down one level more.
     */
    private final List<Entry<T>> due = new ArrayList<>();
    /**
     * By place in the heap, the time in nanoseconds from {@link #begin}, or the greatest number beyond three centuries. It
     * decides nearly always, and without a look at the entries.
     */
    private long[] times = new long[16];

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
        if (continuesRun(entry)) {
            run.addLast(entry);
        } else {
            push(entry);
        }
    }

    private boolean continuesRun(Entry<T> entry) {
        if (run.isEmpty()) {
            return due.isEmpty() || entry.at().isBefore(due.get(0).at());
        }
        Entry<T> last = run.getLast();
        return last.at().equals(entry.at()) && last.server().equals(entry.server());
    }

    private void push(Entry<T> entry) {
        if (due.isEmpty()) {
            begin = entry.at();
        }
        due.add(entry);
        if (due.size() > times.length) {
            times = Arrays.copyOf(times, 2 * times.length);
        }
        rise(due.size() - 1, sinceBegin(entry.at()), entry);
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
        run.removeIf(entry -> Names.same(entry.server(), server));
        List<Entry<T>> all = new ArrayList<>(due);
        due.clear();
        for (Entry<T> entry : all) {
            if (!Names.same(entry.server(), server)) {
                push(entry);
            }
        }
    }

    private long sinceBegin(Instant at) {
        long seconds = at.getEpochSecond() - begin.getEpochSecond();
        return Math.abs(seconds) > MOST_SECONDS
                ? Long.signum(seconds) * Long.MAX_VALUE
                : seconds * 1_000_000_000 + at.getNano() - begin.getNano();
    }

    private boolean isBefore(long time, Entry<T> entry, int other) {
        return time != times[other] ? time < times[other] : entry.isBefore(due.get(other));
    }

    /** Finds the place of an entry on the way up from {@code from}, where there is room. */
    private void rise(int from, long time, Entry<T> entry) {
        int at = from;
        int above = (at - 1) / FAN;
        while (at > 0 && isBefore(time, entry, above)) {
            put(at, times[above], due.get(above));
            at = above;
            above = (at - 1) / FAN;
        }
        put(at, time, entry);
    }

    /** Finds the place of an entry on the way down from the top, where there is room. */
    private void sink(long time, Entry<T> entry) {
        int at = 0;
        int next = firstBelow(0);
        while (next < due.size() && !isBefore(time, entry, next)) {
            put(at, times[next], due.get(next));
            at = next;
            next = firstBelow(at);
        }
        put(at, time, entry);
    }

    /** Whoever comes first of those behind {@code at}; no place of the heap when there is none. */
    private int firstBelow(int at) {
        int first = FAN * at + 1;
        int end = Math.min(first + FAN, due.size());
        for (int other = first + 1; other < end; other++) {
            if (isBefore(times[other], due.get(other), first)) {
                first = other;
            }
        }
        return first;
    }

    private void put(int at, long time, Entry<T> entry) {
        times[at] = time;
        due.set(at, entry);
    }

    private @Nullable Entry<T> first() {
        if (run.isEmpty()) {
            return due.isEmpty() ? null : due.get(0);
        }
        return due.isEmpty() || run.getFirst().isBefore(due.get(0)) ? run.getFirst() : due.get(0);
    }

    /** Takes what comes first of what is due at {@code now}; null = only wakings may be due. */
    public @Nullable T take(Instant now) {
        Entry<T> first = first();
        if (first == null || first.at().isAfter(now)) {
            return null;
        }
        if (first == run.peekFirst()) {
            run.removeFirst();
        } else {
            Entry<T> last = due.remove(due.size() - 1);
            if (!due.isEmpty()) {
                sink(times[due.size()], last);
            }
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
        return due.size() + run.size();
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
