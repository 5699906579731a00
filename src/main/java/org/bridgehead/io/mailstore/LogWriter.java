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
    private final long uidValidity;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private LogPosition end;
    private LogPosition synced;
    private boolean failed;

    /** A record in the log. */
    record Written(LogFrame frame, LogPosition start) {}

    private LogWriter(LogStorage storage, MailStoreSettings settings, long uidValidity, LogPosition end) {
        this.storage = storage;
        this.settings = settings;
        this.uidValidity = uidValidity;
        this.end = end;
        this.synced = end;
    }

    /** Goes on at the end of the last generation. */
    static LogWriter resume(LogStorage storage, MailStoreSettings settings, long uidValidity) throws IOException {
        List<Long> generations = storage.generations();
        long last = generations.get(generations.size() - 1);
        storage.resume(last);
        return new LogWriter(storage, settings, uidValidity, new LogPosition(last, storage.size(last)));
    }

    /** Begins {@code generation}, lasting when this returns. */
    static LogWriter begin(
            LogStorage storage, MailStoreSettings settings, long uidValidity, long generation, long skippedUids)
            throws IOException {
        LogWriter writer = new LogWriter(storage, settings, uidValidity, new LogPosition(generation, 0));
        long previousEnd = storage.generations().contains(generation - 1) ? storage.size(generation - 1) : 0;
        storage.begin(generation);
        writer.open(skippedUids, previousEnd);
        writer.sync();
        return writer;
    }

    /** The end of what would survive a power cut. */
    LogPosition synced() {
        return synced;
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
        failed = false;
    }

    private void roll() throws IOException {
        flush();
        if (settings.sync()) storage.sync();
        long previousEnd = end.offset();
        storage.begin(end.generation() + 1);
        end = new LogPosition(end.generation() + 1, 0);
        open(0, previousEnd);
    }

    private void open(long skippedUids, long previousEnd) throws IOException {
        write(new LogRecord.Opened(end.generation(), uidValidity, skippedUids, previousEnd), null);
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
