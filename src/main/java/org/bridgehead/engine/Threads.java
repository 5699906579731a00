package org.bridgehead.engine;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the threads of an organisation, each with a name that says whose it is. */
final class Threads {
    private final String prefix;
    private final ConcurrentLinkedQueue<WeakReference<Thread>> made = new ConcurrentLinkedQueue<>();

    Threads(String prefix) {
        this.prefix = prefix;
    }

    /** Daemon threads {@code PREFIX-ROLE-n}. */
    ThreadFactory named(String role) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + "-" + role + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            made.add(new WeakReference<>(thread));
            return thread;
        };
    }

    /**
     * A pool for blocking work: virtual threads where the platform has them (21 and later), else platform threads made
     * as needed. The work is bounded by who hands it in: connections, sessions, outstanding effects.
     */
    ExecutorService blocking(String role) {
        try {
            Method make = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) make.invoke(null);
        } catch (NoSuchMethodException before21) {
            return Executors.newCachedThreadPool(named(role));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads are there but cannot be had", e);
        }
    }

    /** Platform threads, made as needed, for what lasts, such as an event loop. */
    ExecutorService lasting(String role) {
        return Executors.newCachedThreadPool(named(role));
    }

    /** {@code threads} at most, then {@code waiting} tasks that wait; beyond that the caller does the work itself. */
    ExecutorService bounded(String role, int threads, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                named(role),
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** One thread. */
    ExecutorService single(String role) {
        return Executors.newSingleThreadExecutor(named(role));
    }

    /** One thread that does short things at their time and forgets what was cancelled. */
    ScheduledThreadPoolExecutor timer(String role) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named(role));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** The names of those that are still alive after waiting for {@code limit} at most, the caller's own aside. */
    List<String> alive(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        List<String> left = new ArrayList<>();
        for (WeakReference<Thread> reference : made) {
            Thread thread = reference.get();
            if (thread == null || thread == Thread.currentThread()) {
                continue;
            }
            try {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                left.add(thread.getName());
            }
        }
        return left;
    }
}
