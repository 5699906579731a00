package org.bridgehead.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bridgehead.core.topology.Names;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant BEGIN = Instant.parse("2007-06-01T08:00:00Z");
    private static final List<String> SERVERS = List.of("HUB1", "hub10", "HUB2", "EDGE1");

    private final Schedule<String> schedule = new Schedule<>();

    private record Wanted(Instant at, String server, int number, String what) {}

    private static final Comparator<Wanted> ORDER = Comparator.comparing(Wanted::at)
            .thenComparing(Wanted::server, Names.ORDER)
            .thenComparingInt(Wanted::number);

    @Test
    void timeComesFirstThenTheServerThenTheOrderOfWanting() {
        schedule.add(BEGIN.plusMillis(2), "HUB1", "late");
        schedule.add(BEGIN.plusMillis(1), "HUB2", "second server");
        schedule.add(BEGIN.plusMillis(1), "HUB1", "first");
        schedule.add(BEGIN.plusMillis(1), "HUB1", "after it");
        assertThat(schedule.next()).isEqualTo(BEGIN.plusMillis(1));
        assertThat(schedule.take(BEGIN)).isNull();
        assertThat(taken(BEGIN.plusMillis(1))).containsExactly("first", "after it", "second server");
        assertThat(schedule.size()).isEqualTo(1);
        assertThat(taken(BEGIN.plusMillis(2))).containsExactly("late");
        assertThat(schedule.next()).isNull();
    }

    @Test
    void itIsTheOrderOfASortedListHoweverManyWait() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            Schedule<String> some = new Schedule<>();
            List<Wanted> expected = new ArrayList<>();
            Instant now = BEGIN;
            int most = 1 + random.nextInt(400);
            int spread = 1 + random.nextInt(1000);
            for (int i = 0; i < 2000; i++) {
                int dice = random.nextInt(200);
                if (dice == 0) {
                    String dead = SERVERS.get(random.nextInt(SERVERS.size()));
                    some.forget(dead);
                    expected.removeIf(wanted -> wanted.server().equals(dead));
                } else if (dice < 110 && expected.size() < most) {
                    String server = SERVERS.get(random.nextInt(SERVERS.size()));
                    Wanted wanted = new Wanted(now.plusMillis(random.nextInt(spread)), server, i, "what " + i);
                    some.add(wanted.at(), server, wanted.what());
                    expected.add(wanted);
                } else if (!expected.isEmpty()) {
                    expected.sort(ORDER);
                    Wanted first = expected.remove(0);
                    assertThat(some.next()).as("seed %d", seed).isEqualTo(first.at());
                    now = first.at();
                    assertThat(some.take(now)).as("seed %d", seed).isEqualTo(first.what());
                }
                assertThat(some.size()).as("seed %d", seed).isEqualTo(expected.size());
            }
        }
    }

    @Test
    void timesThatAreCenturiesApartKeepTheirOrder() {
        schedule.add(BEGIN, "HUB1", "now");
        schedule.add(Instant.MAX, "HUB1", "never");
        schedule.add(BEGIN.plusSeconds(40_000_000_000L), "HUB1", "much later");
        schedule.add(BEGIN.plusSeconds(20_000_000_000L), "HUB1", "later");
        assertThat(taken(Instant.MAX)).containsExactly("now", "later", "much later", "never");
    }

    @Test
    void serversAreWokenWhenNothingElseIsDue() {
        schedule.wake("HUB2", BEGIN);
        schedule.wake("HUB1", BEGIN.plusMillis(5));
        schedule.wake("HUB1", BEGIN);
        schedule.wake("HUB3", BEGIN);
        schedule.forget("HUB3");
        schedule.add(BEGIN.plusMillis(1), "HUB1", "later");
        assertThat(schedule.next()).isEqualTo(BEGIN);
        assertThat(schedule.waking("HUB1")).contains(BEGIN);
        assertThat(schedule.take(BEGIN)).isNull();
        assertThat(schedule.takeWaking(BEGIN)).isEqualTo("HUB1");
        assertThat(schedule.takeWaking(BEGIN)).isEqualTo("HUB2");
        assertThat(schedule.takeWaking(BEGIN)).isNull();
        assertThat(schedule.waking("HUB1")).isEqualTo(Optional.empty());
        assertThat(schedule.size()).isEqualTo(1);
    }

    private List<String> taken(Instant now) {
        List<String> all = new ArrayList<>();
        for (String what = schedule.take(now); what != null; what = schedule.take(now)) {
            all.add(what);
        }
        return all;
    }
}
