package org.bridgehead.core.routing;

import java.util.Arrays;

/** A binary heap of (key, item) pairs over two arrays; an item may be in it several times. Not thread-safe. */
final class LongHeap {
    private long[] keys;
    private int[] items;
    private int size;

    LongHeap(int capacity) {
        keys = new long[Math.max(capacity, 16)];
        items = new int[keys.length];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void push(long key, int item) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            items = Arrays.copyOf(items, size * 2);
        }
        int at = size++;
        while (at > 0 && keys[(at - 1) >> 1] > key) {
            move((at - 1) >> 1, at);
            at = (at - 1) >> 1;
        }
        keys[at] = key;
        items[at] = item;
    }

    /** Removes and returns an item with the least key. */
    int pop() {
        int top = items[0];
        size--;
        long key = keys[size];
        int item = items[size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            move(child, at);
            at = child;
        }
        keys[at] = key;
        items[at] = item;
        return top;
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        items[to] = items[from];
    }
}
