package org.bridgehead.io.spool;

import java.io.IOException;

/**
 * Gives out the message numbers of one shard, from a block whose end was made durable before its first number was given
 * out. Safe for any thread.
 */
final class Allocator {
    /** Numbers reserved by one synced write; at most that many are left out by a crash. */
    static final int BLOCK = 10_000;

    /** Beginning of the names under which the ends of blocks are kept. */
    static final String NEXT = "next ";

    private final Store store;
    private final byte[] key;
    private long next;
    private long end;
    private boolean read;

    Allocator(Store store, Shard shard) {
        this.store = store;
        this.key = key(shard);
    }

    static byte[] key(Shard shard) {
        return Keys.meta(NEXT + Shard.folded(shard.server()));
    }

    synchronized long allocate() throws IOException {
        begin();
        if (next == end) {
            long until = end + BLOCK;
            Numbers.write(store, key, until);
            end = until;
        }
        return next++;
    }

    /** The number that {@link #allocate} would give out now: everything above is yet to come. */
    synchronized long next() throws IOException {
        begin();
        return next;
    }

    private void begin() throws IOException {
        if (!read) {
            next = Numbers.read(store, key, 1);
            end = next;
            read = true;
        }
    }
}
