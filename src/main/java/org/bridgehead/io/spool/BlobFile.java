package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.rocksdb.RocksDBException;

/**
 * Reads a blob file of RocksDB on its own. The format: a head of 30 octets; then for each blob a header of 32 octets (key
 * length 8, value length 8, expiration 8, masked CRC32C of these 24, masked CRC32C of key and value), key, value;
 * little-endian. Uncompressed, as this store writes them.
 */
final class BlobFile {
    private static final int HEAD = 30;
    private static final int HEADER = 32;
    private static final int HEADER_CRC = 24;

    private BlobFile() {}

    /** Hands over every blob whose header is intact; whether the value is, its {@link Frame} tells. */
    static void read(Path file, RecordSink sink) throws IOException, RocksDBException {
        try (FileWindow blobs = new FileWindow(file)) {
            long at = HEAD;
            while (at + HEADER <= blobs.size()) {
                at = intact(blobs, at) ? blob(blobs, at, sink) : at + 1;
            }
        }
    }

    private static long blob(FileWindow blobs, long at, RecordSink sink) throws IOException, RocksDBException {
        ByteBuffer header = blobs.at(at, HEADER);
        int key = (int) header.getLong(0);
        int value = (int) header.getLong(Long.BYTES);
        sink.accept(blobs.octets(at + HEADER, key), blobs.octets(at + HEADER + key, value));
        return at + HEADER + key + value;
    }

    private static boolean intact(FileWindow blobs, long at) throws IOException {
        ByteBuffer header = blobs.at(at, HEADER);
        long key = header.getLong(0);
        long value = header.getLong(Long.BYTES);
        long left = Math.min(Integer.MAX_VALUE, blobs.size() - at - HEADER);
        if (key <= 0 || key > left || value < 0 || value > left - key) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, HEADER_CRC));
        return LogFile.masked((int) crc.getValue()) == header.getInt(HEADER_CRC);
    }
}
