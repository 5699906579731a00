package org.bridgehead.io.spool;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Forces a log to stable storage for all that wait for it at the moment: whoever comes first does it, for itself and for
 * all that have written before it begins; who comes meanwhile waits for the next one. Nobody else is held up: what needs no
 * sync is written beside it. After a failure nothing more is ever called synced. Safe for any thread.
 */
final class SharedSync {
    /** Forces what has been written so far. */
    interface Log {
        void sync() throws RocksDBException;
    }

    private final Log log;
    private long written;
    private long synced;
    private boolean running;
    private @Nullable RocksDBException failure;

    SharedSync(Log log) {
        this.log = log;
    }

    /** Returns once what the caller has written is on stable storage; waits even when the thread is interrupted. */
    void await() throws RocksDBException {
        await(written());
    }

    /** The same for what was {@linkplain #written written} before. */
    void await(long mine) throws RocksDBException {
        for (long upTo = turn(mine); upTo > 0; upTo = turn(mine)) {
            syncUpTo(upTo);
        }
    }

    /** The caller has written something: its place in the log. */
    synchronized long written() {
        return ++written;
    }

    /** 0 = it is done; otherwise the caller's turn to sync has come, for all writes up to the number. */
    private synchronized long turn(long mine) throws RocksDBException {
        boolean interrupted = false;
        while (failure == null && synced < mine && running) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (synced >= mine) {
            return 0;
        }
        if (failure != null) {
            throw new RocksDBException("an earlier sync failed: " + failure.getMessage(), failure.getStatus());
        }
        running = true;
        return written;
    }

    private void syncUpTo(long upTo) throws RocksDBException {
        RocksDBException wrong = null;
        boolean done = false;
        try {
            log.sync();
            done = true;
        } catch (RocksDBException e) {
            wrong = e;
            throw e;
        } finally {
            ended(done ? upTo : 0, wrong);
        }
    }

    private synchronized void ended(long upTo, @Nullable RocksDBException wrong) {
        synced = Math.max(synced, upTo);
        failure = wrong;
        running = false;
        notifyAll();
    }
}
