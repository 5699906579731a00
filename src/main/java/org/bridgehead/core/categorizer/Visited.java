package org.bridgehead.core.categorizer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The addresses an expansion has seen, as 128-bit digests in an open table: 32 MB for a million members at the load
 * factor of one half. A digest, not a hash code: a collision would lose somebody's mail.
 */
final class Visited {
    private static final int FIRST_CAPACITY = 16;
    private @Nullable MessageDigest digest;
    private long[] table = new long[2 * FIRST_CAPACITY];
    private int size;

    /** Adds a key; false when it was there. */
    boolean add(String key) {
        ByteBuffer hash = hash(key);
        if (!insert(table, high(hash), hash.getLong(8))) {
            return false;
        }
        if (++size * 4 > table.length) {
            grow();
        }
        return true;
    }

    boolean has(String key) {
        if (size == 0) {
            return false;
        }
        ByteBuffer hash = hash(key);
        return table[2 * slot(table, high(hash), hash.getLong(8))] != 0;
    }

    private ByteBuffer hash(String key) {
        return ByteBuffer.wrap(digest().digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Looked up when it is needed: most messages expand nothing. */
    private MessageDigest digest() {
        if (digest == null) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
        return digest;
    }

    /** Never zero: zero marks a free slot. */
    private static long high(ByteBuffer hash) {
        return hash.getLong(0) | 1;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != 0) {
                insert(larger, table[i], table[i + 1]);
            }
        }
        table = larger;
    }

    private static boolean insert(long[] table, long high, long low) {
        int slot = slot(table, high, low);
        if (table[2 * slot] != 0) {
            return false;
        }
        table[2 * slot] = high;
        table[2 * slot + 1] = low;
        return true;
    }

    /** Where the pair is, or the free slot where it belongs. */
    private static int slot(long[] table, long high, long low) {
        int slots = table.length / 2;
        int slot = Math.floorMod(low, slots);
        while (table[2 * slot] != 0 && (table[2 * slot] != high || table[2 * slot + 1] != low)) {
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
        return slot;
    }
}
