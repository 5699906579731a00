package org.bridgehead.core.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Values by positive numbers that count up, as messages, batches and connections have them, in an open table: found
 * without boxing. Eight neighbours in number stand beside one another, in one line of a cache; such rows are spread evenly
 * (by the golden ratio), so that an old run of numbers never stands in the way of a new one. Keeps the size it once needed.
 * Not thread-safe.
 */
public final class Numbered<V> {
    /** Numbers that stand in a row, and slots at first: a power of two. */
    private static final int ROW = 8;

    /** 2^64 divided by the golden ratio. */
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** By slot; 0 = the slot is free. At most half of the slots are taken. */
    private long[] numbers = new long[ROW];

    private @Nullable Object[] values = new @Nullable Object[ROW];
    private int size;

    /** The value of a number; null = there is none. */
    @SuppressWarnings("unchecked")
    public @Nullable V get(long number) {
        return (V) values[slot(number)];
    }

    /** Gives a number its value; answers the one it had before, null = none. */
    @SuppressWarnings("unchecked")
    public @Nullable V put(long number, V value) {
        if (number <= 0) {
            throw new IllegalArgumentException("numbers are positive: " + number);
        }
        int slot = slot(number);
        V before = (V) values[slot];
        numbers[slot] = number;
        values[slot] = value;
        if (before == null && 2 * ++size > numbers.length) {
            grow();
        }
        return before;
    }

    /** Takes a number out; answers the value it had, null = none. */
    @SuppressWarnings("unchecked")
    public @Nullable V remove(long number) {
        int slot = slot(number);
        V before = (V) values[slot];
        if (before != null) {
            free(slot);
            size--;
        }
        return before;
    }

    /** How many values there are. */
    public int size() {
        return size;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** No value any more. */
    public void clear() {
        Arrays.fill(numbers, 0);
        Arrays.fill(values, null);
        size = 0;
    }

    /** The values in the order of their numbers: a list of its own, for questions that are rare. */
    @SuppressWarnings("unchecked")
    public List<V> values() {
        long[] sorted = new long[size];
        int count = 0;
        for (long number : numbers) {
            if (number != 0) {
                sorted[count++] = number;
            }
        }
        Arrays.sort(sorted);
        List<V> all = new ArrayList<>(size);
        for (long number : sorted) {
            all.add((V) values[slot(number)]);
        }
        return all;
    }

    /** Whether one of the values fulfils {@code condition}, which is asked in no particular order. */
    @SuppressWarnings("unchecked")
    public boolean anyMatch(Predicate<? super V> condition) {
        for (Object value : values) {
            if (value != null && condition.test((V) value)) {
                return true;
            }
        }
        return false;
    }

    private int home(long number) {
        long spread = number / ROW * GOLDEN_RATIO >>> Long.numberOfLeadingZeros(numbers.length) + 1;
        return (int) spread & -ROW | (int) number & ROW - 1;
    }

    /** Where the number is, or the free slot where it belongs. */
    private int slot(long number) {
        int mask = numbers.length - 1;
        int slot = home(number);
        while (numbers[slot] != number && numbers[slot] != 0) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Frees a slot; those behind it that were pushed away from it or from before it move up. */
    private void free(int slot) {
        int mask = numbers.length - 1;
        int hole = slot;
        for (int next = slot + 1 & mask; numbers[next] != 0; next = next + 1 & mask) {
            int home = home(numbers[next]);
            if ((next - home & mask) >= (next - hole & mask)) {
                numbers[hole] = numbers[next];
                values[hole] = values[next];
                hole = next;
            }
        }
        numbers[hole] = 0;
        values[hole] = null;
    }

    private void grow() {
        long[] before = numbers;
        @Nullable Object[] beforeValues = values;
        numbers = new long[2 * before.length];
        values = new @Nullable Object[2 * before.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 0) {
                int slot = slot(before[i]);
                numbers[slot] = before[i];
                values[slot] = beforeValues[i];
            }
        }
    }
}
