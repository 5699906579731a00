package org.bridgehead.core.dumpster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.bridgehead.core.dumpster.Dumpster.Item;
import org.bridgehead.core.topology.DumpsterSettings;
import org.junit.jupiter.api.Test;

/** What a dumpster keeps (BEHAVIOUR 4.1, DECISIONS 5.4), against a model that looks at every item each time. */
class DumpsterTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final int SEEDS = 500;
    private static final int STEPS = 400;

    /** All items in a list, oldest first; the sum is counted anew each time. */
    private static final class Naive {
        private final List<Item> items = new ArrayList<>();

        List<Long> offer(Item item, DumpsterSettings limits) {
            boolean off =
                    limits.maxSizePerStorageGroup() == 0 || limits.maxTime().isZero();
            if (!off && item.octets() <= limits.maxSizePerStorageGroup()) {
                items.add(item);
            }
            return expire(limits, item.at());
        }

        List<Long> expire(DumpsterSettings limits, Instant now) {
            List<Long> gone = new ArrayList<>();
            boolean off =
                    limits.maxSizePerStorageGroup() == 0 || limits.maxTime().isZero();
            while (!items.isEmpty()
                    && (off
                            || octets() > limits.maxSizePerStorageGroup()
                            || !items.get(0).at().plus(limits.maxTime()).isAfter(now))) {
                gone.add(items.remove(0).sequence());
            }
            return gone;
        }

        long octets() {
            return items.stream().mapToLong(Item::octets).sum();
        }

        List<Item> take(Instant from, Instant to) {
            List<Item> taken = new ArrayList<>();
            for (Iterator<Item> all = items.iterator(); all.hasNext(); ) {
                Item item = all.next();
                if (item.at().compareTo(from) >= 0 && item.at().compareTo(to) <= 0) {
                    taken.add(item);
                    all.remove();
                }
            }
            return taken;
        }
    }

    @Test
    void itKeepsWhatTheModelKeeps() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            play(seed);
        }
    }

    private static void play(long seed) {
        Random random = new Random(seed);
        Dumpster dumpster = new Dumpster();
        Naive naive = new Naive();
        DumpsterSettings limits = limits(random);
        Instant now = START;
        for (int step = 1; step <= STEPS; step++) {
            now = now.plusSeconds(random.nextInt(4000));
            String where = "seed " + seed + ", step " + step;
            int dice = random.nextInt(20);
            if (dice == 0) {
                limits = limits(random);
            } else if (dice == 1) {
                assertThat(dumpster.expire(limits, now)).as(where).isEqualTo(naive.expire(limits, now));
            } else if (dice == 2) {
                Instant from = now.minusSeconds(random.nextInt(40_000));
                Instant to = from.plusSeconds(random.nextInt(40_000));
                assertThat(dumpster.take(new RedeliveryWindow(from, to)))
                        .as(where)
                        .isEqualTo(naive.take(from, to));
            } else {
                Item item = new Item(step, 1 + random.nextInt(3000), now);
                Dumpster.Addition addition = dumpster.add(item, limits);
                assertThat(addition.evicted()).as(where).isEqualTo(naive.offer(item, limits));
                assertThat(addition.kept()).as(where).isEqualTo(naive.items.contains(item));
            }
            assertThat(dumpster.items()).as(where).isEqualTo(naive.items);
            assertThat(dumpster.octets()).as(where).isEqualTo(naive.octets());
            assertThat(dumpster.size()).as(where).isEqualTo(naive.items.size());
        }
    }

    private static DumpsterSettings limits(Random random) {
        long size = random.nextInt(8) == 0 ? 0 : 1000 + random.nextInt(20_000);
        Duration time = random.nextInt(8) == 0 ? Duration.ZERO : Duration.ofSeconds(5000 + random.nextInt(100_000));
        return new DumpsterSettings(size, time);
    }

    @Test
    void whatIsTooLongIsNotKeptAndEvictsNothing() {
        Dumpster dumpster = new Dumpster();
        DumpsterSettings limits = new DumpsterSettings(100, Duration.ofDays(7));
        dumpster.add(new Item(1, 60, START), limits);
        assertThat(dumpster.add(new Item(2, 101, START), limits)).isEqualTo(new Dumpster.Addition(false, List.of()));
        assertThat(dumpster.items()).containsExactly(new Item(1, 60, START));
    }

    /** The documented trap: one large message in a dumpster of little more than its size. */
    @Test
    void aLargeItemEvictsNearlyEverything() {
        Dumpster dumpster = new Dumpster();
        DumpsterSettings limits = DumpsterSettings.DEFAULT;
        for (int i = 0; i < 1000; i++) {
            dumpster.add(new Item(i, 18 << 10, START.plusSeconds(i)), limits);
        }
        assertThat(dumpster.size()).isEqualTo(1000);
        dumpster.add(new Item(1000, 17 << 20, START.plusSeconds(1000)), limits);
        assertThat(dumpster.size()).isEqualTo(57);
        assertThat(dumpster.oldest()).contains(START.plusSeconds(944));
    }

    /** New mail is delivered while the old items are still read back: these stand before it, and go first. */
    @Test
    void recoveredItemsStandBeforeNewOnes() {
        Dumpster dumpster = new Dumpster();
        DumpsterSettings limits = new DumpsterSettings(100, Duration.ofDays(7));
        dumpster.add(new Item(50, 60, START.plusSeconds(9)), limits);
        assertThat(dumpster.recovered(new Item(3, 30, START), limits, START.plusSeconds(9)))
                .isEmpty();
        assertThat(dumpster.recovered(new Item(4, 30, START.plusSeconds(1)), limits, START.plusSeconds(9)))
                .containsExactly(3L);
        assertThat(dumpster.items())
                .containsExactly(new Item(4, 30, START.plusSeconds(1)), new Item(50, 60, START.plusSeconds(9)));
    }

    @Test
    void noPositionIsTakenTwice() {
        Dumpster dumpster = new Dumpster();
        dumpster.add(new Item(1, 60, START), DumpsterSettings.DEFAULT);
        assertThatThrownBy(() -> dumpster.add(new Item(1, 60, START), DumpsterSettings.DEFAULT))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theWindowReachesFurtherThanTheLossOnBothSides() {
        RedeliveryWindow window =
                RedeliveryWindow.ofLoss(START, START.plusSeconds(600), Duration.ofHours(12), Duration.ofHours(1));
        assertThat(window.toString()).isEqualTo("2026-03-01T20:00:00Z to 2026-03-02T09:10:00Z");
        assertThat(window.contains(window.from())).isTrue();
        assertThat(window.contains(window.to())).isTrue();
        assertThat(window.contains(window.from().minusNanos(1))).isFalse();
        assertThat(window.contains(window.to().plusNanos(1))).isFalse();
    }

    /** The clock of the dead node was ahead: the window is one all the same. */
    @Test
    void aRecordFromTheFutureMakesNoWindowThatEndsBeforeItBegins() {
        RedeliveryWindow window =
                RedeliveryWindow.ofLoss(START.plusSeconds(900), START, Duration.ofMinutes(1), Duration.ofMinutes(2));
        assertThat(window).isEqualTo(new RedeliveryWindow(START.minusSeconds(60), START.plusSeconds(120)));
    }

    @Test
    void whoDoesNotAnswerIsAskedForSevenDays() {
        Instant at = START;
        List<Duration> asked = new ArrayList<>();
        for (var next = RequestSchedule.next(START, at); next.isPresent(); next = RequestSchedule.next(START, at)) {
            at = next.get();
            asked.add(Duration.between(START, at));
        }
        assertThat(asked.subList(0, 3))
                .containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(15));
        assertThat(asked).contains(Duration.ofHours(2), Duration.ofHours(48), Duration.ofDays(7));
        assertThat(asked.get(asked.size() - 1)).isEqualTo(RequestSchedule.LIMIT);
    }
}
