package org.bridgehead.io.mailstore;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bridgehead.core.mailbox.LogPosition;

/** Reads the records of one generation for as long as they are sound; changes nothing. For one thread. */
final class LogReader {
    private final long generation;
    private final long size;
    private final Octets octets;

    /** Where the octets come from. */
    interface Octets {
        InputStream from(long offset) throws IOException;
    }

    /** Takes what is found, in log order. */
    interface Records {
        void record(LogRecord record, LogFrame frame, LogPosition start) throws IOException;
    }

    /**
     * Of {@code generation}, whose length is taken to be {@code size} whatever is appended meanwhile.
     *
     * @param octets may begin anywhere
     */
    LogReader(long generation, long size, Octets octets) {
        this.generation = generation;
        this.size = size;
        this.octets = octets;
    }

    static LogReader of(LogStorage storage, long generation) throws IOException {
        return new LogReader(generation, storage.size(generation), offset -> storage.read(generation, offset));
    }

    /** Reads and checks records from {@code from} on; returns where the first bad one begins, or the end. */
    long read(long from, Records records) throws IOException {
        return read(from, records, true);
    }

    /** As {@link #read}, passing over the octets of messages unread, which makes it fast and lets damage there pass. */
    long list(long from, Records records) throws IOException {
        return read(from, records, false);
    }

    private long read(long from, Records records, boolean check) throws IOException {
        try (DataInputStream in = new DataInputStream(octets.from(from))) {
            long at = from;
            while (size - at >= LogFrame.SIZE) {
                LogPosition start = new LogPosition(generation, at);
                Optional<LogFrame> frame = LogFrame.decode(in.readNBytes(LogFrame.SIZE), start);
                if (frame.isEmpty() || frame.get().length() > size - at) return at;
                byte[] record = in.readNBytes(frame.get().recordLength());
                if (LogFrame.checksum(record) != frame.get().recordChecksum()) return at;
                if (!check) in.skipNBytes(frame.get().octetsLength());
                else if (!sound(in, frame.get())) return at;
                records.record(LogRecord.decode(frame.get().type(), record), frame.get(), start);
                at += frame.get().length();
            }
            return at;
        }
    }

    private static boolean sound(InputStream in, LogFrame frame) throws IOException {
        CRC32C octets = new CRC32C();
        byte[] buffer = new byte[(int) Math.min(1 << 16, frame.octetsLength())];
        long left = frame.octetsLength();
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) return false;
            octets.update(buffer, 0, n);
            left -= n;
        }
        return (int) octets.getValue() == frame.octetsChecksum();
    }
}
