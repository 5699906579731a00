package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.InternalId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: what was synced is recovered or reported; nothing goes silently. */
class RocksDamageTest {
    private static final Shard HUB = SpoolContract.HUB;

    @TempDir
    Path folder;

    @Test
    void aSecondProcessIsToldWhoHasTheSpool() throws IOException {
        try (Spool spool = RocksSpool.open(folder)) {
            assertThat(spool.status().healthy()).isTrue();
            assertThatThrownBy(() -> RocksSpool.open(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }
        RocksSpool.open(folder).close();
    }

    @Test
    void aFlippedBitLosesNothingSilently() throws IOException {
        flipBits(40);
    }

    @Test
    @Tag("soak")
    void aFlippedBitLosesNothingSilentlyAtLength() throws IOException {
        flipBits(200);
    }

    private void flipBits(int trials) throws IOException {
        long seed = Long.getLong("spool.seed", System.nanoTime());
        Random random = new Random(seed);
        System.out.println("flipped bits: -Dspool.seed=" + seed);
        Map<Long, SpoolRecord.Accepted> expected = new TreeMap<>();
        Path original = folder.resolve("original");
        variedStore(original, expected, random);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int trial = 0; trial < trials; trial++) {
            Path copy = folder.resolve("copy");
            Folders.delete(copy);
            RocksHome.copy(original, copy);
            List<Path> files = new ArrayList<>();
            for (String glob : List.of("*.sst", "*.blob", "*.log", "MANIFEST-*", "CURRENT")) {
                files.addAll(StoreFolder.files(copy.resolve("store"), glob));
            }
            files.removeIf(file -> file.toFile().length() == 0);
            Path file = files.get(random.nextInt(files.size()));
            long at = flip(file, random);
            String what = "seed " + seed + ", trial " + trial + ", " + file.getFileName() + " at " + at;
            String outcome = checkNothingSilent(copy, expected, what);
            outcomes.merge(file.getFileName().toString().replaceAll("[0-9-]+", "") + " " + outcome, 1, Integer::sum);
        }
        System.out.println(outcomes);
    }

    /** Several tables and blob files, a log with the latest, things deleted in each stage. */
    private static void variedStore(Path original, Map<Long, SpoolRecord.Accepted> expected, Random random)
            throws IOException {
        Path live = original.resolveSibling("live");
        for (int stage = 0; stage < 4; stage++) {
            Spool spool = RocksSpool.open(live);
            for (int i = 0; i < 60; i++) {
                int size = random.nextInt(8) == 0 ? random.nextInt(150_000) : random.nextInt(2000);
                accept(spool, size, expected);
            }
            for (Long id : List.copyOf(expected.keySet())) {
                if (random.nextInt(3) == 0) {
                    spool.write(HUB, List.of(new SpoolRecord.Released(new InternalId(id))), true);
                    expected.remove(id);
                }
            }
            if (stage == 3) {
                RocksHome.copy(live, original);
            }
            spool.close();
        }
    }

    private static void accept(Spool spool, int size, Map<Long, SpoolRecord.Accepted> expected) throws IOException {
        InternalId id = spool.allocate(HUB);
        BodyRef body = spool.body(new ByteArrayInputStream(mailOf(id.value(), size)));
        SpoolRecord.Accepted accepted = new RandomRecords(id.value()).accepted(id, body);
        spool.write(HUB, List.of(accepted), true);
        expected.put(id.value(), accepted);
    }

    private static byte[] mailOf(long id, long size) {
        return new RandomRecords(id).octets((int) size);
    }

    private static long flip(Path file, Random random) throws IOException {
        try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "rw")) {
            long at = (long) (random.nextDouble() * octets.length());
            octets.seek(at);
            int before = octets.read();
            octets.seek(at);
            octets.write(before ^ 1 << random.nextInt(8));
            return at;
        }
    }

    private static String checkNothingSilent(Path copy, Map<Long, SpoolRecord.Accepted> expected, String what)
            throws IOException {
        try (Spool spool = RocksSpool.open(copy)) {
            List<Recovered> all = SpoolContract.recovered(spool, HUB);
            Map<Long, SpoolRecord> found = new HashMap<>();
            all.stream().filter(Recovered.Message.class::isInstance).forEach(each -> {
                SpoolRecord.Accepted accepted = (SpoolRecord.Accepted)
                        ((Recovered.Message) each).records().get(0);
                found.put(accepted.id().value(), accepted);
            });
            long torn = all.stream().filter(Recovered.Torn.class::isInstance).count();
            assertThat(spool.status().torn()).as(what).isEqualTo(torn);
            int lost = 0;
            int unreadable = 0;
            for (SpoolRecord.Accepted each : expected.values()) {
                SpoolRecord back = found.remove(each.id().value());
                if (back == null) {
                    lost++;
                } else {
                    assertThat(back).as(what).isEqualTo(each);
                    unreadable += isReadable(spool, each, what) ? 0 : 1;
                }
            }
            assertThat(lost == 0 || torn > 0)
                    .as("%s: %d lost, %d reported", what, lost, torn)
                    .isTrue();
            assertThat(found.isEmpty() || torn > 0)
                    .as("%s: %s came back", what, found.keySet())
                    .isTrue();
            assertThat(expected.keySet()).as(what).doesNotContain(acceptAfterRefusal(spool));
            return (torn > 0 ? "reported" : "unnoticed")
                    + (lost > 0 ? " lost" : "")
                    + (unreadable > 0 ? " unreadable" : "")
                    + (found.isEmpty() ? "" : " returned");
        }
    }

    /** A compaction in the background may meet the damage and make one write fail; the next one finds the store salvaged. */
    private static long acceptAfterRefusal(Spool spool) throws IOException {
        Map<Long, SpoolRecord.Accepted> accepted = new TreeMap<>();
        try {
            accept(spool, 100, accepted);
        } catch (IOException e) {
            accept(spool, 100, accepted);
        }
        return accepted.keySet().iterator().next();
    }

    private static boolean isReadable(Spool spool, SpoolRecord.Accepted each, String what) {
        try {
            assertThat(SpoolContract.octets(spool, each.body()))
                    .as(what)
                    .isEqualTo(mailOf(each.id().value(), each.body().size()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aCutLogKeepsEverythingSyncedBeforeTheCut() throws IOException {
        long seed = Long.getLong("spool.seed", System.nanoTime());
        Random random = new Random(seed);
        System.out.println("cut log: -Dspool.seed=" + seed);
        Path live = folder.resolve("live");
        TreeMap<Long, Long> endOf = new TreeMap<>();
        Path original = folder.resolve("original");
        try (Spool spool = RocksSpool.open(live)) {
            Map<Long, SpoolRecord.Accepted> accepted = new TreeMap<>();
            for (int i = 0; i < 200; i++) {
                accept(spool, random.nextInt(10) == 0 ? 150_000 : random.nextInt(3000), accepted);
                endOf.put(Files.size(lastLog(live)), spool.allocate(HUB).value() - 1);
            }
            RocksHome.copy(live, original);
        }
        for (int trial = 0; trial < 15; trial++) {
            Path copy = folder.resolve("copy");
            Folders.delete(copy);
            RocksHome.copy(original, copy);
            long cut = (long) (random.nextDouble() * Files.size(lastLog(copy)));
            try (RandomAccessFile log = new RandomAccessFile(lastLog(copy).toFile(), "rw")) {
                log.setLength(cut);
            }
            List<Long> synced = List.copyOf(endOf.headMap(cut, true).values());
            try (Spool spool = RocksSpool.open(copy)) {
                assertThat(SpoolContract.ids(SpoolContract.recovered(spool, HUB)))
                        .as("seed %d, cut at %d", seed, cut)
                        .containsAll(synced);
            }
        }
    }

    private static Path lastLog(Path spool) throws IOException {
        List<Path> logs = StoreFolder.files(spool.resolve("store"), "*.log");
        return logs.get(logs.size() - 1);
    }

    @Test
    void aRecordOfAnUnknownVersionIsMovedAsideWithItsMail() throws IOException {
        try (RocksStore store = new RocksStore(folder, RocksHandle.LogSync.REAL);
                KeyedSpool spool = new KeyedSpool(store, Optional.empty())) {
            SpoolRecord.Accepted intact = SpoolContract.accept(spool, HUB, SpoolContract.mail(50));
            SpoolRecord.Accepted torn = SpoolContract.accept(spool, HUB, SpoolContract.mail(70_000));
            byte[] key = Keys.accepted(HUB, torn.id(), Keys.body(torn.body()));
            store.commit(new Changes().put(key, new byte[] {99, 1, 0, 0, 0, 0, 1, 2, 3, 4}), true);
            List<Recovered> all = SpoolContract.recovered(spool, HUB);
            assertThat(all).hasSize(2).contains(SpoolContract.message(intact));
            Recovered.Torn report = (Recovered.Torn) all.get(1);
            assertThat(report.where()).contains("message " + torn.id() + " of BER-HT1");
            List<Path> kept = StoreFolder.files(folder.resolve("torn"), "*.eml");
            assertThat(kept).hasSize(1);
            assertThat(Files.readAllBytes(kept.get(0))).isEqualTo(SpoolContract.mail(70_000));
            assertThat(SpoolContract.recovered(spool, HUB)).containsExactly(SpoolContract.message(intact));
            assertThat(spool.status().bodies()).isEqualTo(1);
        }
    }

    @Test
    void aStoreWithoutItsManifestIsPutTogetherFromItsFiles() throws IOException {
        Map<Long, SpoolRecord.Accepted> expected = new TreeMap<>();
        Path original = folder.resolve("original");
        variedStore(original, expected, new Random(5));
        for (Path manifest : StoreFolder.files(original.resolve("store"), "MANIFEST-*")) {
            Files.write(manifest, new byte[100]);
        }
        try (Spool spool = RocksSpool.open(original)) {
            List<Recovered> all = SpoolContract.recovered(spool, HUB);
            assertThat(SpoolContract.ids(all)).containsAll(expected.keySet());
            assertThat(all).anyMatch(Recovered.Torn.class::isInstance);
            for (SpoolRecord.Accepted each : expected.values()) {
                assertThat(isReadable(spool, each, "salvaged")).isTrue();
            }
        }
    }
}
