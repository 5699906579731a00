package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.mailbox.LogPosition;

/**
 * Reads one generation from front to back. Damage is passed over to the next sound frame, kept aside and listed; only
 * damage that reaches the end is to be cut off. That is done last, when what it stands for can be written down at once:
 * afterwards nothing in the log tells of it.
 */
final class LogScan {
    private final LogStorage storage;
    private final String storageGroup;
    private final Visitor visitor;
    private final List<TornRecord> torn = new ArrayList<>();

    /** Takes what is found, in log order. */
    interface Visitor extends LogReader.Records {
        /** That many octets could not be read. */
        void damage(long length);
    }

    LogScan(LogStorage storage, String storageGroup, Visitor visitor) {
        this.storage = storage;
        this.storageGroup = storageGroup;
        this.visitor = visitor;
    }

    /** All damage of the generations read so far. */
    List<TornRecord> torn() {
        return torn;
    }

    /** Notes that a whole generation is not there, which had {@code length} octets at most. */
    void missing(long generation, long length) throws IOException {
        torn.add(new TornRecord(
                storageGroup, new LogPosition(generation, 0), 0, false, "the log file is missing", "nothing"));
        visitor.damage(length);
    }

    /** Notes that {@code generation} once was longer, unless that was noted when its end was cut off. */
    void checkLength(long generation, long expected) throws IOException {
        long size = storage.size(generation);
        boolean noted = torn.stream()
                .anyMatch(damage -> damage.end() && damage.position().generation() == generation);
        if (size >= expected || noted) return;
        LogPosition end = new LogPosition(generation, size);
        torn.add(new TornRecord(
                storageGroup, end, expected - size, false, "the log file is shorter than it was", "nothing"));
        visitor.damage(expected - size);
    }

    /** Cuts off damaged ends of the generations read so far. */
    void cutEnds() throws IOException {
        for (TornRecord damage : torn) {
            LogPosition at = damage.position();
            if (damage.end()) storage.truncate(at.generation(), at.offset());
        }
    }

    void read(long generation) throws IOException {
        long size = storage.size(generation);
        long at = 0;
        while (at < size) {
            long sound = LogReader.of(storage, generation).read(at, visitor);
            if (sound < size) at = passDamage(generation, sound, size);
            else at = size;
        }
    }

    private long passDamage(long generation, long at, long size) throws IOException {
        long next = nextFrame(generation, at + 1, size);
        boolean end = next >= size;
        String aside = storage.setAside(generation, at, next - at);
        torn.add(new TornRecord(
                storageGroup,
                new LogPosition(generation, at),
                next - at,
                end,
                end ? "cut short or damaged to the end" : "checksum or frame wrong",
                aside));
        visitor.damage(next - at);
        return next;
    }

    /** Where the first frame at or behind {@code from} begins; {@code size} when there is none. */
    long nextFrame(long generation, long from, long size) throws IOException {
        try (InputStream in = storage.read(generation, from)) {
            int window = 0;
            for (long read = from; read < size; read++) {
                window = window << 8 | in.read();
                long start = read - 3;
                if (window == LogFrame.MAGIC && start >= from && frameAt(generation, start, size)) return start;
            }
        }
        return size;
    }

    private boolean frameAt(long generation, long start, long size) throws IOException {
        try (InputStream in = storage.read(generation, start)) {
            byte[] frame = in.readNBytes(LogFrame.SIZE);
            return frame.length == LogFrame.SIZE
                    && LogFrame.decode(frame, new LogPosition(generation, start))
                            .filter(found -> found.length() <= size - start)
                            .isPresent();
        }
    }
}
