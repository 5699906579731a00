package org.bridgehead.io.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Statistics;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One opened RocksDB with everything native that belongs to it. Two column families share one log: the records, and the
 * pieces of bodies, which live in blob files and are never copied by compaction. Safe for any thread until closed.
 */
final class RocksHandle implements AutoCloseable {
    /** How a store is opened. */
    enum Mode {
        /** It must not be there yet. */
        CREATE,
        USE,
        /** To read what can still be read, changing nothing. */
        SALVAGE
    }

    static final byte[] BODIES = "bodies".getBytes(StandardCharsets.US_ASCII);
    /** Column family numbers as they stand in the log. */
    static final int RECORDS_ID = 0;

    private static final long MB = 1 << 20;

    private final Deque<AutoCloseable> natives = new ArrayDeque<>();
    private final RocksDB db;
    private final ColumnFamilyHandle records;
    private final ColumnFamilyHandle bodies;
    private final WriteOptions writing;
    private final SharedSync syncing;
    private final LogSync sync;
    private final Unsynced unsynced;

    /** Brings the log of a store to stable storage. */
    interface LogSync {
        /** As it should be. */
        LogSync REAL = RocksDB::syncWal;

        /** Not at all. */
        LogSync NONE = db -> {};

        /** All that was written before survives a power cut when this returns. */
        void sync(RocksDB db) throws RocksDBException;
    }

