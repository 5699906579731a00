package org.bridgehead.io.mailstore;

import java.time.Instant;
import java.util.Optional;

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
        long lastClosed, long open, boolean holdsRecords, Optional<Instant> lastDelivery, long openOctets) {}
