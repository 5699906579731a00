package org.bridgehead.io.spool;

import org.rocksdb.RocksDBException;

/** Takes records out of a damaged store. */
interface RecordSink {
    void accept(byte[] key, byte[] value) throws RocksDBException;
}
