package org.bridgehead.core.mail;

import java.util.HexFormat;

/**
 * The 128-bit identity a message gets at its first acceptance in the organisation. It is constant on every hop and
 * survives bifurcation (unlike {@link InternalId}); tracking follows it and the duplicate filter keys on it.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record TransportId(long high, long low) implements Comparable<TransportId> {
    private static final HexFormat DIGITS = HexFormat.of();

    /** Reads the 32 hexadecimal digits of {@link #toString()}. */
    public static TransportId parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("a transport id has 32 hexadecimal digits: " + text);
        }
        return new TransportId(
                Long.parseUnsignedLong(text.substring(0, 16), 16), Long.parseUnsignedLong(text.substring(16), 16));
    }

    /** As the compiler would write it, but plain code: a key of many maps. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TransportId that && low == that.low && high == that.high;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low);
    }

    @Override
    public int compareTo(TransportId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return DIGITS.toHexDigits(high) + DIGITS.toHexDigits(low);
    }
}
