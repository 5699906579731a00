package org.bridgehead.io.mailstore;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners that generations of a storage group were closed: each once, in order, on a thread that has delivered
 * and holds no lock that others deliver under. Safe for any thread.
 */
final class ClosedLogs {
    private static final Logger LOG = LoggerFactory.getLogger(ClosedLogs.class);

    private final String group;
    private final List<ObjLongConsumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock telling = new ReentrantLock();
    private volatile long told;

    /** Those up to {@code told} are not told. */
    ClosedLogs(String group, long told) {
        this.group = group;
        this.told = told;
    }

    Runnable add(ObjLongConsumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells what was not told yet, unless another thread is just doing that: then that one tells this, too. */
    void tell(LastClosed last) {
        while (told < last.generation() && !telling.isHeldByCurrentThread() && telling.tryLock()) {
            try {
                while (told < last.generation()) tell(++told);
            } finally {
                telling.unlock();
            }
        }
    }

    /** The last generation closed, now. */
    interface LastClosed {
        long generation();
    }

    private void tell(long generation) {
        for (ObjLongConsumer<String> listener : listeners) {
            try {
                listener.accept(group, generation);
            } catch (RuntimeException e) {
                LOG.error("a listener failed on log {} of {}", generation, group, e);
            }
        }
    }
}
