package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.DumpsterSettings.Fit;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.DumpsterPlan.Group;
import org.bridgehead.whatif.DumpsterPlan.Load;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transport dumpster's reach and disk (BEHAVIOUR 4.1, W25), the reach held against a dumpster that is filled. */
class DumpsterPlanTest {
    private static final long KB = 1L << 10;
    private static final long MB = 1L << 20;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration WINDOW = Duration.ofHours(12);
    private static final Load LOAD = new Load(1200, Duration.ofHours(1), 64 * KB);

    private static Topology topology(long size, Duration time, int hubs, int groups, Replication replication) {
        Settings its = Settings.of("Contoso", "contoso.test");
        Settings settings = new Settings(
                its.name(),
                its.acceptedDomains(),
                its.routing(),
                Limits.DEFAULT,
                its.retry(),
                its.edgeRetry(),
                its.connections(),
                new DumpsterSettings(size, time),
                Optional.empty());
        List<Server> servers = new ArrayList<>();
        IntStream.rangeClosed(1, hubs).forEach(i -> servers.add(Server.hub("HT" + i, "Berlin")));
        MailboxRole role = new MailboxRole(
                replication,
                List.of(MailboxNode.embedded("MBX1A"), MailboxNode.embedded("MBX1B")),
                Optional.empty(),
                MountDial.BEST_AVAILABILITY,
                IntStream.rangeClosed(1, groups)
                        .mapToObj(i -> new StorageGroup("SG" + i, List.of("DB" + i)))
                        .toList());
        servers.add(new Server(
                "MBX1",
                Optional.of("berlin"),
                List.of(Role.MAILBOX),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                Optional.of(role)));
        return Topology.of(settings, List.of(Site.of("Berlin")), List.of(), servers);
    }

    private static Group first(DumpsterPlan plan) {
        return plan.groups().get(0);
    }

    private static Group plan(long size, Duration time, int hubs) {
        return first(DumpsterPlan.of(topology(size, time, hubs, 1, Replication.CCR), LOAD, WINDOW));
    }

    @Test
    void w25ThirtyStorageGroupsAndFifteenMegabytesTakeFourHundredAndFiftyMegabytesPerHub() {
        DumpsterPlan plan = DumpsterPlan.of(topology(15 * MB, WEEK, 2, 30, Replication.CCR), LOAD, WINDOW);
        assertThat(plan.diskPerHub()).isEqualTo(450 * MB);
        assertThat(plan.hubs())
                .containsExactly(
                        new DumpsterPlan.Hub("HT1", "berlin", 30, 450 * MB),
                        new DumpsterPlan.Hub("HT2", "berlin", 30, 450 * MB));
        assertThat(plan.settings().fit(plan.maxMessageSize())).isEqualTo(Fit.GOOD);
    }

    @Test
    void aSizeIsFilledInTheTimeTheRateTakes() {
        // 75 MB an hour into 20 MB: 16 minutes; three hubs in turn take three times as long.
        Group group = plan(20 * MB, WEEK, 3);
        assertThat(group.retained()).isEqualTo(Duration.ofMinutes(16));
        assertThat(group.retainedShared()).isEqualTo(Duration.ofMinutes(48));
        assertThat(group.afterLargest()).isEqualTo(Duration.ofMinutes(8));
        assertThat(group.bySize()).isTrue();
        assertThat(group.atRisk()).isTrue();
    }

    @Test
    void ageEndsWhatSizeDoesNot() {
        Group group = plan(910 * MB, Duration.ofHours(12), 2);
        assertThat(group.retained()).isEqualTo(Duration.ofHours(12));
        assertThat(group.retainedShared()).isEqualTo(Duration.ofHours(12));
        assertThat(group.bySize()).isFalse();
        assertThat(group.atRisk()).isFalse();
    }

    @Test
    void withoutMailEverythingIsKeptForTheWholeTime() {
        Topology topology = topology(20 * MB, WEEK, 2, 1, Replication.LCR);
        DumpsterPlan plan = DumpsterPlan.of(topology, new Load(0, Duration.ofSeconds(1), 1), WINDOW);
        assertThat(first(plan).retained()).isEqualTo(WEEK);
        assertThat(first(plan).mountLoss()).isEmpty();
    }

    @Test
    void offOrWithoutHubsKeepsNothing() {
        for (Group group : List.of(plan(0, WEEK, 2), plan(20 * MB, Duration.ZERO, 2), plan(20 * MB, WEEK, 0))) {
            assertThat(group.retained()).isZero();
            assertThat(group.retainedShared()).isZero();
            assertThat(group.atRisk()).isTrue();
        }
        assertThat(DumpsterPlan.of(topology(0, WEEK, 2, 3, Replication.CCR), LOAD, WINDOW)
                        .diskPerHub())
                .isZero();
    }

