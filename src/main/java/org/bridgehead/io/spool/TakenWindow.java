package org.bridgehead.io.spool;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.hub.Handovers;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was taken from other servers lately, in one shard: kept for at least {@link Handovers#NUMBERS} numbers of messages,
 * in blocks of {@value #BLOCK} numbers. Nothing of it is in memory: whoever asks reads, and each batch that adds one takes
 * along the deletion of two that are too old, so nobody ever waits for that. Safe for any thread.
 */
final class TakenWindow {
    /** Numbers of one block: a look at a message costs a search in each block that is kept. */
    static final int BLOCK = 1 << 18;

    /** Blocks that are looked through: the last one may have just begun. */
    static final long BLOCKS = Handovers.NUMBERS / BLOCK + 1;

    /** Deletions that one addition takes along: the old are to become fewer. */
    private static final int SWEPT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(TakenWindow.class);

    private final Store store;
    private final Shard shard;
    private final ArrayDeque<byte[]> old = new ArrayDeque<>();
    private byte[] from;
    /** The oldest block that is kept, as of the last look. */
    private long first = Long.MIN_VALUE;
    /** Whether nothing older was left then. */
    private boolean swept;

    TakenWindow(Store store, Shard shard) {
        this.store = store;
        this.shard = shard;
        this.from = Keys.space(Keys.TAKEN, shard);
    }

    /** The block of a number. */
    static long block(InternalId id) {
        return id.value() / BLOCK;
    }

    /**
     * What was taken of one message. What cannot be read counts for nothing: the worst is a second copy.
     *
     * @param next the number that will be given out next
     */
    List<SpoolRecord.Taken> of(TransportId transport, long next) throws IOException {
        List<SpoolRecord.Taken> found = new ArrayList<>(1);
        long last = next / BLOCK;
        for (long block = Math.max(0, last - BLOCKS + 1); block <= last; block++) {
            byte[] prefix = Keys.taken(shard, block, transport);
            Pages pages = new Pages(store, prefix, Keys.after(prefix));
            for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
                read(entry, found);
            }
        }
        return found;
    }

    private static void read(Store.Entry entry, List<SpoolRecord.Taken> found) {
        try {
            if (RecordCodec.decode(entry.value()) instanceof SpoolRecord.Taken taken) {
                found.add(taken);
            }
        } catch (TornException e) {
            LOG.warn("what was taken as message {} is not known any more: {}", Keys.takenId(entry.key()), e.toString());
        }
    }

    /** Puts the deletion of old ones into a batch that adds some. */
    void sweep(Batch batch) throws IOException {
        if (batch.taken().isEmpty()) {
            return;
        }
        long newest = 0;
        for (byte[] key : batch.taken()) {
            newest = Math.max(newest, Keys.takenId(key) / BLOCK);
        }
        for (byte[] key : due(newest - BLOCKS + 1, SWEPT * batch.taken().size())) {
            batch.forget(key);
        }
    }

    private synchronized List<byte[]> due(long firstKept, int most) throws IOException {
        if (firstKept > first) {
            first = firstKept;
            swept = first <= 0;
            from = Keys.space(Keys.TAKEN, shard);
        }
        List<byte[]> due = new ArrayList<>();
        while (due.size() < most && (!old.isEmpty() || look())) {
            due.add(old.removeFirst());
        }
        return due;
    }

    /** Looks for more that is old; false = there is none. */
    private boolean look() throws IOException {
        if (swept) {
            return false;
        }
        List<Store.Entry> page = store.scan(from, Keys.taken(shard, first));
        page.forEach(entry -> old.add(entry.key()));
        swept = page.isEmpty();
        from = swept ? from : Keys.next(page.get(page.size() - 1).key());
        return !swept;
    }

    /** Forgets what became a message that is damaged: when it comes again, it is the rescue. */
    void forget(InternalId message, Batch batch) throws IOException {
        byte[] prefix = Keys.taken(shard, block(message));
        Pages pages = new Pages(store, prefix, Keys.after(prefix));
        for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
            if (Keys.takenId(entry.key()) == message.value()) {
                batch.forget(entry.key());
            }
        }
    }
}
