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
