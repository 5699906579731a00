package org.bridgehead.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bridgehead.io.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for stable storage in place of those that must not wait: one sync for all messages that were written until it
 * begins. Safe for any thread.
 */
final class SpoolKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolKeeper.class);

    private record Kept(Spool.Ahead written, Consumer<Optional<IOException>> then) {}

    private record Outcome(Kept kept, Optional<IOException> failure) {}

    private final Executor thread;
    private final Executor aside;
    private final ConcurrentLinkedQueue<Kept> waiting = new ConcurrentLinkedQueue<>();
    /** Whether the thread has a turn before it in which it takes all that waits. */
    private final AtomicBoolean due = new AtomicBoolean();

    /**
     * A keeper.
     *
     * @param thread does one thing after the other
     * @param aside has threads that may wait
     */
    SpoolKeeper(Executor thread, Executor aside) {
        this.thread = thread;
        this.aside = aside;
    }

    /** Has something done that waits for more than a sync. */
    void aside(Runnable work) {
        aside.execute(work);
    }

    /**
     * Has a write made safe.
     *
     * @param then is told whether that failed; must not wait
     */
    void keep(Spool.Ahead written, Consumer<Optional<IOException>> then) {
        waiting.add(new Kept(written, then));
        if (due.compareAndSet(false, true)) {
            thread.execute(this::keepWaiting);
        }
    }

    private void keepWaiting() {
        due.set(false);
        List<Outcome> outcomes = new ArrayList<>();
        for (Kept next = waiting.poll(); next != null; next = waiting.poll()) {
            outcomes.add(new Outcome(next, failure(next.written())));
        }
        outcomes.forEach(outcome -> outcome.kept().then().accept(outcome.failure()));
    }

    private static Optional<IOException> failure(Spool.Ahead written) {
        try {
            written.kept();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            // The others must hear what became of theirs.
            LOG.error("making mail safe failed: this is a bug", e);
            return Optional.of(new IOException("internal error: " + e, e));
        }
    }
}
