package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of the port; both storages pass it. */
class LogStorageTest {
    @TempDir
    static Path folder;

    private static int number;

    static Stream<LogStorage> storages() throws IOException {
        return Stream.of(new MemoryLogStorage(), new FileLogStorage(folder.resolve("log" + number++)));
    }

    @ParameterizedTest
    @MethodSource("storages")
    void whatWasAppendedIsRead(LogStorage log) throws IOException {
        try (log) {
            assertThat(log.generations()).isEmpty();
            log.begin(1);
            append(log, "one");
            log.begin(2);
            append(log, "two");
            append(log, "x".repeat(100_000));
            log.sync();
            assertThat(log.generations()).containsExactly(1L, 2L);
            assertThat(log.size(1)).isEqualTo(3);
            assertThat(read(log, 1, 1)).isEqualTo("ne");
            assertThat(read(log, 2, 0)).hasSize(100_003).startsWith("twox");
            assertThatThrownBy(() -> log.read(3, 0)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("storages")
    void endsCanBeCutAndContinued(LogStorage log) throws IOException {
        try (log) {
            log.begin(1);
            append(log, "abcdef");
            log.begin(2);
            append(log, "gone");
            log.remove(2);
            log.truncate(1, 4);
            log.resume(1);
            append(log, "XY");
            log.sync();
            assertThat(log.generations()).containsExactly(1L);
            assertThat(read(log, 1, 0)).isEqualTo("abcdXY");
        }
    }

    @ParameterizedTest
    @MethodSource("storages")
    void whatIsReceivedCountsOnceAdmitted(LogStorage log) throws IOException {
        try (log) {
            assertThat(log.receive(1, octets("dropped"))).isEqualTo(7);
            log.dropReceived();
            log.dropReceived();
            assertThatThrownBy(() -> log.readReceived(0)).isInstanceOf(IOException.class);
            assertThatThrownBy(log::admit).isInstanceOf(IOException.class);
            log.receive(1, octets("replaced"));
            log.receive(2, octets("received"));
            assertThat(log.generations()).isEmpty();
            assertThat(log.contains(2)).isFalse();
            try (InputStream in = log.readReceived(2)) {
                assertThat(in.readAllBytes()).isEqualTo(Node.text("ceived"));
            }
            log.admit();
            assertThat(log.generations()).containsExactly(2L);
            assertThat(read(log, 2, 0)).isEqualTo("received");
            assertThat(log.checksum(2)).isEqualTo(LogFrame.checksum(Node.text("received")) & 0xFFFFFFFFL);
        }
    }

    @ParameterizedTest
    @MethodSource("storages")
    void whatWasSyncedSurvivesACrash(LogStorage log) throws IOException {
        log.begin(1);
        append(log, "kept");
        log.sync();
        append(log, "perhaps");
        log.begin(2);
        log.crash();
        assertThat(read(log, 1, 0)).startsWith("kept");
        assertThat("keptperhaps").startsWith(read(log, 1, 0));
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(Node.text(text));
    }

    private static void append(LogStorage log, String text) throws IOException {
        log.append(ByteBuffer.wrap(Node.text(text)));
    }

    private static String read(LogStorage log, long generation, long offset) throws IOException {
        try (InputStream in = log.read(generation, offset)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
