package org.bridgehead.io.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads a write-ahead log of RocksDB on its own. RocksDB takes a damaged length in the last 32 KB of a log for the end of
 * it and silently drops what follows; this goes on behind the damage and says what is missing.
 *
 * <p>The format: blocks of 32 KB; in them fragments of masked CRC32C (4), length (2), type (1), octets, little-endian;
 * type 1 = whole record, 2 = first, 3 = middle, 4 = last fragment; less than 7 octets at the end of a block are zero. A
 * record is a write batch: sequence number (8), count (4), changes.
 */
final class LogFile {
    /** Takes what is found, in order. */
    interface Visitor {
        /** One intact record. */
        void record(byte[] batch) throws IOException;

        /**
         * Octets that are no record.
         *
         * @param atEnd whether nothing readable follows: then it may be a write that was under way
         */
        void damage(long from, long to, boolean atEnd) throws IOException;
    }

    static final int BLOCK = 32 * 1024;
    static final int HEADER = 7;
    static final int FULL = 1;
    static final int FIRST = 2;
    static final int MIDDLE = 3;
    static final int LAST = 4;

    private static final int BATCH_HEADER = 12;
    /** Two neighbouring batches of one log are never further apart; guards against octets of mail taken for a record. */
    private static final long SEQUENCE_STEP = 10_000_000;

    private final FileWindow log;
    private final long size;
    private final Visitor visitor;
    private long sequence = -1;

    private LogFile(FileWindow log, Visitor visitor) {
        this.log = log;
        this.size = log.size();
        this.visitor = visitor;
    }

    static void read(Path file, Visitor visitor) throws IOException {
        try (FileWindow in = new FileWindow(file)) {
            new LogFile(in, visitor).read();
        }
    }

    /** The check sum of a fragment as the log keeps it. */
    static int masked(int crc) {
        return (crc >>> 15 | crc << 17) + 0xA282EAD8;
    }

    private void read() throws IOException {
        long at = 0;
        while (at < size) {
            long end = record(at);
            if (end < 0) {
                end = skip(at);
            }
            at = end;
        }
    }

    /** Reports the damage at {@code from} and answers where reading goes on. */
    private long skip(long from) throws IOException {
        if (zero(from, size)) {
            return size;
        }
        long to = from + 1;
        while (to < size && !beginsRecord(to)) {
            to++;
        }
        visitor.damage(from, to, to >= size);
        return to;
    }

    private boolean beginsRecord(long at) throws IOException {
        return fragment(at) && (type(at) == FULL || type(at) == FIRST) && plausible(at + HEADER, length(at));
    }

    /** Reads the record at {@code start}; answers its end, or -1 when it is damaged. */
    private long record(long start) throws IOException {
        long at = padded(start);
        if (at >= size) {
            return zero(start, size) ? size : -1;
        }
        if (!zero(start, at) || !fragment(at)) {
            return -1;
        }
        if (type(at) == FULL) {
            return deliver(octets(at)) ? at + HEADER + length(at) : -1;
        }
        return type(at) == FIRST ? fragments(at) : -1;
    }

    private long fragments(long first) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        long at = first;
        while (true) {
            whole.writeBytes(octets(at));
            int type = type(at);
            at += HEADER + length(at);
            if (type == LAST) {
                return deliver(whole.toByteArray()) ? at : -1;
            }
            at = padded(at);
            if (!fragment(at) || (type(at) != MIDDLE && type(at) != LAST)) {
                return -1;
            }
        }
    }

    private boolean deliver(byte[] batch) throws IOException {
        if (batch.length < BATCH_HEADER) {
            return false;
        }
        sequence = ByteBuffer.wrap(batch).order(ByteOrder.LITTLE_ENDIAN).getLong();
        visitor.record(batch);
        return true;
    }

    private boolean plausible(long at, int length) throws IOException {
        if (length < BATCH_HEADER) {
            return false;
        }
        long number = log.at(at, Long.BYTES).getLong();
        return number > sequence && (sequence < 0 || number <= sequence + SEQUENCE_STEP);
    }

    /** Where the next fragment begins: not in the last octets of a block. */
    private static long padded(long at) {
        int left = BLOCK - (int) (at % BLOCK);
        return left < HEADER ? at + left : at;
    }

    private boolean fragment(long at) throws IOException {
        int left = BLOCK - (int) (at % BLOCK);
        if (left < HEADER || at + HEADER > size) {
            return false;
        }
        int type = type(at);
        int length = length(at);
        if (type < FULL || type > LAST || length > left - HEADER || at + HEADER + length > size) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(log.at(at + 6, length + 1));
        return masked((int) crc.getValue()) == log.at(at, Integer.BYTES).getInt();
    }

    private int length(long at) throws IOException {
        return log.at(at + 4, Short.BYTES).getShort() & 0xFFFF;
    }

    private int type(long at) throws IOException {
        return log.at(at + 6, 1).get();
    }

    private byte[] octets(long at) throws IOException {
        return log.octets(at + HEADER, length(at));
    }

    private boolean zero(long from, long to) throws IOException {
        for (long at = from; at < to; at++) {
            if (log.at(at, 1).get() != 0) {
                return false;
            }
        }
        return true;
    }
}
