package org.bridgehead.core.topology;

import java.time.Duration;

/**
 * Limits of the transport dumpster (BEHAVIOUR 4.1); zero in size or time turns it off. The margins are the two ends of
 * the redelivery window, whose exact rule was never published (BEHAVIOUR 4.2).
 *
 * @param maxSizePerStorageGroup octets per hub and storage group
 * @param maxTime age
 * @param marginBefore how far before the last copied log the window begins
 * @param marginAfter how far after the failover it ends
 */
public record DumpsterSettings(
        long maxSizePerStorageGroup, Duration maxTime, Duration marginBefore, Duration marginAfter) {
    /** 18 MB, 7 days; 12 hours before, one after. */
    public static final DumpsterSettings DEFAULT =
            new DumpsterSettings(18L << 20, Duration.ofDays(7), Duration.ofHours(12), Duration.ofHours(1));

    /** How the size stands to the largest message there may be (DECISIONS 5.4). */
    public enum Fit {
        /** Below 135 %: a large message leaves next to nothing. */
        TOO_SMALL,
        /** Below 150 %, the documented advice. */
        TIGHT,
        /** 150 % to 300 %. */
        GOOD,
        /** Above 300 %: more redelivered twice, more disk. */
        LARGE
    }

    /** Checks the signs. */
    public DumpsterSettings {
        if (maxSizePerStorageGroup < 0
                || maxTime.isNegative()
                || marginBefore.isNegative()
                || marginAfter.isNegative()) {
            throw new IllegalArgumentException("no dumpster: " + maxSizePerStorageGroup + ", " + maxTime + ", "
                    + marginBefore + ", " + marginAfter);
        }
    }

    /** With the usual margins. */
    public DumpsterSettings(long maxSizePerStorageGroup, Duration maxTime) {
        this(maxSizePerStorageGroup, maxTime, DEFAULT.marginBefore, DEFAULT.marginAfter);
    }

    /** The same margins with other limits. */
    public DumpsterSettings withLimits(long size, Duration time) {
        return new DumpsterSettings(size, time, marginBefore, marginAfter);
    }

    /** Whether hubs keep nothing at all. */
    public boolean isOff() {
        return maxSizePerStorageGroup == 0 || maxTime.isZero();
    }

    /** How the size fits a largest message of so many octets, whether it is off or not. */
    public Fit fit(long maxMessageSize) {
        double percent = maxSizePerStorageGroup * 100.0 / maxMessageSize;
        if (percent < 135) {
            return Fit.TOO_SMALL;
        }
        if (percent < 150) {
            return Fit.TIGHT;
        }
        return percent <= 300 ? Fit.GOOD : Fit.LARGE;
    }
}
