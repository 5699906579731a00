package org.bridgehead.engine;

import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Counts what is under way in an organisation: inputs not yet handled, effects not yet answered, messages being taken
 * in. Zero means idle (DECISIONS 6.1). Safe for any thread.
 */
final class Activity {
    private long underWay;
    private long changes;

    /** What one node has under way; given up as a whole when the node is killed. */
    final class Scope {
        private long own;
        private boolean abandoned;

        /** Something begins. */
        void begin() {
            synchronized (Activity.this) {
                if (!abandoned) {
                    own++;
                    underWay++;
                    changes++;
                }
            }
        }

        /** Something that began has ended. */
        void end() {
            synchronized (Activity.this) {
                if (!abandoned) {
                    own--;
                    underWay--;
                    changes++;
                    Activity.this.notifyAll();
                }
            }
        }

        /** Nothing of this scope counts any more. */
        void abandon() {
            synchronized (Activity.this) {
                abandoned = true;
                underWay -= own;
                own = 0;
                changes++;
                Activity.this.notifyAll();
            }
        }
    }

    Scope scope() {
        return new Scope();
    }

    /**
     * Waits until nothing is under way.
     *
     * @throws IllegalStateException when that takes longer than {@code limit}: something hangs
     */
    synchronized void awaitIdle(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (underWay > 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT, "not idle after %d s: %d things under way", limit.toSeconds(), underWay));
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    /**
     * Waits until {@code condition} holds, looking again whenever something begins or ends.
     *
     * @return whether it came to hold within {@code limit}
     */
    boolean awaitUntil(BooleanSupplier condition, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                long seen = changes();
                if (condition.getAsBoolean()) {
                    return true;
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                awaitChange(seen, Duration.ofNanos(Math.min(left, 100_000_000L)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until something begins or ends, or the time is up. */
    synchronized void awaitChange(long seen, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (changes == seen) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    synchronized long changes() {
        return changes;
    }
}
