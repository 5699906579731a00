package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.topology.Names;

/**
 * Copies that stand apart from the line of their queue: resting by themselves after a 4yz, or held by an operator; and
 * what operators want done with copies that cannot be had at the moment, because they are being sent, read back or
 * resolved. Deadlines run on meanwhile (BEHAVIOUR 3.2). Owned by the hub's thread.
 */
final class Apart {
    /** What an operator wants. */
    enum Wish {
        SUSPEND,
        REMOVE,
        REMOVE_AND_REPORT
    }

    /**
     * A copy that stands apart.
     *
     * @param queue its queue
     * @param until when its rest ends; empty = when the operator who holds it says so
     * @param why it is not gone
     * @param onward takes it back on its way
     */
    record Entry(String queue, QueuedCopy copy, Optional<Instant> until, String why, Runnable onward) {
        boolean isHeld() {
            return until.isEmpty();
        }
    }

    private final Desk desk;
    private final Deadlines deadlines;
    private final Removal removal;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final TreeMap<InternalId, TreeMap<String, Wish>> wishes = new TreeMap<>();
    /** Messages of wishes from an earlier life that this one has not met yet. */
    private final TreeSet<InternalId> unseen = new TreeSet<>();

    private long lastNumber;

    Apart(Desk desk, Deadlines deadlines, Removal removal) {
        this.desk = desk;
        this.deadlines = deadlines;
        this.removal = removal;
    }

    /** A copy rests until {@code until}, then goes {@code onward} unless its time is over. */
    void rest(String queue, QueuedCopy copy, Instant until, String why, Runnable onward) {
        long number = ++lastNumber;
        entries.put(number, new Entry(queue, copy, Optional.of(until), why, onward));
        desk.timers().at(until, () -> {
            Entry entry = entries.get(number);
            if (entry != null && !entry.isHeld()) {
                release(number);
            }
        });
    }

    /** A copy is held until an operator frees it. */
    void hold(String queue, QueuedCopy copy, String why, Runnable onward) {
        long number = ++lastNumber;
        entries.put(number, new Entry(queue, copy, Optional.empty(), why, onward));
        watch(number);
    }

    /** Reports and ends what is held too long. */
    private void watch(long number) {
        Entry entry = entries.get(number);
        if (entry == null || !entry.isHeld()) {
            return;
        }
        Instant due = deadlines.next(entry.copy());
        Instant later = desk.now().plus(desk.snapshot().retry().glitchInterval());
        desk.timers().at(due.isAfter(desk.now()) ? due : later, () -> {
            if (entries.get(number) == entry && deadlines.expire(entry.copy()).isEmpty()) {
                entries.remove(number, entry);
            }
            watch(number);
        });
    }

    private void release(long number) {
        Entry entry = entries.remove(number);
        if (entry != null && deadlines.expire(entry.copy()).isPresent()) {
            entry.onward().run();
        }
    }

    /** Whether there is anything that {@link #catches} might catch. */
    boolean hasWishes() {
        return !wishes.isEmpty();
    }

    /** Does with a copy that is about to wait in a queue what an operator wanted; false when nobody wanted anything. */
    boolean catches(String queue, QueuedCopy copy, String why, Runnable onward) {
        Optional<Wish> wish = wish(copy.copy().message(), queue);
        if (wish.isEmpty()) {
            return false;
        }
        unseen.remove(copy.copy().message());
        if (wish.get() == Wish.SUSPEND) {
            hold(queue, copy, why, onward);
        } else {
            removal.remove(copy, wish.get() == Wish.REMOVE_AND_REPORT);
        }
        return true;
    }

    Optional<Wish> wish(InternalId message, String queue) {
        TreeMap<String, Wish> own = wishes.get(message);
        return own == null
                ? Optional.empty()
                : Optional.ofNullable(own.get(queue)).or(() -> Optional.ofNullable(own.get(Operation.EVERY_QUEUE)));
    }

    void wish(InternalId message, String queue, Wish wish) {
        wishes.computeIfAbsent(message, id -> Names.map()).put(queue, wish);
    }

    /** What an earlier life was told; the message is still to be read from the spool. */
    void restore(InternalId message, String queue, Wish wish) {
        unseen.add(message);
        wish(message, queue, wish);
    }

    /** Nobody wants anything with the message in the queue any more. */
    void forget(InternalId message, String queue) {
        TreeMap<String, Wish> own = wishes.get(message);
        if (own == null) {
            return;
        }
        if (queue.equals(Operation.EVERY_QUEUE)) {
            own.clear();
        } else {
            own.remove(queue);
        }
        if (own.isEmpty()) {
            wishes.remove(message);
        }
    }

    /** Forgets what is wanted with messages that are {@code gone}. */
    void forget(Predicate<InternalId> gone) {
        wishes.keySet().removeIf(id -> !unseen.contains(id) && gone.test(id));
    }

    /** Holds those that rest. */
    void suspend(Predicate<Entry> which) {
        for (long number : numbers(which.and(entry -> !entry.isHeld()))) {
            Entry entry = entries.remove(number);
            if (entry != null) {
                hold(entry.queue(), entry.copy(), entry.why(), entry.onward());
            }
        }
    }

    /** Takes these back on their way. */
    void release(Predicate<Entry> which) {
        numbers(which).forEach(this::release);
    }

    /** Takes these out; the caller sees to them. */
    List<QueuedCopy> take(Predicate<Entry> which) {
        List<QueuedCopy> taken = new ArrayList<>();
        for (long number : numbers(which)) {
            Entry entry = entries.remove(number);
            if (entry != null) {
                taken.add(entry.copy());
            }
        }
        return taken;
    }

    /** Deletes these. */
    void remove(Predicate<Entry> which, boolean report) {
        for (long number : numbers(which)) {
            Entry entry = entries.remove(number);
            if (entry != null) {
                removal.remove(entry.copy(), report);
            }
        }
    }

    private List<Long> numbers(Predicate<Entry> which) {
        List<Long> found = new ArrayList<>();
        entries.forEach((number, entry) -> {
            if (which.test(entry)) {
                found.add(number);
            }
        });
        return found;
    }

    /** All that stand apart, in the order in which they began to. */
    Iterable<Entry> entries() {
        return entries.values();
    }

    /** Those of a queue. */
    List<Entry> of(String queue) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return entries.values().stream()
                .filter(entry -> Names.same(entry.queue(), queue))
                .toList();
    }

    /** What has to be told to the next life of the hub. */
    List<Operation> standing() {
        List<Operation> told = new ArrayList<>();
        wishes.forEach((message, own) -> own.forEach((queue, wish) -> told.add(
                wish == Wish.SUSPEND
                        ? new Operation.SuspendMessage(message, queue)
                        : new Operation.RemoveMessage(message, queue, wish == Wish.REMOVE_AND_REPORT))));
        return told;
    }
}
