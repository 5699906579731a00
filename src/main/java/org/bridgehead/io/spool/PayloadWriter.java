package org.bridgehead.io.spool;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds the payload of a frame: big-endian numbers, UTF-8 texts and lists with their length before them. */
final class PayloadWriter {
    private byte[] octets = new byte[256];
    private int size;

    byte[] toByteArray() {
        return Arrays.copyOf(octets, size);
    }

    private void room(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, Math.addExact(size, more)));
        }
    }

    PayloadWriter octet(int value) {
        room(1);
        octets[size++] = (byte) value;
        return this;
    }

    PayloadWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    PayloadWriter number(int value) {
        return octet(value >> 24).octet(value >> 16).octet(value >> 8).octet(value);
    }

    PayloadWriter longNumber(long value) {
        return number((int) (value >> 32)).number((int) value);
    }

    PayloadWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, octets, size, utf8.length);
        size += utf8.length;
        return this;
    }

    PayloadWriter instant(Instant value) {
        return longNumber(value.getEpochSecond()).number(value.getNano());
    }

    <T> PayloadWriter optional(Optional<T> value, Consumer<T> each) {
        flag(value.isPresent());
        value.ifPresent(each);
        return this;
    }

    <T> PayloadWriter list(Collection<T> values, Consumer<T> each) {
        number(values.size());
        values.forEach(each);
        return this;
    }

    PayloadWriter texts(Collection<String> values) {
        return list(values, this::text);
    }
}
