package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bridgehead.core.mail.TransportId;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
    private static final Instant NOON = Instant.parse("2007-06-01T12:00:00Z");
    private static final TransportId MAIL = new TransportId(1, 2);

    private final DuplicateFilter filter = new DuplicateFilter(Duration.ofDays(10), 100);

    @Test
    void aFirstDeliveryIsNeverDropped() {
        assertThat(filter.drops(MAIL, "anna")).isFalse();
    }

    @Test
    void aRepeatedCopyIsDroppedForTheMailboxThatHasItOnly() {
        filter.delivered(MAIL, "anna", NOON);
        assertThat(filter.drops(MAIL, "ANNA")).isTrue();
        assertThat(filter.drops(MAIL, "bert")).isFalse();
        assertThat(filter.drops(new TransportId(1, 3), "anna")).isFalse();
    }

    @Test
    void historyOlderThanTheRetentionIsForgotten() {
        filter.delivered(MAIL, "anna", NOON);
        filter.delivered(new TransportId(9, 9), "anna", NOON.plus(Duration.ofDays(10)));
        assertThat(filter.drops(MAIL, "anna")).isTrue();
        filter.delivered(
                new TransportId(9, 8), "anna", NOON.plus(Duration.ofDays(10)).plusNanos(1));
        assertThat(filter.drops(MAIL, "anna")).isFalse();
    }

    @Test
    void aClockThatStepsBackForgetsNothing() {
        filter.delivered(MAIL, "anna", NOON);
        filter.delivered(new TransportId(9, 9), "anna", NOON.minus(Duration.ofDays(100)));
        assertThat(filter.drops(MAIL, "anna")).isTrue();
    }

    @Test
    void onlyTheNewestEntriesAreKept() {
        for (int i = 0; i < 250; i++) filter.delivered(new TransportId(0, i), "anna", NOON);
        assertThat(filter.size()).isEqualTo(100);
        assertThat(filter.drops(new TransportId(0, 149), "anna")).isFalse();
        assertThat(filter.drops(new TransportId(0, 150), "anna")).isTrue();
    }

    @Test
    void retentionOutlivesTheDumpster() {
        assertThat(DuplicateFilter.retentionFor(Duration.ofDays(7))).isGreaterThan(Duration.ofDays(9));
        assertThatThrownBy(() -> new DuplicateFilter(Duration.ZERO, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agreesWithAListOfEverythingEverDelivered() {
        long seed = System.nanoTime();
        System.out.println("DuplicateFilterTest seed " + seed);
        Random random = new Random(seed);
        record Entry(TransportId id, String mailbox, Instant at) {}
        List<Entry> model = new ArrayList<>();
        Instant now = NOON;
        for (int i = 0; i < 5_000; i++) {
            now = now.plusSeconds(random.nextInt(40_000));
            TransportId id = new TransportId(0, random.nextInt(60));
            String mailbox = "m" + random.nextInt(3);
            boolean known = model.stream().anyMatch(e -> e.id.equals(id) && e.mailbox.equals(mailbox));
            assertThat(filter.drops(id, mailbox))
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(known);
            if (known) continue;
            filter.delivered(id, mailbox, now);
            model.removeIf(e -> e.id.equals(id) && e.mailbox.equals(mailbox));
            model.add(new Entry(id, mailbox, now));
            Instant oldest = now.minus(Duration.ofDays(10));
            model.removeIf(e -> e.at.isBefore(oldest));
            while (model.size() > 100) model.remove(0);
        }
    }

    @Test
    void positionsOrderByGenerationThenOffset() {
        List<LogPosition> positions =
                new ArrayList<>(List.of(new LogPosition(2, 0), new LogPosition(1, 900), new LogPosition(1, 5)));
        positions.sort(null);
        assertThat(positions).hasToString("[1:5, 1:900, 2:0]");
        assertThatThrownBy(() -> new LogPosition(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
