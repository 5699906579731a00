package org.bridgehead.core.queue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.routing.NextHop;

/**
 * The queue to one next hop: what is ready to go, what was put out of memory, and where it stands on the retry ladder.
 * Mutable; owned by the hub's thread. A little longer than most files: each of its questions is a line or two.
 */
public final class DeliveryQueue {
    /**
     * A message that waits here but was put out of memory.
     *
     * @param id which message
     * @param submitted when the organisation accepted it: its deadlines count from then
     * @param again whether an earlier life of the server may have sent some of it
     * @param delayReported whether the sender has heard of the delay
     * @param priority what it counts for: its deadlines depend on it
     */
    public record Unloaded(InternalId id, Instant submitted, boolean again, boolean delayReported, Priority priority) {}

    private final String name;
    private NextHop hop;
    private final Line line = new Line();
    private Window window = Window.FIRST;
    private boolean answering;
    private final ArrayDeque<Unloaded> unloaded = new ArrayDeque<>(0);
    /** How many of these, by priority. */
    private final int[] away = new int[Priority.values().length];

    private int failures;
    private Optional<Instant> retryAt = Optional.empty();
    private Optional<Instant> lastFailure = Optional.empty();
    private Instant lastSuccess;
    private String lastError = "";
    private long turn;
    private boolean suspended;

    /**
     * An empty queue.
     *
     * @param name identity within the server
     * @param hop where it leads
     * @param now counts as the last success until there is one
     */
    public DeliveryQueue(String name, NextHop hop, Instant now) {
        this.name = name;
        this.hop = hop;
        this.lastSuccess = now;
    }

    /** Identity within the server: the NextHopDomain of the modelled system. */
    public String name() {
        return name;
    }

    /** Where it leads. */
    public NextHop hop() {
        return hop;
    }

    /** The topology changed, and what goes by this name leads somewhere else. */
    public void leadTo(NextHop other) {
        hop = other;
    }

    /** Puts a copy at the end of those of its priority. */
    public void add(QueuedCopy copy) {
        line.add(copy);
    }

    /** Puts a copy back to the front of those of its priority: it was being sent and is to go next. */
    public void addFirst(QueuedCopy copy) {
        line.addFirst(copy);
    }

    /**
     * Takes the next copy that may go beside those being sent; empty = none, though some may wait. It counts as being sent
     * until {@link #ended}.
     */
    public Optional<QueuedCopy> take(Shares shares) {
        return line.take(shares);
    }

    /** A copy that was {@linkplain #take taken} is not being sent any more. */
    public void ended(QueuedCopy copy) {
        line.ended(copy);
    }

    /** Takes one of the copies that would go last; the queue must not be {@link #isEmpty()}. */
    public QueuedCopy takeLast() {
        return line.takeLast().orElseThrow();
    }

    /** Takes all loaded copies, first one first. */
    public List<QueuedCopy> takeAll() {
        List<QueuedCopy> all = new ArrayList<>(line.size());
        if (line.size() > 0) {
            line.copies().forEach(all::add);
            line.clear();
        }
        return all;
    }

    /** The loaded copies that are ready, first one first. */
    public Stream<QueuedCopy> copies() {
        return line.copies();
    }

    /** Whether no loaded copy is ready. */
    public boolean isEmpty() {
        return line.size() == 0;
    }

    /** Loaded copies that are ready to go. */
    public int size() {
        return line.size();
    }

    /** How many of them are copies of a message that was made into several. */
    public int waiting(InternalId message) {
        return line.waiting(message);
    }

    /** How many of them may go now, beside those being sent. */
    public int startable(Shares shares) {
        return line.startable(shares);
    }

    /** A server of the next hop took a connection. */
    public void answered() {
        answering = true;
    }

    /** Whether the last that was heard of the next hop is that a server took a connection. */
    public boolean isAnswering() {
        return answering;
    }

    /** How many connections it may have, as the answers have been. */
    public Window window() {
        return window;
    }

    /** The answers say so. */
    public void window(Window other) {
        window = other;
    }

    /** Remembers a message that was put out of memory. */
    public void unload(Unloaded message) {
        unloaded.addLast(message);
        away[message.priority().ordinal()]++;
    }

    /** Copies of a priority that are ready to go, and messages out of memory. */
    public int waiting(Priority priority) {
        return line.size(priority) + away[priority.ordinal()];
    }

    /** Messages out of memory, oldest first. */
    public int unloadedSize() {
        return unloaded.size();
    }

    /** The oldest message out of memory. */
    public Optional<Unloaded> oldestUnloaded() {
        return Optional.ofNullable(unloaded.peekFirst());
    }

    /** The messages out of memory, oldest first. */
    public Stream<Unloaded> unloaded() {
        return unloaded.stream();
    }

    /** Takes one message that is out of memory; empty when it is not among them. */
    public Optional<Unloaded> takeUnloaded(InternalId message) {
        Optional<Unloaded> found =
                unloaded.stream().filter(one -> one.id().equals(message)).findFirst();
        found.ifPresent(gone -> {
            unloaded.remove(gone);
            away[gone.priority().ordinal()]--;
        });
        return found;
    }

    /** Takes up to {@code count} messages that are to be read back. */
    public List<Unloaded> takeUnloaded(int count) {
        List<Unloaded> taken = new ArrayList<>();
        while (taken.size() < count && !unloaded.isEmpty()) {
            Unloaded first = unloaded.removeFirst();
            away[first.priority().ordinal()]--;
            taken.add(first);
        }
        return taken;
    }

    /** Every server of the next hop failed: waits until {@code next}. */
    public void failed(Instant now, Instant next, String error) {
        failures++;
        lastFailure = Optional.of(now);
        retryAt = Optional.of(next);
        lastError = error;
        window = Window.PROBE;
        answering = false;
    }

    /** A server of the next hop answered: the ladder starts over. */
    public void succeeded(Instant now) {
        window = failures > 0 ? Window.FIRST : window;
        failures = 0;
        retryAt = Optional.empty();
        lastFailure = Optional.empty();
        lastSuccess = now;
        lastError = "";
    }

    /** An operator wants it tried now: the ladder starts over. */
    public void restarted() {
        window = failures > 0 ? Window.FIRST : window;
        failures = 0;
        retryAt = Optional.empty();
        lastFailure = Optional.empty();
        lastError = "";
    }

    /** The wait is over. */
    public void retryNow() {
        retryAt = Optional.empty();
    }

    /** An operator holds or frees the queue. */
    public void suspend(boolean hold) {
        suspended = hold;
    }

    /** Whether an operator holds it. */
    public boolean isSuspended() {
        return suspended;
    }

    /** Failed attempts in a row. */
    public int failures() {
        return failures;
    }

    /** When it will be tried again; empty = it is not waiting. */
    public Optional<Instant> retryAt() {
        return retryAt;
    }

    /** When it last failed; empty = not since the last success. */
    public Optional<Instant> lastFailure() {
        return lastFailure;
    }

    /** When it last worked, or was made. */
    public Instant lastSuccess() {
        return lastSuccess;
    }

    /** Why it waits; empty when it does not. */
    public String lastError() {
        return lastError;
    }

    /** The number of the next connection: load balancing turns by it. */
    public long nextTurn() {
        return turn++;
    }

    /** Whether copies may be sent now. */
    public boolean mayTry() {
        return !suspended && retryAt.isEmpty();
    }
}