    /**
     * Opens a store.
     *
     * @param sync how its log is brought to stable storage
     * @param unsynced remembers what is not there yet, over this handle
     */
    RocksHandle(Path folder, Mode mode, LogSync sync, Unsynced unsynced, Statistics statistics)
            throws RocksDBException {
        this.unsynced = unsynced;
        this.sync = sync;
        boolean opened = false;
        try {
            Cache cache = keep(new LRUCache(16 * MB));
            List<ColumnFamilyDescriptor> families = List.of(
                    new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, recordOptions(cache)),
                    new ColumnFamilyDescriptor(BODIES, bodyOptions(cache)));
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            DBOptions options = options(mode, statistics);
            db = mode == Mode.SALVAGE
                    ? RocksDB.openReadOnly(options, folder.toString(), families, handles)
                    : RocksDB.open(options, folder.toString(), families, handles);
            keep(db);
            handles.forEach(this::keep);
            records = handles.get(0);
            bodies = handles.get(1);
            writing = keep(new WriteOptions().setSync(false));
            syncing = new SharedSync(this::syncLog);
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    private DBOptions options(Mode mode, Statistics statistics) {
        return keep(new DBOptions()
                .setCreateIfMissing(mode == Mode.CREATE)
                .setErrorIfExists(mode == Mode.CREATE)
                .setCreateMissingColumnFamilies(mode == Mode.CREATE)
                .setParanoidChecks(mode != Mode.SALVAGE)
                .setWalRecoveryMode(
                        mode == Mode.SALVAGE
                                ? WALRecoveryMode.SkipAnyCorruptedRecords
                                : WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(256 * MB)
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(512)
                .setBytesPerSync(MB)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(MB)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setStatistics(statistics));
    }

    private ColumnFamilyOptions recordOptions(Cache cache) {
        return keep(new ColumnFamilyOptions()
                .setMergeOperator(keep(new StringAppendOperator("")))
                .setWriteBufferSize(32 * MB)
                .setMaxWriteBufferNumber(3)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTableFormatConfig(table(cache)));
    }

    private ColumnFamilyOptions bodyOptions(Cache cache) {
        return keep(new ColumnFamilyOptions()
                .setWriteBufferSize(64 * MB)
                .setMaxWriteBufferNumber(3)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setEnableBlobFiles(true)
                .setMinBlobSize(0)
                .setBlobFileSize(64 * MB)
                .setBlobCompressionType(CompressionType.NO_COMPRESSION)
                .setEnableBlobGarbageCollection(true)
                .setBlobGarbageCollectionAgeCutoff(0.5)
                .setBlobGarbageCollectionForceThreshold(0.5)
                .setTableFormatConfig(table(cache)));
    }

    /** Without Bloom filters: a flipped bit in one hides records from look-ups, and RocksDB does not notice. */
    private static BlockBasedTableConfig table(Cache cache) {
        return new BlockBasedTableConfig().setBlockCache(cache);
    }

    private <T extends AutoCloseable> T keep(T resource) {
        natives.push(resource);
        return resource;
    }

    byte @Nullable [] get(byte[] key) throws RocksDBException {
        return db.get(records, key);
    }

    byte @Nullable [] chunk(byte[] key) throws RocksDBException {
        return db.get(bodies, key);
    }

    List<Store.Entry> scan(byte[] from, byte[] to) throws RocksDBException {
        List<Store.Entry> page = new ArrayList<>();
        long octets = 0;
        try (Slice end = new Slice(to);
                ReadOptions reading = new ReadOptions().setIterateUpperBound(end);
                RocksIterator at = db.newIterator(records, reading)) {
            for (at.seek(from); at.isValid(); at.next()) {
                byte[] value = at.value();
                page.add(new Store.Entry(at.key(), value));
                octets += value.length;
                if (page.size() >= Store.PAGE_ENTRIES || octets >= Store.PAGE_OCTETS) {
                    return page;
                }
            }
            at.status();
        }
        return page;
    }

    /** Every record that can be read, from both ends towards the damage; answers what was wrong, or null. */
    @Nullable
    RocksDBException scanAround(RecordSink sink) throws RocksDBException {
        try (ReadOptions reading = new ReadOptions().setFillCache(false);
                RocksIterator at = db.newIterator(records, reading)) {
            return Around.scan(at, sink);
        }
    }

    void commit(Changes changes, boolean sync) throws RocksDBException {
        write(changes);
        if (!sync) {
            unsynced.written(changes);
        }
        if (sync || unsynced.isTooMuch()) {
            // Not by the write itself: those that need no sync would have to wait for it in line.
            syncing.await();
        }
    }

    /** Writes; answers the place in the log up to which it has to be {@linkplain #awaitSync synced}. */
    long commitAhead(Changes changes) throws RocksDBException {
        write(changes);
        return syncing.written();
    }

    /** Returns once the log is on stable storage up to a place. */
    void awaitSync(long place) throws RocksDBException {
        syncing.await(place);
    }

    private void write(Changes changes) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (Store.Entry piece : changes.chunks()) {
                batch.put(bodies, piece.key(), piece.value());
            }
            for (var entry : changes.records().entrySet()) {
                byte[] key = entry.getKey();
                byte[] value = entry.getValue().value();
                switch (entry.getValue().kind()) {
                    case PUT -> batch.put(records, key, value);
                    case APPEND -> batch.merge(records, key, value);
                    case DELETE -> batch.delete(records, key);
                }
            }
            for (byte[] key : changes.deadChunks()) {
                batch.delete(bodies, key);
            }
            db.write(writing, batch);
        }
    }

    /** Writes once more what an earlier handle wrote and could not bring to stable storage; does that now. */
    void writeAgain() throws RocksDBException {
        List<Changes> inDoubt = unsynced.inDoubt();
        for (Changes changes : inDoubt) {
            write(changes);
        }
        if (!inDoubt.isEmpty()) {
            syncLog();
        }
    }

    long bytes() throws RocksDBException {
        long bytes = db.getAggregatedLongProperty("rocksdb.total-sst-files-size")
                + db.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables");
        return bytes + db.getLongProperty(bodies, "rocksdb.total-blob-file-size");
    }

    /** Forces all that was written to stable storage. */
    void syncLog() throws RocksDBException {
        long upTo = unsynced.last();
        sync.sync(db);
        unsynced.synced(upTo);
    }

    @Override
    public void close() {
        while (!natives.isEmpty()) {
            try {
                natives.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("closing natives does not fail", e);
            }
        }
    }
}
