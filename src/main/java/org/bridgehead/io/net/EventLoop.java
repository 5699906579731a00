package org.bridgehead.io.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that serves many sockets: it sleeps until any of them is ready or somebody wants something done, so that a
 * busy server neither wakes a thread for each answer it gets nor keeps one for each connection. What is done in it must
 * not wait for anything.
 *
 * <p>{@link #execute} and {@link #close} may be called by any thread; everything else belongs to the loop's own.
 */
public final class EventLoop implements Runnable, Closeable {
    /** What a socket is registered with. */
    interface Handler {
        /** The socket is ready for something it was registered for. */
        void ready(SelectionKey key);

        /**
         * A while has passed: whoever has waited for too long is to be told.
         *
         * @param nanos as {@link System#nanoTime()}
         */
        void look(long nanos);

        /** The loop has ended under the connection. */
        void dropped();
    }

    private record Later(long nanos, Runnable task) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return Long.signum(nanos - other.nanos);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int BUFFER = 64 << 10;

    private final Selector selector;
    private final long tickMillis;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> afterwards = new ConcurrentLinkedQueue<>();
    /** Whether the thread is about to sleep, and has to be woken for a task. */
    private final AtomicBoolean sleeping = new AtomicBoolean();

    private final byte[] octets = new byte[BUFFER];
    private final ByteBuffer buffer = ByteBuffer.wrap(octets);
    /** Owned by the loop. */
    private final PriorityQueue<Later> timers = new PriorityQueue<>();

    private volatile boolean closing;
    private volatile boolean ended;
    private volatile @Nullable Thread thread;
    private long looked;

    private EventLoop(Selector selector, Duration tick) {
        this.selector = selector;
        this.tickMillis = Math.max(1, tick.toMillis());
        this.looked = System.nanoTime();
    }

    /**
     * A loop that has yet to be {@linkplain #run run}.
     *
     * @param tick how exact time limits are
     * @throws IOException when the system has no descriptor left
     */
    public static EventLoop open(Duration tick) throws IOException {
        return new EventLoop(Selector.open(), tick);
    }

    /** Whether the caller's thread is the loop's. */
    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /**
     * Has something done, soon and in order; once the loop has ended, at once and by the caller.
     *
     * @param task does not wait for anything
     */
    public void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            runTasks();
        } else if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    /** Has something done once the sockets that are closed or cancelled by now are free of this loop. */
    void afterwards(Runnable task) {
        afterwards.add(task);
        execute(() -> {});
    }

    /** Has something done when so much time has passed, unless the loop ends before. */
    void later(Duration delay, Runnable task) {
        timers.add(new Later(System.nanoTime() + delay.toNanos(), task));
    }

    /** From now on the handler hears when the socket, which does not block, is ready. */
    SelectionKey register(SelectableChannel channel, int interest, Handler handler) throws IOException {
        return channel.register(selector, interest, handler);
    }

    /** Octets may be read into here; what they are used for ends before the loop goes on. */
    ByteBuffer buffer() {
        buffer.clear();
        return buffer;
    }

    /** The array under {@link #buffer()}. */
    byte[] octets() {
        return octets;
    }

    /** Serves until it is closed. */
    @Override
    public void run() {
        run(() -> {});
    }

    /** The same, doing something first. */
    void run(Runnable first) {
        thread = Thread.currentThread();
        try {
            first.run();
            while (!closing) {
                turn();
            }
        } catch (IOException e) {
            LOG.error("waiting for connections failed: they are dropped", e);
        } catch (ClosedSelectorException e) {
            LOG.error("waiting for connections was ended by somebody else: this is a bug", e);
        } finally {
            end();
        }
    }

    private void turn() throws IOException {
        if (Thread.interrupted()) {
            closing = true; // whoever interrupts a thread of this kind wants it to end
            return;
        }
        runTasks();
        List<Runnable> then = new ArrayList<>();
        for (Runnable task = afterwards.poll(); task != null; task = afterwards.poll()) {
            then.add(task);
        }
        sleeping.set(true);
        if (!tasks.isEmpty() || !then.isEmpty() || closing) {
            selector.selectNow(EventLoop::ready);
        } else {
            selector.select(EventLoop::ready, sleep());
        }
        sleeping.set(false);
        then.forEach(EventLoop::guarded);
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.element().nanos() - now <= 0) {
            guarded(timers.remove().task());
        }
        if (now - looked >= tickMillis * 1_000_000) {
            looked = now;
            // A copy: who is told may register or leave.
            for (SelectionKey key : selector.keys().toArray(SelectionKey[]::new)) {
                guarded(() -> handler(key).look(now));
            }
        }
    }

    /** Milliseconds; 0 = for as long as nothing happens. */
    private long sleep() {
        boolean alone = selector.keys().isEmpty();
        if (timers.isEmpty()) {
            return alone ? 0 : tickMillis;
        }
        long left = Math.max(1, (timers.element().nanos() - System.nanoTime()) / 1_000_000 + 1);
        return alone ? left : Math.min(left, tickMillis);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private static Handler handler(SelectionKey key) {
        return (Handler) key.attachment();
    }

    private static void ready(SelectionKey key) {
        guarded(() -> handler(key).ready(key));
    }

    /** A handler sees to its own failures; one that does not must not take the others along. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (CancelledKeyException closed) {
            LOG.debug("a connection was closed while it was served");
        } catch (RuntimeException e) {
            LOG.error("serving a connection failed: this is a bug", e);
        }
    }

    /** Ends soon; whoever is still registered is {@linkplain Handler#dropped dropped}. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
    }

    private void end() {
        runTasks();
        for (SelectionKey key : selector.keys().toArray(SelectionKey[]::new)) {
            guarded(() -> handler(key).dropped());
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("closing a selector: {}", e.toString());
        }
        for (Runnable task = afterwards.poll(); task != null; task = afterwards.poll()) {
            guarded(task);
        }
        ended = true;
        runTasks();
    }
}
