package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every spool does. Longer than most files: a spool is held to one contract, read in one place. */
interface SpoolContract {
    Shard HUB = new Shard("BER-HT1");
    Shard OTHER = new Shard("MUC-HT1");
    StorageGroupId GROUP = new StorageGroupId("BER-MB1", "First Storage Group");

    Home home(Path folder) throws IOException;

    // ---- helpers

    static SpoolRecord.Accepted accept(Spool spool, Shard shard, byte[] mail) throws IOException {
        BodyRef body = spool.body(new ByteArrayInputStream(mail));
        InternalId id = spool.allocate(shard);
        SpoolRecord.Accepted accepted = new RandomRecords(id.value()).accepted(id, body);
        spool.write(shard, List.of(accepted), true);
        return accepted;
    }

    static List<Recovered> recovered(Spool spool, Shard shard) throws IOException {
        List<Recovered> all = new ArrayList<>();
        spool.recover(shard, all::add);
        return all;
    }

    static byte[] octets(Spool spool, BodyRef body) throws IOException {
        try (InputStream in = spool.read(body)) {
            return in.readAllBytes();
        }
    }

    static byte[] mail(int size) {
        return new RandomRecords(size).octets(size);
    }

    static Recovered message(SpoolRecord... records) {
        return new Recovered.Message(List.of(records));
    }

    // ---- what is written is there

