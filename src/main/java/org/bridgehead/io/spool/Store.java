package org.bridgehead.io.spool;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sorted keys and values on which {@link KeyedSpool} stands: RocksDB, or a map. Safe for any thread. */
interface Store extends Closeable {
    /** Stop a page of a scan here: entries, and octets of values. */
    int PAGE_ENTRIES = 1000;

    int PAGE_OCTETS = 1 << 20;

    /**
     * One key with its value.
     *
     * @param key as in {@link Keys}
     * @param value frames
     */
    record Entry(byte[] key, byte[] value) {}

    /** A record; null when there is none. */
    byte @Nullable [] get(byte[] key) throws IOException;

    /** A piece of a body; null when there is none. Damage of it is an exception that leaves the store in use. */
    byte @Nullable [] chunk(byte[] key) throws IOException;

    /**
     * Records from {@code from} (included) to {@code to} (not included), in order: one page. Empty = no more.
     */
    List<Entry> scan(byte[] from, byte[] to) throws IOException;

    /** Writes all or nothing. */
    void commit(Changes changes, boolean synced) throws IOException;

    /** Writes all or nothing; what is answered says when it is safe. */
    Spool.Ahead commitAhead(Changes changes) throws IOException;

    /** Grows whenever the store was reopened: what was written before and not synced may be gone. */
    long generation();

    /** Octets the store takes up. */
    long bytes();

    /** Times the log was synced. */
    long syncs();

    /** Why it refuses at the moment. */
    Optional<String> failure();

    /** Where damage is put and told. */
    Aside aside();
}
