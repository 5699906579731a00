package org.bridgehead.io.config;

import java.time.Duration;
import java.util.List;

/** Writes quantities as {@link Notation} reads them: in the largest unit that is exact. */
final class Quantity {
    private static final List<String> SIZES = List.of("", "KB", "MB", "GB", "TB");
    private static final List<String> RATES = List.of("bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s");
    private static final List<Unit> DURATIONS =
            List.of(new Unit("d", 86_400_000), new Unit("h", 3_600_000), new Unit("m", 60_000), new Unit("s", 1000));
    private static final double LARGEST_PLAIN = 1e9;

    private record Unit(String name, long millis) {}

    private Quantity() {}

    /** Octets: {@code 10MB}; {@code 65537} where no unit is exact. */
    static String size(long octets) {
        return scaled(octets, 1024, SIZES);
    }

    /** Bits per second: {@code 10Mbit/s}. */
    static String bandwidth(long bits) {
        return scaled(bits, 1000, RATES);
    }

    private static String scaled(long number, long step, List<String> units) {
        long rest = number;
        int unit = 0;
        while (rest != 0 && rest % step == 0 && unit < units.size() - 1) {
            rest /= step;
            unit++;
        }
        return rest + units.get(unit);
    }

    /** {@code 7d}, {@code 90s}, {@code 20ms}; ISO 8601 below a millisecond. */
    static String duration(Duration duration) {
        if (duration.getNano() % 1_000_000 != 0) {
            return duration.toString();
        }
        long millis = duration.toMillis();
        return DURATIONS.stream()
                .filter(unit -> millis != 0 && millis % unit.millis == 0)
                .findFirst()
                .map(unit -> millis / unit.millis + unit.name)
                .orElse(millis == 0 ? "0s" : millis + "ms");
    }

    /** A coordinate: a whole number where it is one. */
    static Number coordinate(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_PLAIN;
        boolean negativeZero = number == 0 && 1 / number < 0;
        if (whole && !negativeZero) {
            return (long) number;
        }
        return number;
    }
}
