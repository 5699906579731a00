package org.bridgehead.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * Splits pure computation over the processors; what comes of it is handed over in order, in the caller's thread, who
 * cannot tell how many threads there were. Stateless; safe for any thread.
 */
public final class Workers {
    /** Parts begun or done for each thread before their turn, so that a long one leaves the other threads something to do. */
    private static final int AHEAD = 16;

    private Workers() {}

    /** Takes the result of one part. */
    public interface Taker<T> {
        /** It is the turn of part {@code number}. */
        void take(long number, T result);
    }

    /** How many threads are of use. */
    public static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Computes {@code parts} results side by side and returns them in order.
     *
     * @param work from a part's number, 0 to {@code parts - 1}, to its result; runs in several threads
     * @param done is told how many parts are finished, in the caller's thread
     * @throws IllegalStateException when the calling thread is interrupted; what {@code work} throws is thrown on
     */
    public static <T> List<T> map(int parts, IntFunction<T> work, IntConsumer done) {
        List<T> results = new ArrayList<>(parts);
        inOrder(0, parts - 1, processors(), number -> work.apply((int) number), (number, result) -> {
            results.add(result);
            done.accept(results.size());
        });
        return results;
    }

    /**
     * Computes the results for all numbers from {@code first} to {@code last}, of which only some are held at a time.
     *
     * @param threads at most; one is the caller's own
     * @param work runs in that many threads
     * @param taker gets each result in its turn, in the caller's thread
     * @throws IllegalStateException when the calling thread is interrupted; the first that {@code work} or {@code taker}
     *     throws, in the order of the numbers, is thrown on, and what comes later is given up
     */
    public static <T> void inOrder(long first, long last, int threads, LongFunction<T> work, Taker<T> taker) {
        if (threads == 1 || first >= last) {
            for (long number = first; number <= last; number++) {
                taker.take(number, work.apply(number));
            }
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool((int) Math.min(threads, last - first + 1), task -> {
            Thread thread = new Thread(task, "bridgehead-worker");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<Future<T>> begun = new ArrayDeque<>();
            long next = first;
            for (long number = first; number <= last; number++) {
                while (next <= last && begun.size() < (long) threads * AHEAD) {
                    long mine = next++;
                    begun.addLast(pool.submit(() -> work.apply(mine)));
                }
                taker.take(number, result(begun.removeFirst()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while computing", e);
        } catch (ExecutionException e) {
            throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException usual ? usual : new IllegalStateException(cause);
    }
}
