package org.bridgehead.io.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;

/**
 * Copies what can be read of a damaged store into a fresh one. The damaged store is not changed.
 *
 * <p>First as RocksDB itself still sees it, around the damage. If it cannot be opened at all: from the raw files, see
 * {@link RawFiles}. Pieces of bodies that are missing then are looked for in the blob files. A message or dumpster item
 * whose body is not complete is moved aside and reported; a body whose record is lost, too.
 */
final class Salvage {
    /** What the numbers of a salvaged store skip, since the highest one given out may be among what is lost. */
    static final long SKIPPED = 100L * Allocator.BLOCK;

    private static final int OCTETS_PER_WRITE = 1 << 20;

    private final Path from;
    private final RocksHandle to;
    private final Aside aside;
    private Changes pending = new Changes();
    private long pendingOctets;
    private long missing;

    Salvage(Path from, RocksHandle to, Aside aside) {
        this.from = from;
        this.to = to;
        this.aside = aside;
    }

    void run() throws IOException, RocksDBException {
        try (Statistics statistics = new Statistics();
                RocksHandle old = opened(statistics)) {
            if (old == null) {
                RawFiles raw = new RawFiles(from, aside);
                raw.records(this::put, this::delete);
                rebuildRefs();
                raw.logChunks(this::putWanted);
            } else {
                report("records of " + from, old.scanAround(this::put));
                rebuildRefs();
                bodies(old);
            }
            flush();
        }
        missing = 0;
        forEachRef((ref, body, size) -> missing += missingPieces(body, size));
        if (missing > 0) {
            for (Path blobs : StoreFolder.files(from, "*.blob")) {
                BlobFile.read(blobs, this::putWanted);
            }
            flush();
        }
        incomplete();
        numbers();
    }

    private @Nullable RocksHandle opened(Statistics statistics) {
        try {
            return new RocksHandle(
                    from, RocksHandle.Mode.SALVAGE, RocksHandle.LogSync.NONE, new Unsynced(), statistics);
        } catch (RocksDBException e) {
            report("store " + from, e);
            return null;
        }
    }

    private void report(String where, @Nullable RocksDBException damage) {
        if (damage != null) {
            aside.report(where, String.valueOf(damage.getMessage()));
        }
    }

    private void put(byte[] key, byte[] value) throws RocksDBException {
        if (key[0] == Keys.TAKEN) {
            // Mail may be lost that it speaks of: when that comes again, it is the rescue.
            return;
        }
        if (key[0] == Keys.META) {
            flush();
            pending.put(key, RecordCodec.encodeNumber(Math.max(number(to.get(key)), number(value))));
        } else if (key[0] == Keys.MESSAGE && Keys.kindOf(key) == Keys.KIND_SETTLED) {
            // Parts of it may stand in several files; the same part twice does no harm.
            pending.append(key, value);
        } else {
            pending.put(key, value);
        }
        flushAt(key.length + value.length);
    }

    private void delete(byte[] key) throws RocksDBException {
        pending.delete(key);
        flushAt(key.length);
    }

    /** A piece of a body, if a record wants it and it is not there. */
    private void putWanted(byte[] key, byte[] value) throws RocksDBException {
        if (key.length != Keys.chunk(0, 0).length || to.chunk(key) != null || !isIntact(value)) {
            return;
        }
        byte[] refs = Keys.refs(ByteBuffer.wrap(key).getLong());
        if (!to.scan(refs, Keys.after(refs)).isEmpty()) {
            pending.putChunk(key, value);
            flushAt(value.length);
        }
    }

    private static boolean isIntact(byte[] value) {
        try {
            return Frame.unwrap(value).type() == RecordCodec.CHUNK;
        } catch (TornException e) {
            return false;
        }
    }

    private void flushAt(int octets) throws RocksDBException {
        pendingOctets += octets;
        if (pendingOctets > OCTETS_PER_WRITE) {
            flush();
        }
    }

    private void flush() throws RocksDBException {
        if (!pending.isEmpty()) {
            to.commit(pending, false);
            pending = new Changes();
        }
        pendingOctets = 0;
    }

    /** Every holder names its body, whatever became of the record that says so. */
    private void rebuildRefs() throws RocksDBException {
        flush();
        for (byte space : new byte[] {Keys.HELD, Keys.MESSAGE}) {
            forEach(Keys.space(space), entry -> {
                if (Keys.holdsBody(entry.key())) {
                    BodyRef body = bodyOf(entry.value());
                    if (body != null) {
                        long number = Keys.bodyOf(entry.key());
                        put(Keys.ref(number, entry.key()), RecordCodec.encodeNumber(body.size()));
                    }
                }
            });
        }
        flush();
    }

    private static @Nullable BodyRef bodyOf(byte[] value) {
        try {
            SpoolRecord record = RecordCodec.decode(value);
            return record instanceof SpoolRecord.Accepted accepted
                    ? accepted.body()
                    : record instanceof SpoolRecord.Held held ? held.body() : null;
        } catch (TornException e) {
            // Recovery finds it again and moves it aside.
            return null;
        }
    }

