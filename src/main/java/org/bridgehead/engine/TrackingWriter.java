package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.io.tracking.TrackingFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings tracking events to the disk in a thread of its own, so that no hub waits for it; within a second they are with
 * the operating system. Whoever tracks faster than that thread writes waits. Safe for any thread.
 */
final class TrackingWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrackingWriter.class);
    private static final int WAITING = 10_000;
    private static final int BATCH = 500;
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Something to do for the writer. */
    private sealed interface Task {
        /** Write this. */
        record Write(TrackingEvent event) implements Task {}

        /** Say when all that came before is with the operating system. */
        record Flush(CompletableFuture<Void> done) implements Task {}

        /** Say so, and end. */
        record End(CompletableFuture<Void> done) implements Task {}
    }

    private final TrackingFile file;
    private final ArrayBlockingQueue<Task> tasks = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    private boolean refused;

    /** Writes to {@code file}, and closes it in the end. */
    TrackingWriter(TrackingFile file, Threads threads) {
        this.file = file;
        this.thread = threads.named("tracking").newThread(this::run);
        thread.start();
    }

    void write(TrackingEvent event) {
        put(new Task.Write(event));
    }

    /** The folder of the log with everything in it that was tracked before. */
    Path flushed() throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        put(new Task.Flush(done));
        await(done);
        return file.folder();
    }

    private void put(Task task) {
        boolean interrupted = false;
        boolean taken = false;
        while (!taken && thread.isAlive()) {
            try {
                taken = tasks.offer(task, 100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!taken && !(task instanceof Task.Write)) {
            throw new IllegalStateException("the tracking log is closed");
        }
    }

    private static void await(CompletableFuture<Void> done) throws IOException {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("the tracking log cannot be written: " + e.getCause(), e);
        }
    }

    private void run() {
        List<Task> batch = new ArrayList<>(BATCH);
        long flushed = System.nanoTime();
        try {
            boolean more = true;
            while (more) {
                Task first = tasks.poll(FLUSH_NANOS, TimeUnit.NANOSECONDS);
                if (first != null) {
                    batch.add(first);
                    tasks.drainTo(batch, BATCH - 1);
                }
                for (Task task : batch) {
                    more &= perform(task);
                }
                batch.clear();
                if (System.nanoTime() - flushed >= FLUSH_NANOS) {
                    attempt(file::flush);
                    flushed = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there may be more to do. */
    private boolean perform(Task task) {
        if (task instanceof Task.Write write) {
            attempt(() -> file.append(write.event()));
            return true;
        } else if (task instanceof Task.Flush flush) {
            complete(flush.done(), file::flush);
            return true;
        }
        complete(((Task.End) task).done(), file::close);
        return false;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void complete(CompletableFuture<Void> done, Work work) {
        try {
            work.run();
            done.complete(null);
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
    }

    /** Mail goes on when its log cannot be written; that is said once, and once when it can again. */
    private void attempt(Work work) {
        try {
            work.run();
            if (refused) {
                LOG.info("the tracking log is written again");
                refused = false;
            }
        } catch (IOException e) {
            if (!refused) {
                LOG.warn("the tracking log cannot be written: {}", e.toString());
                refused = true;
            }
        }
    }

    @Override
    public void close() throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        put(new Task.End(done));
        await(done);
    }
}
