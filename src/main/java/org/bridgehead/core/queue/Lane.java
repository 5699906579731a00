package org.bridgehead.core.queue;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.InternalId;

/**
 * The copies of one priority that wait in a queue: first come, first served, but a message of many copies has one place
 * in the line at a time. When it is served, its next copy goes to the end, so nobody waits for a whole large group. Those
 * with many recipients can be passed over while their share of the connections is used. Mutable; owned by its queue.
 */
final class Lane {
    /** Recipients from which on a copy counts as long; the most that many servers take in one transaction. */
    private static final int LONG = 100;

    /** A copy and its place: lower ones go first. */
    private record Place(long number, QueuedCopy copy) {}

    private final ArrayDeque<Place> ordinary = new ArrayDeque<>(0);
    private final ArrayDeque<Place> longs = new ArrayDeque<>(0);
    /** By message made into several copies: those that have no place yet. */
    private final Map<InternalId, ArrayDeque<QueuedCopy>> behind = new LinkedHashMap<>(0);

    private int size;
    private int longSize;
    private int behindSize;
    private long first;
    private long last;

    static boolean isLong(QueuedCopy copy) {
        return copy.recipients().size() > LONG;
    }

    int size() {
        return size;
    }

    /** Copies of a message of many copies that wait. */
    int waiting(InternalId message) {
        ArrayDeque<QueuedCopy> others = behind.isEmpty() ? null : behind.get(message);
        return others == null ? 0 : others.size() + 1;
    }

    /** How many may go when {@code longFree} long ones may. */
    int startable(int longFree) {
        return size - longSize + Math.min(longSize, Math.max(0, longFree));
    }

    void add(QueuedCopy copy) {
        count(copy, 1);
        if (isOriginal(copy)) {
            line(copy).addLast(new Place(++last, copy));
            return;
        }
        ArrayDeque<QueuedCopy> others = behind.get(copy.copy().message());
        if (others == null) {
            behind.put(copy.copy().message(), new ArrayDeque<>());
            line(copy).addLast(new Place(++last, copy));
        } else {
            others.addLast(copy);
            behindSize++;
        }
    }

    void addFirst(QueuedCopy copy) {
        count(copy, 1);
        line(copy).addFirst(new Place(--first, copy));
    }

    /** The next one; long ones are passed over unless {@code longToo}. */
    Optional<QueuedCopy> take(boolean longToo) {
        ArrayDeque<Place> line = longToo ? earlier() : ordinary;
        Place taken = line.pollFirst();
        if (taken == null) {
            return Optional.empty();
        }
        count(taken.copy(), -1);
        follow(taken.copy());
        return Optional.of(taken.copy());
    }

    private ArrayDeque<Place> earlier() {
        Place one = ordinary.peekFirst();
        Place other = longs.peekFirst();
        return one == null || other != null && other.number() < one.number() ? longs : ordinary;
    }

    /** The place of a served copy is free for the next one of its message, at the end of the line. */
    private void follow(QueuedCopy served) {
        if (isOriginal(served)) {
            return;
        }
        ArrayDeque<QueuedCopy> others = behind.get(served.copy().message());
        if (others == null) {
            return;
        }
        QueuedCopy next = others.pollFirst();
        if (next == null) {
            behind.remove(served.copy().message());
        } else {
            behindSize--;
            line(next).addLast(new Place(++last, next));
        }
    }

    /** Takes one of those that would go last. */
    Optional<QueuedCopy> takeLast() {
        Optional<QueuedCopy> taken = behindSize > 0 ? lastBehind() : lastInLine();
        taken.ifPresent(copy -> count(copy, -1));
        return taken;
    }

    private Optional<QueuedCopy> lastBehind() {
        for (ArrayDeque<QueuedCopy> others : behind.values()) {
            if (!others.isEmpty()) {
                behindSize--;
                return Optional.of(others.removeLast());
            }
        }
        return Optional.empty();
    }

    private Optional<QueuedCopy> lastInLine() {
        Place one = ordinary.peekLast();
        Place other = longs.peekLast();
        boolean isOther = one == null || other != null && other.number() > one.number();
        Place taken = (isOther ? longs : ordinary).pollLast();
        if (taken == null) {
            return Optional.empty();
        }
        behind.remove(taken.copy().copy().message());
        return Optional.of(taken.copy());
    }

    /** All of them in the order of their places, then those that have none yet. */
    Stream<QueuedCopy> copies() {
        Stream<Place> line = longs.isEmpty()
                ? ordinary.stream()
                : Stream.concat(ordinary.stream(), longs.stream()).sorted(Comparator.comparingLong(Place::number));
        return Stream.concat(line.map(Place::copy), behind.values().stream().flatMap(ArrayDeque::stream));
    }

    void clear() {
        ordinary.clear();
        longs.clear();
        behind.clear();
        size = 0;
        longSize = 0;
        behindSize = 0;
    }

    private static boolean isOriginal(QueuedCopy copy) {
        return copy.copy().number() == 0;
    }

    private ArrayDeque<Place> line(QueuedCopy copy) {
        return isLong(copy) ? longs : ordinary;
    }

    private void count(QueuedCopy copy, int change) {
        size += change;
        longSize += isLong(copy) ? change : 0;
    }
}
