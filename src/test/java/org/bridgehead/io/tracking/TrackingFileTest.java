package org.bridgehead.io.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransportId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on the disk: how it grows and shrinks, and how a message is found in it. */
class TrackingFileTest {
    private static final Instant DAY = Instant.parse("2026-03-02T23:00:00Z");

    @TempDir
    Path folder;

    private static TrackingEvent event(Instant time, int message) {
        return new TrackingEvent(
                time,
                TrackingEvent.Kind.RECEIVE,
                TrackingEvent.Source.SMTP,
                "A1",
                Optional.of("A"),
                new MessageId("<" + message + "@x.test>"),
                new InternalId(message),
                new TransportId(1, message),
                Optional.empty(),
                List.of(EmailAddress.of("b@x.test")),
                Optional.empty(),
                1,
                1000,
                "",
                "");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileADayAndNoneOlderThanItsTime() throws IOException {
        try (TrackingFile log = new TrackingFile(folder, new TrackingFile.Limits(1 << 20, 1 << 30, 2))) {
            for (int day = 0; day < 5; day++) {
                log.append(event(DAY.plus(Duration.ofDays(day)), 1));
            }
        }
        assertThat(files())
                .containsExactly("MSGTRK20260304-1.jsonl", "MSGTRK20260305-1.jsonl", "MSGTRK20260306-1.jsonl");
    }

    @Test
    void theOldestFilesMakeRoomAndNumbersAreNotUsedAgain() throws IOException {
        try (TrackingFile log = new TrackingFile(folder, new TrackingFile.Limits(1000, 2500, 30))) {
            for (int i = 1; i <= 30; i++) {
                log.append(event(DAY, i));
            }
        }
        assertThat(files()).hasSizeBetween(2, 4).doesNotContain("MSGTRK20260302-1.jsonl");
        assertThat(TrackingSearch.inFolder(folder, "30@x.test", 10)).hasSize(1);
        assertThat(TrackingSearch.inFolder(folder, "1@x.test", 10)).isEmpty();
    }

    @Test
    void aMessageIsFoundByEitherOfItsNamesAndInSpiteOfTornLines() throws IOException {
        try (TrackingFile log = new TrackingFile(folder)) {
            log.append(event(DAY, 1));
            log.append(event(DAY.plusSeconds(1), 11));
        }
        Path file = folder.resolve(files().get(0));
        Files.write(file, new byte[] {'{', '"', (byte) 0xC3, '\n'}, StandardOpenOption.APPEND);
        Files.writeString(file, "{\"messageId\":\"<1@x.test>\",\"tim", StandardOpenOption.APPEND);
        assertThat(TrackingSearch.inFolder(folder, "<1@X.test>", 10)).hasSize(1).allSatisfy(fields -> {
            assertThat(fields.get("internalId")).isEqualTo("1");
            assertThat(fields.get("recipients")).isEqualTo(List.of("b@x.test"));
            assertThat(fields.get("bytes")).isEqualTo(1000L);
        });
        assertThat(TrackingSearch.inFolder(folder, new TransportId(1, 11).toString(), 10))
                .hasSize(1);
        assertThatThrownBy(() -> TrackingSearch.inFolder(folder.resolve("nowhere"), "x", 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such folder");
    }
}
