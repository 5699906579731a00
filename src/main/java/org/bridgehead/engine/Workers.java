package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Splits pure computation over the processors. Stateless; safe for any thread. */
public final class Workers {
    private Workers() {}

    /**
     * Computes {@code parts} results side by side and returns them in order.
     *
     * @param work from a part's number, 0 to {@code parts - 1}, to its result; runs in several threads
     * @param done is told how many parts are finished, in the caller's thread
     * @throws IllegalStateException when the calling thread is interrupted; what {@code work} throws is thrown on
     */
    public static <T> List<T> map(int parts, IntFunction<T> work, IntConsumer done) {
        int threads = Math.max(1, Math.min(parts, Runtime.getRuntime().availableProcessors()));
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "bridgehead-worker");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                int number = part;
                futures.add(pool.submit(() -> work.apply(number)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
                done.accept(results.size());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while computing", e);
        } catch (ExecutionException e) {
            throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            pool.shutdownNow();
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException usual ? usual : new IllegalStateException(cause);
    }
}
