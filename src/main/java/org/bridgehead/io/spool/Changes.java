package org.bridgehead.io.spool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one batch does to a store: for each record key one change, the last; beside it whole pieces of bodies. Not
 * thread-safe.
 */
final class Changes {
    /** What happens to one key. */
    enum Kind {
        PUT,
        /** Append to the value that is there: how {@code Settled} adds up without reading. */
        APPEND,
        DELETE
    }

    /**
     * A change of one key.
     *
     * @param kind what happens
     * @param value nothing for a deletion
     */
    record Change(Kind kind, byte[] value) {}

    private static final byte[] NOTHING = {};

    private final NavigableMap<byte[], Change> records = new TreeMap<>(Keys.ORDER);
    private final List<Store.Entry> chunks = new ArrayList<>();
    private final List<byte[]> deadChunks = new ArrayList<>();

    Changes put(byte[] key, byte[] value) {
        records.put(key, new Change(Kind.PUT, value));
        return this;
    }

    Changes append(byte[] key, byte[] value) {
        Change before = records.get(key);
        if (before == null) {
            records.put(key, new Change(Kind.APPEND, value));
        } else if (before.kind() == Kind.DELETE) {
            put(key, value);
        } else {
            records.put(key, new Change(before.kind(), concat(before.value(), value)));
        }
        return this;
    }

    Changes delete(byte[] key) {
        records.put(key, new Change(Kind.DELETE, NOTHING));
        return this;
    }

    Changes putChunk(byte[] key, byte[] value) {
        chunks.add(new Store.Entry(key, value));
        return this;
    }

    Changes deleteChunks(long body, int count) {
        for (int i = 0; i < count; i++) {
            deadChunks.add(Keys.chunk(body, i));
        }
        return this;
    }

    NavigableMap<byte[], Change> records() {
        return records;
    }

    /** To be put before {@link #deadChunks()} are deleted. */
    List<Store.Entry> chunks() {
        return chunks;
    }

    List<byte[]> deadChunks() {
        return deadChunks;
    }

    /** About how much of it is kept in memory with it. */
    long octets() {
        long octets = 0;
        for (Map.Entry<byte[], Change> record : records.entrySet()) {
            octets += record.getKey().length + record.getValue().value().length;
        }
        for (Store.Entry chunk : chunks) {
            octets += chunk.key().length + chunk.value().length;
        }
        for (byte[] dead : deadChunks) {
            octets += dead.length;
        }
        return octets;
    }

    boolean isEmpty() {
        return records.isEmpty() && chunks.isEmpty() && deadChunks.isEmpty();
    }

    /** The changes of keys that begin with {@code prefix}. */
    NavigableMap<byte[], Change> under(byte[] prefix) {
        return records.subMap(prefix, true, Keys.after(prefix), false);
    }

    static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
