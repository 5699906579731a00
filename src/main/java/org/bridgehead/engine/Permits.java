package org.bridgehead.engine;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the messages that have been taken in and not yet seen by their hub. A burst is slowed to the pace of the hub: who
 * finds none waits a while. Safe for any thread.
 */
final class Permits {
    private static final int ALL = 1000;

    /** More than there are listeners that ask at the same time. */
    private static final int PLENTY = 100;

    /** Well below the two minutes in which a client expects {@code 354} (RFC 5321 section 4.5.3.2.4). */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Semaphore free = new Semaphore(ALL);
    private volatile boolean closed;

    /** Takes one, waiting for it if need be; false = there is none to be had. */
    boolean tryTake() {
        try {
            return !closed && free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether there are so many that whoever asks now need not wait. */
    boolean isPlenty() {
        return free.availablePermits() >= PLENTY;
    }

    /** Gives one back. */
    void giveBack() {
        free.release();
    }

    /** How many are taken. */
    int taken() {
        return Math.max(0, ALL - free.availablePermits());
    }

    /** There is none any more; who waits for one learns it at once. */
    void close() {
        closed = true;
        free.release(ALL);
    }
}
