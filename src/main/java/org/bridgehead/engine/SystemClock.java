package org.bridgehead.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time. */
final class SystemClock implements EngineClock {
    private final ScheduledThreadPoolExecutor timer;

    SystemClock(Threads threads) {
        timer = threads.timer("timer");
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Runnable schedule(Instant at, Runnable action) {
        long delay = Math.max(0, Duration.between(now(), at).toMillis() + 1);
        ScheduledFuture<?> future = timer.schedule(action, delay, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
