package org.bridgehead.core.topology;

import java.time.Duration;

/**
 * Limits of the transport dumpster (BEHAVIOUR 4.1); zero in either turns it off.
 *
 * @param maxSizePerStorageGroup octets per hub and storage group
 * @param maxTime age
 */
public record DumpsterSettings(long maxSizePerStorageGroup, Duration maxTime) {
    /** 18 MB, 7 days. */
    public static final DumpsterSettings DEFAULT = new DumpsterSettings(18L << 20, Duration.ofDays(7));
}
