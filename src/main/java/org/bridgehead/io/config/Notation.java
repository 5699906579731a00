package org.bridgehead.io.config;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.HostPort;

/** How quantities and endpoints are written. Every method answers empty for a text that is none. */
public final class Notation {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6})?)\\s*([kmgt]i?b|b)?");
    private static final Map<Character, Integer> POWERS = Map.of('k', 10, 'm', 20, 'g', 30, 't', 40);
    private static final Pattern BANDWIDTH = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([kmgt]?)(?:bit/s|bps)");
    private static final Map<String, Long> THOUSANDS =
            Map.of("", 1L, "k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L, "t", 1_000_000_000_000L);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_-]{0,61}[\\p{L}\\p{M}\\p{N}_])?");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

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

    /** {@code host:port}, {@code [::1]:25}, or a bare host where {@code defaultPort} is not negative. */
    static Optional<HostPort> hostPort(String text, int defaultPort) {
        if (isAddress(text) || (text.indexOf(':') < 0 && isDomain(text))) {
            return defaultPort < 0 ? Optional.empty() : Optional.of(new HostPort(text, defaultPort));
        }
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean good = bracketed ? isAddress(bare) : bare.indexOf(':') < 0 && (isAddress(bare) || isDomain(bare));
        return good && port <= 65_535 ? Optional.of(new HostPort(bare, port)) : Optional.empty();
    }

    /** {@code 10.1.0.0/16}, {@code 2001:db8::/32}, or a single address. */
    static boolean isRange(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!isAddress(address)) {
            return false;
        }
        String length = slash < 0 ? "0" : text.substring(slash + 1);
        return length.matches("\\d{1,3}") && Integer.parseInt(length) <= (address.indexOf(':') < 0 ? 32 : 128);
    }

    /** Whether the text is an IPv4 or IPv6 address; asks no name server. */
    static boolean isAddress(String text) {
        if (IPV4.matcher(text).matches()) {
            return true;
        }
        if (text.indexOf(':') < 0 || !IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(text).getAddress().length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether the text is a domain name: labels of letters, digits, hyphens (and underscores), in any script. */
    static boolean isDomain(String text) {
        if (text.length() > 255) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** A domain, or {@code *.} and a domain. */
    static boolean isDomainPattern(String text) {
        return isDomain(text.startsWith("*.") ? text.substring(2) : text);
    }

    /** {@code TYPE:SPACE;COST} with type SMTP and cost 1 when not written (BEHAVIOUR 1.8.2). */
    static Optional<AddressSpace> addressSpace(String text) {
        int colon = text.indexOf(':');
        int semicolon = text.lastIndexOf(';');
        String type = colon < 0 ? "SMTP" : text.substring(0, colon).strip().toUpperCase(Locale.ROOT);
        String rest = text.substring(colon + 1, semicolon > colon ? semicolon : text.length());
        String cost = semicolon > colon ? text.substring(semicolon + 1).strip() : "1";
        String pattern = rest.strip().toLowerCase(Locale.ROOT);
        boolean good = type.matches("[A-Z0-9][A-Z0-9._-]*") && cost.matches("\\d{1,3}") && !pattern.isEmpty();
        if (good && type.equals("SMTP")) {
            good = pattern.equals("*") || isDomainPattern(pattern);
        }
        int units = good ? Integer.parseInt(cost) : 0;
        return units >= 1 && units <= 100 ? Optional.of(new AddressSpace(type, pattern, units)) : Optional.empty();
    }

    /** {@code SERVER/GROUP/DATABASE}. */
    static Optional<DatabaseRef> database(String text) {
        List<String> parts = List.of(text.split("/", -1));
        return parts.size() == 3 && parts.stream().noneMatch(String::isBlank)
                ? Optional.of(new DatabaseRef(parts.get(0), parts.get(1), parts.get(2)))
                : Optional.empty();
    }
}
