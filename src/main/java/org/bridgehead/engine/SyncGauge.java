package org.bridgehead.engine;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How long synced writes take: those that ended since the last look, and those under way. Safe for any thread. */
final class SyncGauge {
    private final ConcurrentHashMap<Object, Long> underWay = new ConcurrentHashMap<>();
    private final AtomicLong slowest = new AtomicLong();

    /** A write begins. */
    void begin(Object write) {
        underWay.put(write, System.nanoTime());
    }

    /** It has ended, well or not. */
    void end(Object write) {
        Long begun = underWay.remove(write);
        if (begun != null) {
            slowest.accumulateAndGet(System.nanoTime() - begun, Math::max);
        }
    }

    /** The longest since this was last asked. */
    Duration look() {
        long now = System.nanoTime();
        long longest = slowest.getAndSet(0);
        for (long begun : underWay.values()) {
            longest = Math.max(longest, now - begun);
        }
        return Duration.ofNanos(longest);
    }
}