    private void bodies(RocksHandle old) throws RocksDBException {
        forEachRef((ref, body, size) -> {
            for (int i = 0; i < Bodies.chunks(size); i++) {
                byte[] key = Keys.chunk(body, i);
                byte[] value = chunk(old, key);
                if (value != null && isIntact(value)) {
                    pending.putChunk(key, value);
                    flushAt(value.length);
                }
            }
        });
    }

    private static byte @Nullable [] chunk(RocksHandle store, byte[] key) {
        try {
            return store.chunk(key);
        } catch (RocksDBException e) {
            // The piece counts as missing; it is looked for in the raw files and reported when it stays so.
            return null;
        }
    }

    private int missingPieces(long body, long size) throws RocksDBException {
        int count = 0;
        for (int i = 0; i < Bodies.chunks(size); i++) {
            count += to.chunk(Keys.chunk(body, i)) == null ? 1 : 0;
        }
        return count;
    }

    private void incomplete() throws IOException, RocksDBException {
        forEachRef((ref, body, size) -> {
            byte[] holder = Keys.refHolder(ref);
            byte[] record = to.get(holder);
            int lost = missingPieces(body, size);
            if (record == null || lost > 0) {
                String name = (holder[0] == Keys.MESSAGE ? "message " + Keys.idOf(holder) : "dumpster item") + " of "
                        + Keys.shardOf(holder);
                String why = lost == 0
                        ? "its record is lost"
                        : lost + " of " + Bodies.chunks(size) + " pieces of its octets are lost";
                try {
                    aside.report(keep(name, record, body, size), why);
                } catch (IOException e) {
                    aside.report(name, why + "; it cannot be kept aside: " + e.getMessage());
                }
                drop(ref, holder, body, size);
            }
        });
        flush();
    }

    private String keep(String name, byte @Nullable [] record, long body, long size)
            throws IOException, RocksDBException {
        String where = record == null ? name : aside.keep(name, record);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < Bodies.chunks(size); i++) {
            byte[] piece = to.chunk(Keys.chunk(body, i));
            if (piece != null) {
                octets.writeBytes(Bodies.unwrapChunk(piece, name));
            }
        }
        return octets.size() == 0 ? where : where + ", its mail: " + aside.keep(name + ".eml", octets.toByteArray());
    }

    private void drop(byte[] ref, byte[] holder, long body, long size) throws RocksDBException {
        delete(ref);
        delete(holder);
        if (holder[0] == Keys.MESSAGE) {
            forEach(Keys.messageOf(holder), entry -> delete(entry.key()));
        }
        flush();
        if (to.scan(Keys.refs(body), Keys.after(Keys.refs(body))).isEmpty()) {
            pending.deleteChunks(body, Bodies.chunks(size));
        }
    }

    /** Numbers go on behind everything that was seen, and then some. */
    private void numbers() throws RocksDBException {
        byte[] runKey = Keys.meta(KeyedSpool.RUN);
        long[] run = {number(to.get(runKey))};
        forEachRef((ref, body, size) -> run[0] = Math.max(run[0], Bodies.runOf(body)));
        pending.put(runKey, RecordCodec.encodeNumber(run[0] + 1000));
        // Records may be lost that notes speak of, and numbers.
        pending.put(Keys.meta(KeyedSpool.IDENTITY), RecordCodec.encodeNumber(0));
        pending.put(Keys.meta(Allocator.SALVAGED), RecordCodec.encodeNumber(System.currentTimeMillis()));
        forEach(Keys.space(Keys.MESSAGE), entry -> {
            byte[] key = Keys.meta(Allocator.NEXT + Keys.shardOf(entry.key()));
            Changes.Change known = pending.records().get(key);
            long next = number(known != null ? known.value() : to.get(key));
            if (Keys.idOf(entry.key()) >= next) {
                pending.put(key, RecordCodec.encodeNumber(Keys.idOf(entry.key()) + 1));
            }
        });
        flush();
        forEach(
                Keys.meta(Allocator.NEXT),
                entry -> pending.put(entry.key(), RecordCodec.encodeNumber(number(entry.value()) + SKIPPED)));
        flush();
    }

    private static long number(byte @Nullable [] value) {
        try {
            return value == null ? 0 : RecordCodec.decodeNumber(value);
        } catch (TornException e) {
            // What was seen elsewhere decides.
            return 0;
        }
    }

    /** Does something with one record. */
    private interface EntryAction {
        void with(Store.Entry entry) throws RocksDBException;
    }

    /** Does something with one holder's mark on a body. */
    private interface RefAction {
        void with(byte[] ref, long body, long size) throws RocksDBException;
    }

    private void forEach(byte[] prefix, EntryAction action) throws RocksDBException {
        byte[] at = prefix;
        byte[] end = Keys.after(prefix);
        for (List<Store.Entry> page = to.scan(at, end); !page.isEmpty(); page = to.scan(at, end)) {
            for (Store.Entry entry : page) {
                action.with(entry);
            }
            at = Keys.next(page.get(page.size() - 1).key());
        }
    }

    private void forEachRef(RefAction action) throws RocksDBException {
        forEach(
                Keys.space(Keys.REF),
                entry -> action.with(entry.key(), Keys.refBody(entry.key()), number(entry.value())));
    }
}
