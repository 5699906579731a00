package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueuedCopy;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing connection, from the first server that is tried for it to its end. Each server tried is a connection of
 * its own number; the link is what they have in common. Owned by the hub's thread.
 */
final class Link {
    /** Where it stands. */
    enum State {
        OPENING,
        IDLE,
        BUSY
    }

    private final boolean probe;
    private final DeliveryQueue queue;
    private final Instant begun;
    private final boolean toUnknown;
    private final ArrayDeque<Target> remaining = new ArrayDeque<>();
    private ConnectionId id;
    private @Nullable Target target;
    private @Nullable QueuedCopy current;
    private State state = State.OPENING;
    private boolean overtaken;
    private boolean reports = true;
    private int sent;
    private Instant restingSince = Instant.MIN;
    private boolean watched;

    Link(ConnectionId id, DeliveryQueue queue, Instant begun) {
        this(id, queue, begun, false);
    }

    private Link(ConnectionId id, DeliveryQueue queue, Instant begun, boolean probe) {
        this.probe = probe;
        this.id = id;
        this.queue = queue;
        this.begun = begun;
        this.toUnknown = !queue.isAnswering();
    }

    /** A link that looks whether a dead server answers again. */
    static Link probe(ConnectionId id, DeliveryQueue queue, Instant begun) {
        return new Link(id, queue, begun, true);
    }

    boolean isProbe() {
        return probe;
    }

    ConnectionId id() {
        return id;
    }

    DeliveryQueue queue() {
        return queue;
    }

    /** Whether the next hop had not answered, or not lately, when it was begun. */
    boolean isToUnknown() {
        return toUnknown;
    }

    /** When the first server was tried. */
    Instant begun() {
        return begun;
    }

    State state() {
        return state;
    }

    int sent() {
        return sent;
    }

    void candidates(List<Target> targets) {
        remaining.addAll(targets);
    }

    /** The next server to try, under a new number. */
    Optional<Target> advance(ConnectionId number) {
        Target next = remaining.pollFirst();
        if (next == null) {
            return Optional.empty();
        }
        id = number;
        target = next;
        return Optional.of(next);
    }

    Target target() {
        if (target == null) {
            throw new IllegalStateException("connection " + id + " leads nowhere yet");
        }
        return target;
    }

    /** It is open, to a server that sees to reports or does not. */
    void open(boolean seesToReports) {
        reports = seesToReports;
        state = State.IDLE;
    }

    /** Whether the server sees to the reports that senders ask for. */
    boolean reports() {
        return reports;
    }

    void busyWith(QueuedCopy copy) {
        state = State.BUSY;
        current = copy;
        overtaken = false;
    }

    /** The topology changed while it was busy. */
    void markOvertaken() {
        overtaken = true;
    }

    boolean isOvertaken() {
        return overtaken;
    }

    /** What is being sent. */
    Optional<QueuedCopy> current() {
        return Optional.ofNullable(current);
    }

    /** There is nothing to send from now on; answers whether its end is still to be waited for. */
    boolean rests(Instant now) {
        restingSince = now;
        boolean first = !watched;
        watched = true;
        return first;
    }

    /** Nobody waits for its end any more, until it rests again. */
    void unwatched() {
        watched = false;
    }

    /** Since when it has had nothing to send. */
    Instant restingSince() {
        return restingSince;
    }

    /** What was being sent; the link is idle after this. */
    QueuedCopy finish() {
        QueuedCopy copy = current;
        if (copy == null) {
            throw new IllegalStateException("nothing is being sent over " + id);
        }
        current = null;
        state = State.IDLE;
        sent++;
        return copy;
    }
}
