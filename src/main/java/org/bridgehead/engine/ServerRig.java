package org.bridgehead.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.Scribe;

/**
 * What a test does to one server and learns of it: scripted replies, and the connections it took. Safe for any thread.
 */
final class ServerRig {
    private static final int MOST_SESSIONS = 1_000;

    private final String server;
    private final Supplier<Instant> now;
    private final Supplier<Pace> pace;
    private final Replies replies = new Replies();
    private final ArrayDeque<SessionRecorder> sessions = new ArrayDeque<>();
    private long cuts;

    /**
     * The rig of a server.
     *
     * @param now the time of the organisation
     * @param pace how slow strangers find it. Servers of the organisation feel that in the organisation's own time
     */
    ServerRig(String server, Supplier<Instant> now, Supplier<Pace> pace) {
        this.server = server;
        this.now = now;
        this.pace = pace;
    }

    Replies replies() {
        return replies;
    }

    synchronized Scribe record(Peer peer) {
        SessionRecorder recorder = new SessionRecorder(server, now.get(), peer);
        if (sessions.size() == MOST_SESSIONS) {
            sessions.removeFirst();
        }
        sessions.addLast(recorder);
        return recorder;
    }

    /** The latest connections, oldest first. */
    List<SmtpSession> sessions() {
        List<SessionRecorder> recorded;
        synchronized (this) {
            recorded = new ArrayList<>(sessions);
        }
        return recorded.stream().map(SessionRecorder::session).toList();
    }

    /** Whether strangers are made to wait. */
    boolean isSlow() {
        return !pace.get().equals(Pace.FULL);
    }

    /** A stranger begins a message. */
    void delay() {
        pause(pace.get().latency());
    }

    /** A stranger has sent octets of a message. */
    void delay(long octets) {
        pause(pace.get().time(octets));
    }

    /** Until the time is up or the server is cut. */
    private synchronized void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long life = cuts;
        try {
            while (cuts == life && System.nanoTime() < end) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody waits any longer. */
    synchronized void cut() {
        cuts++;
        notifyAll();
    }
}
