package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one sync: whoever comes while nobody commits becomes the leader and commits everything that
 * is waiting; the others wait until their work was part of a batch, or lead the next one. Order of arrival is kept.
 *
 * @param <W> the work
 */
final class GroupCommit<W> {
    private static final int MAX_BATCH = 1000;

    private final Batches<W> batches;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();
    private List<Entry<W>> waiting = new ArrayList<>();
    private boolean leading;
    private boolean closed;

    /** Commits batches, one at a time. */
    interface Batches<W> {
        /** Returns when all of it is lasting; when it throws, none of it may count. */
        void commit(List<W> batch) throws IOException;
    }

    private static final class Entry<W> {
        private final W work;
        private boolean done;
        private @Nullable Exception failure;

        private Entry(W work) {
            this.work = work;
        }
    }

    GroupCommit(Batches<W> batches) {
        this.batches = batches;
    }

    /** Returns when {@code work} was committed. An interrupt does not end the waiting: the work may be done already. */
    void run(W work) throws IOException {
        Entry<W> entry = new Entry<>(work);
        lock.lock();
        try {
            if (closed) throw new IOException("the store is closed");
            waiting.add(entry);
            while (!entry.done) {
                if (leading) turn.awaitUninterruptibly();
                else lead();
            }
        } finally {
            lock.unlock();
        }
        if (entry.failure instanceof RuntimeException bug) throw new IllegalStateException(bug);
        if (entry.failure != null) throw new IOException(entry.failure.getMessage(), entry.failure);
    }

    /** Lets work in progress finish and refuses more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            while (leading || !waiting.isEmpty()) turn.awaitUninterruptibly();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses more without waiting for anything. */
    void refuse() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        List<Entry<W>> batch = nextBatch();
        leading = true;
        lock.unlock();
        Exception failure = null;
        try {
            batches.commit(batch.stream().map(entry -> entry.work).toList());
        } catch (IOException | RuntimeException e) {
            failure = e;
        } finally {
            lock.lock();
            leading = false;
            for (Entry<W> entry : batch) {
                entry.failure = failure;
                entry.done = true;
            }
            turn.signalAll();
        }
    }

    private List<Entry<W>> nextBatch() {
        int size = Math.min(MAX_BATCH, waiting.size());
        List<Entry<W>> batch = new ArrayList<>(waiting.subList(0, size));
        waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
        return batch;
    }
}