    @Test
    default void acceptedMailIsOfferedAgainAfterACrash(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            SpoolRecord.Accepted accepted = accept(home.spool(), HUB, mail(5000));
            Spool after = home.crash();
            assertThat(recovered(after, HUB)).containsExactly(message(accepted));
            assertThat(octets(after, accepted.body())).isEqualTo(mail(5000));
        }
    }

    /** Of all that is written before the first is made safe, one sync makes all safe. */
    @Test
    default void whatIsWrittenAheadIsSafeOnceItIsKept(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            accept(spool, HUB, mail(1));
            long syncs = spool.status().syncs();
            List<SpoolRecord.Accepted> all = new ArrayList<>();
            List<Spool.Ahead> written = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                BodyRef body = spool.body(new ByteArrayInputStream(mail(100 * i)));
                SpoolRecord.Accepted accepted = new RandomRecords(i).accepted(spool.allocate(HUB), body);
                written.add(spool.writeAhead(HUB, List.of(accepted)));
                all.add(accepted);
            }
            for (Spool.Ahead ahead : written) {
                ahead.kept();
            }
            assertThat(spool.status().messages()).isEqualTo(21);
            if (!(spool instanceof MemorySpool)) {
                assertThat(spool.status().syncs() - syncs).isEqualTo(1);
            }
            for (SpoolRecord.Accepted accepted : all) {
                assertThat(octets(spool, accepted.body()))
                        .hasSize((int) accepted.body().size());
            }
            Spool after = home.crash();
            assertThat(recovered(after, HUB))
                    .hasSize(21)
                    .containsAll(all.stream().map(SpoolContract::message).toList());
        }
    }

    @Test
    default void everyRecordOfAMessageComesBackInOrder(@TempDir Path folder) throws IOException {
        RandomRecords random = new RandomRecords(11);
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            SpoolRecord.Accepted accepted = accept(spool, HUB, mail(10));
            CopyId original = CopyId.original(accepted.id());
            CopyId first = new CopyId(accepted.id(), 1);
            CopyId second = new CopyId(accepted.id(), 2);
            SpoolRecord.CopyMade one = random.copyMade(first);
            SpoolRecord.CopyMade two = random.copyMade(second);
            SpoolRecord.Settled settled = new SpoolRecord.Settled(second, RecipientBits.of(List.of(0, 2)));
            SpoolRecord.Expanded expanded = new SpoolRecord.Expanded(original);
            spool.write(HUB, List.of(two, one, settled, expanded), false);
            spool.write(HUB, List.of(new SpoolRecord.Settled(second, RecipientBits.of(List.of(1)))), false);
            SpoolRecord.Settled merged = new SpoolRecord.Settled(second, RecipientBits.firstOf(3));
            LoadedMessage expected = new LoadedMessage(List.of(accepted, one, two, merged, expanded));
            assertThat(spool.load(HUB, accepted.id())).contains(expected);
            assertThat(spool.load(HUB, List.of(second, new CopyId(new InternalId(999), 0))))
                    .containsExactly(new LoadedMessage(List.of(accepted, two, merged)));
            assertThat(expected.settled(second)).isEqualTo(RecipientBits.firstOf(3));
            assertThat(expected.settled(first)).isEqualTo(RecipientBits.none());
            assertThat(expected.expanded(original)).isTrue();
            assertThat(recovered(home.reopen(), HUB)).containsExactly(new Recovered.Message(expected.records()));
        }
    }

    @Test
    default void whatWasTakenOutlivesItsMessageAndIsToldToItsShardOnly(@TempDir Path folder) throws IOException {
        TransportId message = new TransportId(1, 2);
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            BodyRef body = spool.body(new ByteArrayInputStream(mail(100)));
            InternalId id = spool.allocate(HUB);
            SpoolRecord.Accepted accepted = new RandomRecords(1).accepted(id, body);
            SpoolRecord.Taken first = new RandomRecords(2).taken(id, message);
            SpoolRecord.Taken second = new RandomRecords(3).taken(spool.allocate(HUB), message);
            spool.write(HUB, List.of(accepted, first), true);
            spool.write(HUB, List.of(second), true);
            spool.write(HUB, List.of(new SpoolRecord.Released(id)), true);
            long identity = spool.identity();
            Spool after = home.crash();
            assertThat(after.taken(HUB, message)).containsExactly(first, second);
            assertThat(after.taken(OTHER, message)).isEmpty();
            assertThat(after.taken(HUB, new TransportId(1, 3))).isEmpty();
            assertThat(recovered(after, HUB)).isEmpty();
            assertThat(after.status().bodies()).isZero();
            assertThat(after.identity()).isEqualTo(identity).isNotZero();
        }
    }

    @Test
    default void requestsAndDumpsterItemsComeBeforeMessagesOldestFirst(@TempDir Path folder) throws IOException {
        RandomRecords random = new RandomRecords(12);
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            SpoolRecord.Accepted first = accept(spool, HUB, mail(10));
            SpoolRecord.Accepted second = accept(spool, HUB, mail(20));
            SpoolRecord.Held early = random.held(GROUP, -1, first.body());
            SpoolRecord.Held late = random.held(GROUP, 300, first.body());
            SpoolRecord.Requested request = random.requested(1, GROUP);
            SpoolRecord.Requested done = random.requested(2, GROUP);
            spool.write(HUB, List.of(late, early, done, request), false);
            spool.write(HUB, List.of(new SpoolRecord.RequestDone(2)), false);
            assertThat(recovered(home.reopen(), HUB))
                    .containsExactly(
                            new Recovered.Request(request),
                            new Recovered.HeldItem(early),
                            new Recovered.HeldItem(late),
                            message(first),
                            message(second));
        }
    }

    @Test
    default void aBatchSeesItsOwnRecords(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            BodyRef body = spool.body(new ByteArrayInputStream(mail(100)));
            InternalId id = spool.allocate(HUB);
            SpoolRecord.Accepted accepted = new RandomRecords(1).accepted(id, body);
            SpoolRecord.Held held = new RandomRecords(2).held(GROUP, 1, body);
            CopyId copy = CopyId.original(id);
            spool.write(
                    HUB,
                    List.of(
                            accepted,
                            new SpoolRecord.Settled(copy, RecipientBits.firstOf(1)),
                            held,
                            new SpoolRecord.Settled(copy, RecipientBits.firstOf(2)),
                            new SpoolRecord.Released(id)),
                    true);
            assertThat(octets(spool, body)).isEqualTo(mail(100));
            assertThat(recovered(home.reopen(), HUB)).containsExactly(new Recovered.HeldItem(held));
        }
    }

    @Test
    default void shardsAreApartAndNamedIgnoringCase(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            SpoolRecord.Accepted here = accept(home.spool(), HUB, mail(10));
            SpoolRecord.Accepted there = accept(home.spool(), OTHER, mail(20));
            Spool after = home.reopen();
            assertThat(after.shards()).containsExactly(HUB, OTHER);
            assertThat(recovered(after, new Shard("ber-ht1"))).containsExactly(message(here));
            assertThat(recovered(after, OTHER)).containsExactly(message(there));
        }
    }

    // ---- numbers

    @Test
    default void numbersGrowAndNeverRepeat(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            List<Long> given = new ArrayList<>();
            Spool spool = home.spool();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < Allocator.BLOCK + 10; i++) {
                    given.add(spool.allocate(HUB).value());
                }
                spool = round == 0 ? home.reopen() : home.crash();
            }
            assertThat(given).doesNotHaveDuplicates().isSorted();
        }
    }

    // ---- bodies

    @Test
    default void bodiesOfAllSizesComeBack(@TempDir Path folder) throws IOException {
        int chunk = Bodies.CHUNK;
        try (Home home = home(folder)) {
            List<SpoolRecord.Accepted> accepted = new ArrayList<>();
            for (int size : new int[] {0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 20 * chunk + 7}) {
                accepted.add(accept(home.spool(), HUB, mail(size)));
            }
            Spool after = home.crash();
            for (SpoolRecord.Accepted each : accepted) {
                assertThat(octets(after, each.body()))
                        .isEqualTo(mail((int) each.body().size()));
            }
        }
    }

    @Test
    default void aFreshBodyCanBeReadBeforeARecordNamesIt(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            BodyRef body = home.spool().body(new ByteArrayInputStream(mail(200_000)));
            assertThat(octets(home.spool(), body)).isEqualTo(mail(200_000));
        }
    }

    @Test
    default void theLastHolderTakesTheBodyWithIt(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            SpoolRecord.Accepted accepted = accept(spool, HUB, mail(100_000));
            spool.write(HUB, List.of(new RandomRecords(1).held(GROUP, 7, accepted.body())), false);
            spool.write(HUB, List.of(new SpoolRecord.Released(accepted.id())), false);
            spool = home.reopen();
            assertThat(octets(spool, accepted.body())).isEqualTo(mail(100_000));
            assertThat(spool.status().bodies()).isEqualTo(1);
            assertThat(spool.status().held()).isEqualTo(1);
            assertThat(spool.status().messages()).isZero();
            spool.write(HUB, List.of(new SpoolRecord.Evicted(GROUP, 7)), false);
            Spool end = home.reopen();
            assertThat(end.status().bodies()).isZero();
            assertThatThrownBy(() -> octets(end, accepted.body())).isInstanceOf(IOException.class);
            assertThat(recovered(end, HUB)).isEmpty();
        }
    }

    @Test
    default void redeliveryAcceptsADumpsterBodyAgain(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            SpoolRecord.Accepted first = accept(spool, HUB, mail(500));
            spool.write(
                    HUB,
                    List.of(new RandomRecords(1).held(GROUP, 7, first.body()), new SpoolRecord.Released(first.id())),
                    false);
            InternalId again = spool.allocate(HUB);
            SpoolRecord.Accepted second = new RandomRecords(2).accepted(again, first.body());
            spool.write(HUB, List.of(second, new SpoolRecord.Evicted(GROUP, 7)), true);
            assertThat(recovered(home.reopen(), HUB)).containsExactly(message(second));
            assertThat(octets(home.spool(), first.body())).isEqualTo(mail(500));
        }
    }

    @Test
    default void aRecordCannotNameABodyThatIsNotThere(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            SpoolRecord.Accepted gone = accept(spool, HUB, mail(10));
            spool.write(HUB, List.of(new SpoolRecord.Released(gone.id())), true);
            BodyWriter discarded = spool.newBody();
            BodyRef body = discarded.finish();
            discarded.discard();
            for (BodyRef missing : List.of(gone.body(), body)) {
                SpoolRecord.Accepted accepted = new RandomRecords(1).accepted(spool.allocate(HUB), missing);
                assertThatThrownBy(() -> spool.write(HUB, List.of(accepted), true))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(recovered(spool, HUB)).isEmpty();
        }
    }

    @Test
    default void orphansOfAnEarlierProcessAreSweptAndNothingElse(@TempDir Path folder) throws IOException {
        try (Home home = home(folder)) {
            SpoolRecord.Accepted kept = accept(home.spool(), HUB, mail(300_000));
            home.spool().body(new ByteArrayInputStream(mail(400_000)));
            Spool after = home.crash();
            BodyWriter writing = after.newBody();
            writing.write(mail(200_000), 0, 200_000);
            long bytes = after.status().bytes();
            boolean sameProcess = after == home.spool() && after instanceof MemorySpool;
            assertThat(after.sweepOrphans()).isEqualTo(sameProcess ? 0 : 1);
            assertThat(after.sweepOrphans()).isZero();
            assertThat(bytes).isPositive();
            BodyRef written = writing.finish();
            after.write(HUB, List.of(new RandomRecords(3).accepted(after.allocate(HUB), written)), true);
            Spool end = home.reopen();
            assertThat(octets(end, written)).isEqualTo(mail(200_000));
            assertThat(octets(end, kept.body())).isEqualTo(mail(300_000));
        }
    }

    // ---- many at once

    @Test
    default void manyWritersAtOnce(@TempDir Path folder) throws Exception {
        int writers = 16;
        int each = 50;
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            Set<Long> left = Collections.synchronizedSet(new TreeSet<>());
            inParallel(writers, writer -> {
                for (int i = 0; i < each; i++) {
                    SpoolRecord.Accepted accepted =
                            accept(spool, writer % 2 == 0 ? HUB : OTHER, mail(writer * 100 + i));
                    if (i % 2 == 0) {
                        spool.write(
                                writer % 2 == 0 ? HUB : OTHER, List.of(new SpoolRecord.Released(accepted.id())), false);
                    } else if (writer % 2 == 0) {
                        left.add(accepted.id().value());
                    }
                }
                return true;
            });
            assertThat(spool.status().messages()).isEqualTo(writers * each / 2);
            Spool after = home.crash();
            assertThat(after.status().messages()).isEqualTo(writers * each / 2);
            assertThat(ids(recovered(after, HUB)))
                    .isEqualTo(new ArrayList<>(left))
                    .isSorted();
        }
    }

    @Test
    default void oneBodySharedByTwoHubsGoesExactlyOnce(@TempDir Path folder) throws Exception {
        try (Home home = home(folder)) {
            Spool spool = home.spool();
            for (int round = 0; round < 50; round++) {
                SpoolRecord.Accepted accepted = accept(spool, HUB, mail(70_000));
                long sequence = round;
                spool.write(HUB, List.of(new RandomRecords(1).held(GROUP, sequence, accepted.body())), false);
                inParallel(2, side -> {
                    SpoolRecord end = side == 0
                            ? new SpoolRecord.Released(accepted.id())
                            : new SpoolRecord.Evicted(GROUP, sequence);
                    spool.write(HUB, List.of(end), false);
                    return true;
                });
                assertThatThrownBy(() -> octets(spool, accepted.body())).isInstanceOf(IOException.class);
            }
            assertThat(spool.status().bodies()).isZero();
        }
    }

    @Test
    default void recoveryTakesNothingThatCameAfterItBegan(@TempDir Path folder) throws Exception {
        try (Home home = home(folder)) {
            List<Long> before = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                before.add(acceptUnsynced(home.spool(), i).id().value());
            }
            Spool spool = home.reopen();
            InternalId early = spool.allocate(HUB);
            List<Recovered> found = new ArrayList<>();
            try (Recovery recovery = spool.beginRecovery(HUB)) {
                BodyRef body = spool.body(new ByteArrayInputStream(mail(5)));
                spool.write(HUB, List.of(new RandomRecords(1).accepted(early, body)), false);
                spool.write(HUB, List.of(new RandomRecords(2).held(GROUP, 1, body)), false);
                recovery.forEach(each -> {
                    found.add(each);
                    if (found.size() % 10 == 0) {
                        try {
                            acceptUnsynced(spool, found.size());
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                });
            }
            assertThat(ids(found)).isEqualTo(before);
            assertThat(found).hasSameSizeAs(before);
            assertThat(ids(recovered(spool, HUB))).hasSize(1500 + 150 + 1);
        }
    }

    private static SpoolRecord.Accepted acceptUnsynced(Spool spool, int seed) throws IOException {
        BodyRef body = spool.body(new ByteArrayInputStream(mail(seed % 3000)));
        SpoolRecord.Accepted accepted = new RandomRecords(seed).accepted(spool.allocate(HUB), body);
        spool.write(HUB, List.of(accepted), false);
        return accepted;
    }

    static List<Long> ids(List<Recovered> recovered) {
        return recovered.stream()
                .filter(Recovered.Message.class::isInstance)
                .map(each -> ((SpoolRecord.Accepted)
                                ((Recovered.Message) each).records().get(0))
                        .id()
                        .value())
                .toList();
    }

    /** One task of a group. */
    interface Task {
        boolean run(int number) throws IOException;
    }

    static void inParallel(int count, Task task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                tasks.add(() -> task.run(number));
            }
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- against a naive model

    @Test
    default void behavesLikeANaiveModel(@TempDir Path folder) throws IOException {
        long seed = Long.getLong("spool.seed", System.nanoTime());
        System.out.println("spool model: -Dspool.seed=" + seed);
        Random random = new Random(seed);
        try (Home home = home(folder)) {
            SpoolModel model = new SpoolModel();
            for (int step = 0; step < 1500; step++) {
                Shard shard = random.nextBoolean() ? HUB : OTHER;
                model.randomBatch(home.spool(), shard, random);
                if (random.nextInt(100) == 0) {
                    if (random.nextBoolean()) {
                        home.reopen();
                    } else {
                        home.crash();
                    }
                    model.check(home.spool(), "seed " + seed + ", step " + step);
                }
            }
            model.check(home.spool(), "seed " + seed + ", at the end");
        }
    }

    // ---- state

    @Test
    default void aClosedSpoolRefuses(@TempDir Path folder) throws IOException {
        Home home = home(folder);
        Spool spool = home.spool();
        home.close();
        assertThatThrownBy(() -> accept(spool, HUB, mail(1))).isInstanceOf(IOException.class);
        assertThat(spool.status().healthy()).isFalse();
    }
}
