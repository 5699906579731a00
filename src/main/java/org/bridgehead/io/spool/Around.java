package org.bridgehead.io.spool;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIteratorInterface;

/**
 * Reads sorted keys around damage. An iterator that meets a block it cannot read ends there; so this goes forward until
 * it ends, then backward from the last key. What lies between two damaged blocks is left in the files.
 */
final class Around {
    private Around() {}

    /** Answers what was wrong; null when everything was read. */
    static @Nullable RocksDBException scan(RocksIteratorInterface at, RecordSink sink) throws RocksDBException {
        byte[] last = {};
        for (at.seekToFirst(); at.isValid(); at.next()) {
            last = key(at);
            sink.accept(last, value(at));
        }
        RocksDBException damage = statusOf(at);
        if (damage == null) {
            return null;
        }
        for (at.seekToLast(); at.isValid() && Keys.ORDER.compare(key(at), last) > 0; at.prev()) {
            sink.accept(key(at), value(at));
        }
        return damage;
    }

    private static @Nullable RocksDBException statusOf(RocksIteratorInterface at) {
        try {
            at.status();
            return null;
        } catch (RocksDBException e) {
            return e;
        }
    }

    private static byte[] key(RocksIteratorInterface at) {
        return at instanceof org.rocksdb.RocksIterator r ? r.key() : ((org.rocksdb.SstFileReaderIterator) at).key();
    }

    private static byte[] value(RocksIteratorInterface at) {
        return at instanceof org.rocksdb.RocksIterator r ? r.value() : ((org.rocksdb.SstFileReaderIterator) at).value();
    }
}
