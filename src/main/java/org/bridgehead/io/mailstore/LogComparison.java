package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/** Compares the logs of two copies, octet by octet. */
final class LogComparison {
    private static final int BLOCK = 1 << 16;

    private LogComparison() {}

    /** The first generation of {@code one} that {@code other} has not, or has with other content. */
    static OptionalLong firstDifference(LogStorage one, LogStorage other) throws IOException {
        for (long generation : one.generations()) {
            if (!same(one, other, generation)) return OptionalLong.of(generation);
        }
        return OptionalLong.empty();
    }

    private static boolean same(LogStorage one, LogStorage other, long generation) throws IOException {
        if (!other.contains(generation) || one.size(generation) != other.size(generation)) return false;
        try (InputStream left = one.read(generation, 0);
                InputStream right = other.read(generation, 0)) {
            while (true) {
                byte[] block = left.readNBytes(BLOCK);
                if (!Arrays.equals(block, right.readNBytes(BLOCK))) return false;
                if (block.length == 0) return true;
            }
        }
    }
}
