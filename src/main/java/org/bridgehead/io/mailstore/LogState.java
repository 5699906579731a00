package org.bridgehead.io.mailstore;

import java.time.Instant;
import java.util.Optional;
import org.bridgehead.core.mailbox.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * How far the log of a storage group has come, counting only what would survive a power cut.
 *
 * @param lastClosed number of the last generation that will not change any more; 0 = none yet
 * @param open number of the generation being written: what an unplanned failover loses
 * @param holdsRecords whether the open one holds anything but its header
 * @param lastDelivery when the last message in the log was received; empty = none ever was
 * @param openOctets length of the open one
 */
public record LogState(
        long lastClosed, long open, boolean holdsRecords, Optional<Instant> lastDelivery, long openOctets) {
    /** What the writer has made lasting. */
    static LogState of(LogWriter writer, @Nullable Instant lastDelivery) {
        LogPosition end = writer.synced();
        return new LogState(
                end.generation() - 1,
                end.generation(),
                writer.holdsRecords(),
                Optional.ofNullable(lastDelivery),
                end.offset());
    }
}
