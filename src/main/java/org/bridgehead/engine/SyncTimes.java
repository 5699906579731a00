package org.bridgehead.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How long synced writes to the spool take. Safe for any thread. */
public final class SyncTimes {
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final Set<Write> underWay = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final AtomicLong slowest = new AtomicLong();

    SyncTimes() {}

    /** One write; told apart by identity. */
    final class Write {
        private final long begun = System.nanoTime();

        private Write() {}

        /** It has ended, well or not. */
        void ended(boolean well) {
            long took = System.nanoTime() - begun;
            underWay.remove(this);
            slowest.accumulateAndGet(took, Math::max);
            if (well) {
                count.increment();
                nanos.add(took);
            }
        }
    }

    /** A write begins. */
    Write begin() {
        Write write = new Write();
        underWay.add(write);
        return write;
    }

    /** The longest since this was last asked: of those that have ended, and of those under way so far. */
    Duration slowest() {
        long longest = slowest.getAndSet(0);
        long now = System.nanoTime();
        for (Write write : underWay) {
            longest = Math.max(longest, now - write.begun);
        }
        return Duration.ofNanos(longest);
    }

    /** Writes that ended well since the start. */
    public long count() {
        return count.sum();
    }

    /** Seconds that callers waited for them, all together. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }
}
