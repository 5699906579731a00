package org.bridgehead.core.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An IP address as 128 bits; IPv4 addresses are the mapped ones of IPv6 (RFC 4291 section 2.5.5.2), so both written
 * forms are one address.
 *
 * @param high the first 64 bits
 * @param low the others
 */
record IpAddress(long high, long low) implements Comparable<IpAddress> {
    /** Length of an address. */
    static final int BITS = 128;

    /** Of these the ones that all IPv4 addresses share. */
    static final int BITS_BEFORE_V4 = 96;

    private static final int GROUPS = 8;
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final Comparator<IpAddress> ORDER =
            Comparator.comparingLong(IpAddress::high).thenComparingLong(IpAddress::low);

    /** Reads {@code 10.1.2.3} or {@code 2001:db8::1}; empty when it is neither. */
    static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') < 0 ? v4(text).map(bits -> new IpAddress(0, MAPPED | bits)) : v6(text);
    }

    private static Optional<Long> v4(String text) {
        String[] parts = text.split("\\.", -1);
        long bits = 0;
        for (String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | Integer.parseInt(part);
        }
        return parts.length == 4 ? Optional.of(bits) : Optional.empty();
    }

    private static Optional<IpAddress> v6(String text) {
        int gap = text.indexOf("::");
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        boolean good = gap < 0
                ? groups(text, true, before)
                : groups(text.substring(0, gap), false, before) && groups(text.substring(gap + 2), true, after);
        int missing = GROUPS - before.size() - after.size();
        if (!good || (gap < 0 ? missing != 0 : missing < 1)) {
            return Optional.empty();
        }
        for (int i = 0; i < missing; i++) {
            before.add(0);
        }
        before.addAll(after);
        return Optional.of(new IpAddress(word(before.subList(0, 4)), word(before.subList(4, GROUPS))));
    }

    /** Reads groups between colons, the last one perhaps as IPv4; an empty text has none. */
    private static boolean groups(String text, boolean last, List<Integer> found) {
        if (text.isEmpty()) {
            return true;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            Optional<Long> v4 = last && i == parts.length - 1 ? v4(parts[i]) : Optional.empty();
            if (v4.isPresent()) {
                found.add((int) (v4.get() >> 16));
                found.add((int) (v4.get() & 0xFFFF));
            } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                found.add(Integer.parseInt(parts[i], 16));
            } else {
                return false;
            }
        }
        return true;
    }

    private static long word(List<Integer> groups) {
        long word = 0;
        for (int group : groups) {
            word = word << 16 | group;
        }
        return word;
    }

    boolean isV4() {
        return high == 0 && low >>> 32 == MAPPED >>> 32;
    }

    /** The address with all but the first bits zero. */
    IpAddress masked(int length) {
        return new IpAddress(high & ones(length), low & ones(length - 64));
    }

    private static long ones(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1 : -1L << (64 - length);
    }

    @Override
    public int compareTo(IpAddress other) {
        return ORDER.compare(this, other);
    }
}
