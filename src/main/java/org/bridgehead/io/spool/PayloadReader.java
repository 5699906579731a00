package org.bridgehead.io.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what {@link PayloadWriter} wrote. Anything else ends in an unchecked exception, which {@link RecordCodec} turns
 * into a {@link TornException}.
 */
final class PayloadReader {
    private final ByteBuffer in;

    PayloadReader(byte[] payload) {
        in = ByteBuffer.wrap(payload);
    }

    /** Fails when octets are left over. */
    <T> T end(T value) {
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " octets too many");
        }
        return value;
    }

    int octet() {
        return in.get() & 0xFF;
    }

    boolean flag() {
        int value = octet();
        if (value > 1) {
            throw new IllegalArgumentException("neither yes nor no: " + value);
        }
        return value == 1;
    }

    int number() {
        return in.getInt();
    }

    long longNumber() {
        return in.getLong();
    }

    String text() {
        byte[] utf8 = new byte[count(1)];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    Instant instant() {
        return Instant.ofEpochSecond(longNumber(), number());
    }

    <T> Optional<T> optional(Supplier<T> each) {
        return flag() ? Optional.of(each.get()) : Optional.empty();
    }

    <T> List<T> list(Supplier<T> each) {
        int count = count(1);
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(each.get());
        }
        return values;
    }

    List<String> texts() {
        return list(this::text);
    }

    long[] longNumbers() {
        long[] values = new long[count(Long.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = longNumber();
        }
        return values;
    }

    /** A count of things of at least {@code size} octets each: never more than could be there. */
    private int count(int size) {
        int count = number();
        if (count < 0 || count > in.remaining() / size) {
            throw new IllegalArgumentException("a count of " + count + " with " + in.remaining() + " octets left");
        }
        return count;
    }
}
