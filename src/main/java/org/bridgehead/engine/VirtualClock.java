package org.bridgehead.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Time that stands still until it is advanced (DECISIONS 6.1): to the next timer, fire it, wait for idle, repeat. Work
 * itself takes no time. In lockstep whoever moves the clock also gives the hubs their turns.
 */
final class VirtualClock implements EngineClock {
    /** How long real work may take before something is taken to hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private record Key(Instant at, long number) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final Activity activity;
    private final Optional<Lockstep> turns;
    private final TreeMap<Key, Runnable> timers = new TreeMap<>();
    private Instant now;
    private long number;

    VirtualClock(Activity activity, Instant start, Optional<Lockstep> turns) {
        this.activity = activity;
        this.now = start;
        this.turns = turns;
    }

    @Override
    public Optional<Lockstep> turns() {
        return turns;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Instant at, Runnable action) {
        Key key = new Key(at, number++);
        timers.put(key, action);
        return () -> cancel(key);
    }

    private synchronized void cancel(Key key) {
        timers.remove(key);
    }

    /** Moves on by {@code step}, firing what is due on the way; one caller at a time. */
    void advance(Duration step) throws InterruptedException {
        Instant target = now().plus(step);
        runTo(target);
        arrive(target);
    }

    /** Waits until nothing is under way, without moving on. */
    void runUntilIdle() throws InterruptedException {
        runTo(now());
    }

    private void runTo(Instant target) throws InterruptedException {
        activity.awaitIdle(PATIENCE);
        Optional<Runnable> next = takeUpTo(target);
        while (next.isPresent()) {
            next.get().run();
            activity.awaitIdle(PATIENCE);
            next = takeUpTo(target);
        }
    }

    /** Gives hubs in lockstep that many turns at most, without moving on. */
    void perform(int most) throws InterruptedException {
        Lockstep all = turns.orElseThrow(() -> new UnsupportedOperationException("only in lockstep"));
        activity.awaitIdle(PATIENCE);
        Optional<Runnable> next = most > 0 ? all.take(now()) : Optional.empty();
        for (int i = 1; next.isPresent(); i++) {
            next.get().run();
            activity.awaitIdle(PATIENCE);
            next = i < most ? all.take(now()) : Optional.empty();
        }
    }

    private synchronized Optional<Runnable> takeUpTo(Instant target) {
        Optional<Runnable> turn = turns.flatMap(all -> all.take(now));
        if (turn.isPresent()) {
            return turn;
        }
        Optional<Instant> waking = turns.flatMap(Lockstep::next).filter(at -> !at.isAfter(target));
        boolean timer = !timers.isEmpty() && !timers.firstKey().at().isAfter(target);
        if (timer && waking.filter(timers.firstKey().at()::isAfter).isEmpty()) {
            Map.Entry<Key, Runnable> first = timers.pollFirstEntry();
            arrive(first.getKey().at());
            return Optional.of(first.getValue());
        }
        waking.ifPresent(this::arrive);
        return waking.flatMap(at -> turns.flatMap(all -> all.take(now)));
    }

    private synchronized void arrive(Instant at) {
        now = at.isAfter(now) ? at : now;
    }

    @Override
    public synchronized void close() {
        timers.clear();
    }
}
