package org.bridgehead.io.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.HostNames;

/** How quantities and endpoints are written. Every method answers empty for a text that is none. */
public final class Notation {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6})?)\\s*([kmgt]i?b|b)?");
    private static final Map<Character, Integer> POWERS = Map.of('k', 10, 'm', 20, 'g', 30, 't', 40);
    private static final Pattern BANDWIDTH = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([kmgt]?)(?:bit/s|bps)");
    private static final Map<String, Long> THOUSANDS =
            Map.of("", 1L, "k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L, "t", 1_000_000_000_000L);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Notation() {}

    /** {@code 10MB}, {@code 25MiB}, {@code 65536} in octets; KB, MB, GB are powers of 1024 (DECISIONS 8). */
    public static Optional<Long> size(String text) {
        Matcher m = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return Optional.empty();
        }
        String unit = m.group(2) == null ? "b" : m.group(2);
        long factor = 1L << POWERS.getOrDefault(unit.charAt(0), 0);
        return whole(new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(factor)));
    }

    /** {@code 10Mbit/s} in bits per second; k, M, G are powers of 1000 as line rates are. */
    static Optional<Long> bandwidth(String text) {
        Matcher m = BANDWIDTH.matcher(text.toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return Optional.empty();
        }
        long factor = THOUSANDS.getOrDefault(m.group(2), 1L);
        return whole(new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(factor)));
    }

    private static Optional<Long> whole(BigDecimal number) {
        return number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(number.longValue());
    }

    /** {@code 15s}, {@code 5m}, {@code 12h}, {@code 7d}, {@code 20ms}, {@code 0} or ISO 8601; never negative. */
    public static Optional<Duration> duration(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher m = DURATION.matcher(text);
        return (m.matches() ? Optional.of(duration(Long.parseLong(m.group(1)), m.group(2))) : iso(text))
                .filter(d -> !d.isNegative() && d.compareTo(LONGEST) <= 0);
    }

    private static Duration duration(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static Optional<Duration> iso(String text) {
        if (!text.startsWith("P")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** {@code 10.1.0.0/16}, {@code 2001:db8::/32}, or a single address. */
    static boolean isRange(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!HostNames.isAddress(address)) {
            return false;
        }
        String length = slash < 0 ? "0" : text.substring(slash + 1);
        return length.matches("\\d{1,3}") && Integer.parseInt(length) <= (address.indexOf(':') < 0 ? 32 : 128);
    }

    /** {@code SERVER/GROUP/DATABASE}. */
    static Optional<DatabaseRef> database(String text) {
        List<String> parts = List.of(text.split("/", -1));
        return parts.size() == 3 && parts.stream().noneMatch(String::isBlank)
                ? Optional.of(new DatabaseRef(parts.get(0), parts.get(1), parts.get(2)))
                : Optional.empty();
    }
}
