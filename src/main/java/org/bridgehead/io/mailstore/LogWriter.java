package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bridgehead.core.mailbox.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * The end of a storage group's log. Small records are gathered into one write. After a failure the log is cut back to
 * its synced end before anything else is written, because the octets behind it may or may not be on the disk, whatever
 * a later sync says. For one thread at a time.
 */
final class LogWriter {
    private static final int BUFFER = 1 << 18;

    private final LogStorage storage;
    private final MailStoreSettings settings;
    private final Ids ids;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private LogPosition end;
    private LogPosition synced;
    /** Length of the header of the generation being written. */
    private long header;

    private long syncedHeader;
    private boolean failed;

    /** A record in the log. */
    record Written(LogFrame frame, LogPosition start) {}

    /** What every generation says of UIDs ({@link LogRecord.Opened}). */
    record Ids(long uidValidity, long firstUid) {}

    private LogWriter(LogStorage storage, MailStoreSettings settings, Ids ids, LogPosition end) {
        this.storage = storage;
        this.settings = settings;
        this.ids = ids;
        this.end = end;
        this.synced = end;
    }

    /** Goes on at the end of the last generation, whose header has that length. */
    static LogWriter resume(LogStorage storage, MailStoreSettings settings, Ids ids, long header) throws IOException {
        List<Long> generations = storage.generations();
        long last = generations.get(generations.size() - 1);
        storage.resume(last);
        LogWriter writer = new LogWriter(storage, settings, ids, new LogPosition(last, storage.size(last)));
        writer.header = header;
        writer.syncedHeader = header;
        return writer;
    }

    /** Begins {@code generation}, lasting when this returns. */
    static LogWriter begin(LogStorage storage, MailStoreSettings settings, Ids ids, long generation, long skippedUids)
            throws IOException {
        LogWriter writer = new LogWriter(storage, settings, ids, new LogPosition(generation, 0));
        writer.beginGeneration(generation, skippedUids);
        writer.sync();
        return writer;
    }

    /** Begins the next generation, lasting when this returns. */
    void next() throws IOException {
        roll();
        sync();
    }

    /** The end of what would survive a power cut. */
    LogPosition synced() {
        return synced;
    }

    /** Whether what would survive a power cut has more in the last generation than its header. */
    boolean holdsRecords() {
        return synced.offset() > syncedHeader;
    }

    /** Whether {@link #repair} has to come first. */
    boolean failed() {
        return failed;
    }

    /**
     * Appends a record; it is lasting only after {@link #sync}.
     *
     * @param body the message whose octets follow it; null for none
     * @return where it stands
     */
    Written append(LogRecord record, @Nullable IncomingMessage body) throws IOException {
        try {
            if (end.offset() >= settings.generationSize()) roll();
            return write(record, body);
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw e;
        }
    }

    /** Returns when everything appended would survive a power cut. */
    void sync() throws IOException {
        try {
            flush();
            if (settings.sync()) storage.sync();
            synced = end;
            syncedHeader = header;
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw e;
        }
    }

    /** Cuts the log back to its synced end. */
    void repair() throws IOException {
        buffer.clear();
        for (long generation : storage.generations()) {
            if (generation > synced.generation()) storage.remove(generation);
        }
        storage.truncate(synced.generation(), synced.offset());
        storage.resume(synced.generation());
        end = synced;
        header = syncedHeader;
        failed = false;
    }

    private void roll() throws IOException {
        flush();
        if (settings.sync()) storage.sync();
        beginGeneration(end.generation() + 1, 0);
    }

    private void beginGeneration(long generation, long skippedUids) throws IOException {
        boolean follows = storage.contains(generation - 1);
        long previousEnd = follows ? storage.size(generation - 1) : 0;
        long previousChecksum = follows ? storage.checksum(generation - 1) : LogRecord.Opened.NO_CHECKSUM;
        storage.begin(generation);
        end = new LogPosition(generation, 0);
        write(
                new LogRecord.Opened(
                        generation, ids.uidValidity(), skippedUids, previousEnd, previousChecksum, ids.firstUid()),
                null);
        header = end.offset();
    }

    private Written write(LogRecord record, @Nullable IncomingMessage body) throws IOException {
        byte[] encoded = record.encoded();
        long length = body == null ? 0 : body.size();
        LogFrame frame = LogFrame.of(record.type(), encoded, length, body == null ? 0 : body.checksum());
        LogPosition start = end;
        put(ByteBuffer.wrap(frame.encoded(start)));
        put(ByteBuffer.wrap(encoded));
        if (body != null) body.copyTo(this::put);
        end = new LogPosition(start.generation(), start.offset() + frame.length());
        return new Written(frame, start);
    }

    private void put(ByteBuffer octets) throws IOException {
        if (octets.remaining() > buffer.remaining()) flush();
        if (octets.remaining() > buffer.remaining()) storage.append(octets);
        else buffer.put(octets);
    }

    private void flush() throws IOException {
        storage.append(buffer.flip());
        buffer.clear();
    }
}
