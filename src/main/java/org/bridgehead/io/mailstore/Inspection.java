package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.util.Optional;
import org.bridgehead.core.mailbox.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * Checks a log that was received before it counts: that it begins with its header, that every frame, record and message
 * is as it was written, and that it follows the generation before it in this very copy. For one thread, once.
 */
final class Inspection implements LogReader.Records {
    private final LogStorage target;
    private final long generation;
    private LogRecord.@Nullable Opened header;

    Inspection(LogStorage target, long generation) {
        this.target = target;
        this.generation = generation;
    }

    /** Says in one line what is wrong; empty = nothing. */
    Optional<String> inspect(long size) throws IOException {
        long sound = new LogReader(generation, size, target::readReceived).read(0, this);
        if (sound < size) return Optional.of("damaged at " + new LogPosition(generation, sound));
        LogRecord.Opened first = header;
        if (first == null) return Optional.of("has no header");
        if (first.generation() != generation) return Optional.of("is number " + first.generation());
        return generation == 1 ? Optional.empty() : checkFollows(first);
    }

    @Override
    public void record(LogRecord record, LogFrame frame, LogPosition start) {
        if (start.offset() == 0 && record instanceof LogRecord.Opened opened) header = opened;
    }

    private Optional<String> checkFollows(LogRecord.Opened first) throws IOException {
        long before = generation - 1;
        if (!target.contains(before)) return Optional.of("log " + before + " is missing at the target");
        boolean known = first.previousChecksum() != LogRecord.Opened.NO_CHECKSUM;
        boolean same = target.size(before) == first.previousEnd()
                && (!known || target.checksum(before) == first.previousChecksum());
        return same ? Optional.empty() : Optional.of("does not follow the target's log " + before + ": they diverged");
    }
}
