package org.bridgehead.engine;

import java.util.concurrent.atomic.LongAdder;

/** How long synced writes to the spool took since the start. Safe for any thread. */
public final class SyncTimes {
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    SyncTimes() {}

    void took(long nanoseconds) {
        count.increment();
        nanos.add(nanoseconds);
    }

    /** Writes that ended well. */
    public long count() {
        return count.sum();
    }

    /** Seconds that callers waited for them, all together. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }
}
