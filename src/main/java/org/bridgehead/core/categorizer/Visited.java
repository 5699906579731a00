package org.bridgehead.core.categorizer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses an expansion has seen, as 128-bit digests in an open table: 32 MB for a million members at the load
 * factor of one half. A digest, not a hash code: a collision would lose somebody's mail. The first few are kept as they
 * are, because most messages have no more.
 */
final class Visited {
    private static final int FEW = 12;
    private final List<String> few = new ArrayList<>(0);
    private @Nullable MessageDigest digest;
    private long[] table = {};
    private int size;

    /** Adds a key; false when it was there. */
    boolean add(String key) {
        if (size < FEW) {
            return addToFew(key);
        }
        if (table.length == 0) {
            table = new long[4 * FEW];
            few.forEach(one -> insert(table, hash(one)));
            few.clear();
        }
        if (!insert(table, hash(key))) {
            return false;
        }
        if (++size * 4 > table.length) {
            grow();
        }
        return true;
    }

    private boolean addToFew(String key) {
        if (few.contains(key)) {
            return false;
        }
        few.add(key);
        size++;
        return true;
    }

    private static boolean insert(long[] table, ByteBuffer hash) {
        return insert(table, high(hash), hash.getLong(8));
    }

    boolean has(String key) {
        if (table.length == 0) {
            return few.contains(key);
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
