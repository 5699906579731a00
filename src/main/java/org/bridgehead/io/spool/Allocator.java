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

    /** When damage last cost records, in milliseconds since 1970; absent = never. */
    static final String SALVAGED = "salvaged";

    private final Store store;
    private final Shard shard;
    private final byte[] key;
    private long next;
    private long end;
    private boolean read;

    Allocator(Store store, Shard shard) {
        this.store = store;
        this.shard = shard;
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
            long known = Numbers.read(store, key, 0);
            next = known > 0 ? known : behindAllMessages();
            end = next;
            read = true;
        }
    }

    /**
     * Where the number itself is lost, the messages that are left tell, or else the clock: a number counts far fewer
     * than a thousand messages a second since 1970. Without any loss this is a new shard.
     */
    private long behindAllMessages() throws IOException {
        byte[] space = Keys.space(Keys.MESSAGE, shard);
        Pages pages = new Pages(store, space, Keys.after(space));
        long last = Numbers.read(store, Keys.meta(SALVAGED), 0);
        for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
            last = Math.max(last, Keys.idOf(entry.key()));
        }
        return last + 1;
    }
}
