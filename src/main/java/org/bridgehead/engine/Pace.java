package org.bridgehead.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * How much slower something is than it would be.
 *
 * @param latency added to each connection and to each message
 * @param octetsPerSecond that messages come at; 0 = as fast as it goes
 */
record Pace(Duration latency, long octetsPerSecond) {
    static final Pace FULL = new Pace(Duration.ZERO, 0);

    Pace {
        if (latency.isNegative() || octetsPerSecond < 0) {
            throw new IllegalArgumentException("no pace: " + latency + ", " + octetsPerSecond + " octets a second");
        }
    }

    Pace slow(Duration other) {
        return new Pace(other, octetsPerSecond);
    }

    Pace throttled(long other) {
        return new Pace(latency, other);
    }

    /** How long so many octets take. */
    Duration time(long octets) {
        return octetsPerSecond == 0
                ? Duration.ZERO
                : Duration.ofNanos(BigDecimal.valueOf(octets)
                        .multiply(BigDecimal.valueOf(1_000_000_000))
                        .divide(BigDecimal.valueOf(octetsPerSecond), RoundingMode.UP)
                        .longValue());
    }

    /** One behind the other: latencies add up, the narrower place counts. */
    Pace and(Pace next) {
        long narrower = octetsPerSecond == 0 || next.octetsPerSecond == 0
                ? Math.max(octetsPerSecond, next.octetsPerSecond)
                : Math.min(octetsPerSecond, next.octetsPerSecond);
        return new Pace(latency.plus(next.latency), narrower);
    }
}
