package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WriteBatch;

/**
 * The tables and logs of a store that RocksDB cannot open as a whole. Keys are written once and deleted for good, so the
 * union of what the files put, minus what the logs delete, is the store; except that deletions inside tables cannot be
 * seen: mail that was done may come again, mail that was not is there.
 */
final class RawFiles {
    /** Takes a deleted key. */
    interface DeletionSink {
        void accept(byte[] key) throws RocksDBException;
    }

    private final Path store;
    private final Aside aside;

    RawFiles(Path store, Aside aside) {
        this.store = store;
        this.aside = aside;
    }

    void records(RecordSink puts, DeletionSink deletions) throws IOException, RocksDBException {
        for (Path table : StoreFolder.files(store, "*.sst")) {
            table(table, puts);
        }
        Changed changed = new Changed(false);
        logs(changed);
        for (Store.Entry entry : changed.puts) {
            puts.accept(entry.key(), entry.value());
        }
        for (byte[] key : changed.deletions) {
            deletions.accept(key);
        }
    }

    /** The pieces of bodies that stand in the logs. */
    void logChunks(RecordSink sink) throws IOException, RocksDBException {
        for (Path log : StoreFolder.files(store, "*.log")) {
            Changed changed = new Changed(true);
            log(log, changed);
            for (Store.Entry entry : changed.puts) {
                sink.accept(entry.key(), entry.value());
            }
        }
    }

    private void logs(Changed changed) throws IOException {
        for (Path log : StoreFolder.files(store, "*.log")) {
            log(log, changed);
        }
    }

    private void table(Path table, RecordSink puts) {
        try (StringAppendOperator append = new StringAppendOperator("");
                Options options = new Options().setMergeOperator(append);
                SstFileReader reader = new SstFileReader(options);
                ReadOptions reading = new ReadOptions().setFillCache(false)) {
            reader.open(table.toString());
            if (Arrays.equals(reader.getTableProperties().getColumnFamilyName(), RocksHandle.BODIES)) {
                return;
            }
            try (SstFileReaderIterator at = reader.newIterator(reading)) {
                RocksDBException damage = Around.scan(at, puts);
                if (damage != null) {
                    aside.report("table " + table, String.valueOf(damage.getMessage()));
                }
            }
        } catch (RocksDBException e) {
            aside.report("table " + table, String.valueOf(e.getMessage()));
        }
    }

    private void log(Path log, Changed changed) throws IOException {
        LogFile.read(log, new LogFile.Visitor() {
            @Override
            public void record(byte[] octets) throws IOException {
                try (WriteBatch batch = new WriteBatch(octets)) {
                    batch.iterate(changed);
                } catch (RocksDBException e) {
                    aside.report("log " + log, String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void damage(long from, long to, boolean atEnd) {
                // The logs were repaired, and their damage reported, before the store was opened.
            }
        });
    }

    /** Collects the changes of one column family; bounded by the size of the logs, which the store bounds. */
    private static final class Changed extends WriteBatch.Handler {
        private final boolean bodies;
        private final List<Store.Entry> puts = new ArrayList<>();
        private final List<byte[]> deletions = new ArrayList<>();

        Changed(boolean bodies) {
            this.bodies = bodies;
        }

        private boolean concerns(int family) {
            return bodies != (family == RocksHandle.RECORDS_ID);
        }

        @Override
        public void put(int family, byte[] key, byte[] value) {
            if (concerns(family)) {
                puts.add(new Store.Entry(key, value));
            }
        }

        @Override
        public void put(byte[] key, byte[] value) {
            put(RocksHandle.RECORDS_ID, key, value);
        }

        @Override
        public void merge(int family, byte[] key, byte[] value) {
            put(family, key, value);
        }

        @Override
        public void merge(byte[] key, byte[] value) {
            put(RocksHandle.RECORDS_ID, key, value);
        }

        @Override
        public void delete(int family, byte[] key) {
            if (concerns(family)) {
                deletions.add(key);
            }
        }

        @Override
        public void delete(byte[] key) {
            delete(RocksHandle.RECORDS_ID, key);
        }

        @Override
        public void singleDelete(int family, byte[] key) {
            delete(family, key);
        }

        @Override
        public void singleDelete(byte[] key) {
            delete(key);
        }

        @Override
        public void deleteRange(int family, byte[] from, byte[] to) {
            throw new IllegalStateException("this store deletes no ranges");
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {
            deleteRange(RocksHandle.RECORDS_ID, from, to);
        }

        @Override
        public void logData(byte[] blob) {
            // Not written by this store; the same holds for everything below.
        }

        @Override
        public void putBlobIndex(int family, byte[] key, byte[] value) {
            // Stands in tables only.
        }

        @Override
        public void markBeginPrepare() {}

        @Override
        public void markEndPrepare(byte[] transaction) {}

        @Override
        public void markNoop(boolean emptyBatch) {}

        @Override
        public void markRollback(byte[] transaction) {}

        @Override
        public void markCommit(byte[] transaction) {}

        @Override
        public void markCommitWithTimestamp(byte[] transaction, byte[] time) {}
    }
}