    @Test
    void onlyReplicatedServersCount() {
        for (Replication kind : List.of(Replication.NONE, Replication.SCC)) {
            DumpsterPlan plan = DumpsterPlan.of(topology(20 * MB, WEEK, 2, 3, kind), LOAD, WINDOW);
            assertThat(plan.groups()).isEmpty();
            assertThat(plan.diskPerHub()).isZero();
        }
    }

    @Test
    void tenMegabytesInEighteenEvictMoreThanHalfAndUncoverAnAutomaticMountInFifteen() {
        DumpsterPlan eighteen = DumpsterPlan.of(topology(18 * MB, WEEK, 1, 1, Replication.CCR), LOAD, WINDOW);
        assertThat(eighteen.evictedByLargest()).isEqualTo(10.0 / 18);
        // Six logs and the open one.
        assertThat(first(eighteen).mountLoss()).hasValue(6 * MB);
        assertThat(eighteen.coversMount(first(eighteen))).isTrue();
        DumpsterPlan fifteen = DumpsterPlan.of(topology(15 * MB, WEEK, 1, 1, Replication.CCR), LOAD, WINDOW);
        assertThat(fifteen.coversMount(first(fifteen))).isFalse();
    }

    @Test
    void whatDoesNotFitEvictsNothing() {
        DumpsterPlan plan = DumpsterPlan.of(topology(8 * MB, WEEK, 1, 1, Replication.CCR), LOAD, WINDOW);
        assertThat(plan.evictedByLargest()).isZero();
        assertThat(first(plan).afterLargest()).isEqualTo(first(plan).retained());
    }

    @Test
    void adviceFollowsTheLargestMessageAndTheWindow() {
        DumpsterPlan plan = DumpsterPlan.of(topology(20 * MB, WEEK, 2, 2, Replication.CCR), LOAD, WINDOW);
        assertThat(plan.advice())
                .extracting(DumpsterPlan.Advice::size)
                .containsExactly(25 * MB / 2, 15 * MB, 30 * MB, 910 * MB);
        DumpsterPlan.Advice window = plan.advice().get(3);
        assertThat(window.diskPerHub()).isEqualTo(1820 * MB);
        Group enough = first(DumpsterPlan.of(topology(window.size(), WEEK, 2, 2, Replication.CCR), LOAD, WINDOW));
        assertThat(enough.afterLargest()).isEqualTo(WINDOW);
    }

    @ParameterizedTest
    @CsvSource({
        "14155775, TOO_SMALL",
        "14155776, TIGHT",
        "15728639, TIGHT",
        "15728640, GOOD",
        "31457280, GOOD",
        "31457281, LARGE"
    })
    void fitHasItsBordersAt135And150And300Percent(long size, Fit fit) {
        assertThat(new DumpsterSettings(size, WEEK).fit(10 * MB)).isEqualTo(fit);
    }

    @Test
    void hugeSizesStopAtTheLargestNumber() {
        DumpsterPlan plan = DumpsterPlan.of(topology(Long.MAX_VALUE, WEEK, 2, 3, Replication.CCR), LOAD, WINDOW);
        assertThat(plan.diskPerHub()).isEqualTo(Long.MAX_VALUE);
        assertThat(first(plan).retained()).isEqualTo(WEEK);
    }

    @Test
    void aLoadHasSigns() {
        assertThatThrownBy(() -> new Load(-1, Duration.ofHours(1), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Load(1, Duration.ZERO, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Load(1, Duration.ofHours(1), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Hubs that deliver in turn, first in first out by size and age; the plan may be off by one message per hub. */
    @Test
    void theReachIsThatOfADumpsterThatIsFilled() {
        long seed = 20_071_201L;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int hubs = 1 + random.nextInt(4);
            long average = KB + random.nextInt((int) (200 * KB));
            int perHour = 1 + random.nextInt(5000);
            long size = (1 + random.nextInt(40)) * MB;
            Duration age = Duration.ofHours(1 + random.nextInt(48));
            Load load = new Load(perHour, Duration.ofHours(1), average);
            Group planned = first(DumpsterPlan.of(topology(size, age, hubs, 1, Replication.CCR), load, WINDOW));
            double gap = 3600.0 / perHour * hubs;
            assertThat((double) planned.retainedShared().toSeconds())
                    .as("seed %d, round %d", seed, round)
                    .isCloseTo(filled(hubs, average, gap / hubs, size, age.toSeconds()), within(2 * gap + 1));
        }
    }

    /** Seconds back to the oldest message on the first hub once all dumpsters are full. */
    private static double filled(int hubs, long average, double gap, long size, double age) {
        ArrayDeque<Double> first = new ArrayDeque<>();
        long held = 0;
        double now = 0;
        boolean full = false;
        for (long message = 0; !full || message % hubs != 1 % hubs; message++) {
            now = message * gap;
            if (message % hubs == 0) {
                first.addLast(now);
                held += average;
                while (held > size || now - first.peekFirst() > age) {
                    first.removeFirst();
                    held -= average;
                    full = true;
                }
            }
        }
        return now - first.peekFirst();
    }
}
