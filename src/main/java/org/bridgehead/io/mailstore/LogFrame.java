package org.bridgehead.io.mailstore;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bridgehead.core.mailbox.LogPosition;

/**
 * What stands before each record in a log file: 32 octets, then the encoded record, then the octets of the message when
 * there is one. Lengths and checksums (CRC32C) come first, so that a reader knows how far to trust what follows. The
 * checksum of the frame itself covers its position too: octets that moved, or a frame inside a mail, are no frame.
 *
 * @param type kind of the record
 * @param recordLength octets of the encoded record
 * @param octetsLength octets of the message
 * @param recordChecksum of the encoded record
 * @param octetsChecksum of the octets of the message
 */
record LogFrame(int type, int recordLength, long octetsLength, int recordChecksum, int octetsChecksum) {
    static final int SIZE = 32;
    static final int MAGIC = 0x42484C31;
    private static final int MAX_RECORD = 1 << 26;

    static LogFrame of(int type, byte[] record, long octetsLength, int octetsChecksum) {
        return new LogFrame(type, record.length, octetsLength, checksum(record), octetsChecksum);
    }

    static int checksum(byte[] octets) {
        return checksum(octets, 0, octets.length);
    }

    static int checksum(byte[] octets, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(octets, offset, length);
        return (int) crc.getValue();
    }

    /** Octets from the beginning of this frame to that of the next. */
    long length() {
        return SIZE + recordLength + octetsLength;
    }

    byte[] encoded(LogPosition at) {
        byte[] frame = new byte[SIZE];
        ByteBuffer.wrap(frame)
                .putInt(MAGIC)
                .putInt(type)
                .putInt(recordLength)
                .putLong(octetsLength)
                .putInt(recordChecksum)
                .putInt(octetsChecksum)
                .putInt(own(frame, at));
        return frame;
    }

    /** Reads {@link #SIZE} octets; empty when they are no frame of this position. */
    static Optional<LogFrame> decode(byte[] frame, LogPosition at) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (in.getInt() != MAGIC || in.getInt(SIZE - 4) != own(frame, at)) return Optional.empty();
        LogFrame read = new LogFrame(in.getInt(), in.getInt(), in.getLong(), in.getInt(), in.getInt());
        boolean sound = read.recordLength >= 0 && read.recordLength <= MAX_RECORD && read.octetsLength >= 0;
        return sound ? Optional.of(read) : Optional.empty();
    }

    private static int own(byte[] frame, LogPosition at) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16)
                .putLong(at.generation())
                .putLong(at.offset())
                .flip());
        crc.update(frame, 0, SIZE - 4);
        return (int) crc.getValue();
    }
}
