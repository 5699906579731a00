package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.io.mailstore.Node.ANNA;
import static org.bridgehead.io.mailstore.Node.BERT;
import static org.bridgehead.io.mailstore.Node.CARL;
import static org.bridgehead.io.mailstore.Node.deliver;
import static org.bridgehead.io.mailstore.Node.state;
import static org.bridgehead.io.mailstore.Node.stored;
import static org.bridgehead.io.mailstore.Node.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMailStoreTest extends MailStoreContract {
    @TempDir
    Path folder;

    @Override
    MailStore open() throws IOException {
        return Node.open(folder.resolve("contract"), MailStoreSettings.DEFAULT);
    }

    private MailStore reopen(long generationSize) throws IOException {
        return Node.open(folder.resolve("node"), MailStoreSettings.DEFAULT.generationSize(generationSize));
    }

    private List<Path> logs(String group) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("node").resolve(FileLogStorage.safe(group)))) {
            return files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        }
    }

    @Test
    void mailUidsAndHistorySurviveARestart() throws IOException {
        List<StoredMessage> before;
        long validity;
        try (MailStore store = reopen(1000)) {
            for (int i = 0; i < 20; i++) deliver(store, text("mail " + i + "\r\n"), state(i, false), ANNA, CARL);
            store.delete(store.messages("anna").subList(18, 20));
            before = store.messages("anna");
            validity = store.uidValidity();
        }
        try (MailStore store = reopen(1000)) {
            assertThat(store.torn()).isEmpty();
            assertThat(store.messages("anna")).isEqualTo(before);
            assertThat(store.uidValidity()).isEqualTo(validity);
            assertThat(deliver(store, text("x"), state(19, true), ANNA).get(0))
                    .isInstanceOf(DeliveryResult.Duplicate.class);
            StoredMessage next =
                    stored(deliver(store, text("x"), state(20, false), ANNA).get(0));
            assertThat(next.uid()).isEqualTo(21);
            assertThat(store.octets(before.get(3))).isEqualTo(Node.withReturnPath(text("mail 3\r\n")));
        }
    }

    @Test
    void aGenerationIsClosedWhenItIsFullAndMayBeLongerByOneRecord() throws IOException {
        try (MailStore store = reopen(1 << 16)) {
            deliver(store, new byte[1 << 18], state(1, false), ANNA);
            for (int i = 2; i < 200; i++) deliver(store, new byte[1000], state(i, false), ANNA);
        }
        List<Path> logs = logs("SG1");
        assertThat(logs).hasSizeBetween(4, 6);
        assertThat(logs.get(0).getFileName()).hasToString("0000000001.log");
        assertThat(Files.size(logs.get(0))).isGreaterThan(1 << 18);
        assertThat(Files.size(logs.get(1))).isBetween(1L << 16, (1L << 16) + 2000);
    }

    @Test
    void aSecondStoreIsKeptOut() throws IOException {
        try (MailStore store = reopen(1000)) {
            assertThat(store.torn()).isEmpty();
            assertThatThrownBy(() -> reopen(1000))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        reopen(1000).close();
    }

    @Test
    void aTornTailIsCutOffKeptAsideAndItsUidsAreNotUsedAgain() throws IOException {
        try (MailStore store = reopen(1 << 20)) {
            for (int i = 0; i < 5; i++) deliver(store, text("mail " + i + "\r\n"), state(i, false), ANNA);
        }
        Path log = logs("SG1").get(0);
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 3));
        long uid;
        try (MailStore store = reopen(1 << 20)) {
            assertThat(store.torn()).singleElement().matches(TornRecord::end);
            assertThat(Path.of(store.torn().get(0).aside()))
                    .hasBinaryContent(Arrays.copyOfRange(
                            whole, (int) store.torn().get(0).position().offset(), whole.length - 3));
            assertThat(store.count("anna")).isEqualTo(4);
            uid = stored(deliver(store, text("x"), state(9, false), ANNA).get(0))
                    .uid();
            assertThat(uid).isGreaterThan(5);
        }
        try (MailStore store = reopen(1 << 20)) {
            assertThat(store.torn()).isEmpty();
            assertThat(store.count("anna")).isEqualTo(5);
            assertThat(stored(deliver(store, text("y"), state(10, false), BERT).get(0))
                            .uid())
                    .isGreaterThan(1);
        }
    }

    /** Nothing is cut off before the log says which UIDs that leaves out: here another log cannot be read. */
    @Test
    void aTornTailIsStillThereWhereTheStoreCannotBeOpened() throws IOException {
        try (MailStore store = reopen(1 << 20)) {
            for (int i = 0; i < 5; i++) deliver(store, text("mail " + i + "\r\n"), state(i, false), ANNA, CARL);
        }
        Path log = logs("SG1").get(0);
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 3));
        Path other = logs("SG2").get(0);
        Path away = folder.resolve("away");
        Files.move(other, away);
        Files.createDirectory(other);
        assertThatThrownBy(() -> reopen(1 << 20)).isInstanceOf(IOException.class);
        assertThat(log).hasSize(whole.length - 3);
        Files.delete(other);
        Files.move(away, other);
        try (MailStore store = reopen(1 << 20)) {
            assertThat(store.count("anna")).isEqualTo(4);
            assertThat(stored(deliver(store, text("x"), state(9, false), ANNA).get(0))
                            .uid())
                    .isGreaterThan(5);
        }
    }

    @Test
    void aMissingLogFileIsReported() throws IOException {
        try (MailStore store = reopen(200)) {
            for (int i = 0; i < 10; i++) deliver(store, text("mail " + i + "\r\n"), state(i, false), ANNA);
        }
        Files.delete(logs("SG1").get(2));
        try (MailStore store = reopen(200)) {
            assertThat(store.torn())
                    .singleElement()
                    .matches(torn ->
                            torn.position().generation() == 3 && torn.why().contains("missing"));
            assertThat(stored(deliver(store, text("x"), state(11, false), BERT).get(0))
                            .uid())
                    .isGreaterThan(10);
        }
    }

    @Test
    void aFrameInsideAMailIsNotTakenForARecord() throws IOException {
        byte[] forged;
        try (MailStore store = reopen(1 << 20)) {
            deliver(store, text("first\r\n"), state(1, false), ANNA);
            forged = Files.readAllBytes(logs("SG1").get(0));
            deliver(store, forged, state(2, false), ANNA);
            deliver(store, text("last\r\n"), state(3, false), ANNA);
        }
        Path log = logs("SG1").get(0);
        byte[] octets = Files.readAllBytes(log);
        octets[forged.length + 20] ^= 1;
        Files.write(log, octets);
        try (MailStore store = reopen(1 << 20)) {
            assertThat(store.torn()).singleElement().matches(torn -> !torn.end());
            assertThat(store.messages("anna").stream().map(StoredMessage::id))
                    .containsExactly(state(1, false).id(), state(3, false).id());
        }
    }

    @Test
    void agreesWithANaiveModelOverRestarts() throws IOException {
        long seed = System.nanoTime();
        System.out.println("FileMailStoreTest model seed " + seed);
        Random random = new Random(seed);
        Map<String, TreeMap<Long, byte[]>> model = new TreeMap<>();
        Map<String, List<Long>> had = new TreeMap<>();
        Node.USERS.forEach(user -> {
            model.put(user.name(), new TreeMap<>());
            had.put(user.name(), new ArrayList<>());
        });
        MailStore store = reopen(5_000);
        try {
            for (int step = 0; step < 1_000; step++) {
                int what = random.nextInt(100);
                if (what < 3) {
                    store.close();
                    store = reopen(1 + random.nextInt(20_000));
                    assertThat(store.torn()).isEmpty();
                } else if (what < 15) {
                    deleteOne(store, model, random);
                } else {
                    deliverOne(store, model, had, random, seed);
                }
            }
            store.close();
            store = reopen(5_000);
            for (DirectoryEntry.Mailbox user : Node.USERS) {
                assertThat(store.messages(user.name()).stream().map(StoredMessage::uid))
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(model.get(user.name()).keySet());
                assertThat(Node.contents(store, user.name()))
                        .usingElementComparator(Arrays::compare)
                        .containsExactlyElementsOf(model.get(user.name()).values());
            }
        } finally {
            store.close();
        }
    }

    private static void deleteOne(MailStore store, Map<String, TreeMap<Long, byte[]>> model, Random random)
            throws IOException {
        String mailbox = Node.USERS.get(random.nextInt(3)).name();
        List<StoredMessage> there = store.messages(mailbox);
        if (there.isEmpty()) return;
        StoredMessage gone = there.get(random.nextInt(there.size()));
        store.delete(List.of(gone));
        model.get(mailbox).remove(gone.uid());
    }

    private static void deliverOne(
            MailStore store,
            Map<String, TreeMap<Long, byte[]>> model,
            Map<String, List<Long>> had,
            Random random,
            long seed)
            throws IOException {
        byte[] octets = Node.random(random, random.nextInt(3_000));
        long id = random.nextInt(400);
        boolean again = random.nextBoolean();
        List<DirectoryEntry.Mailbox> to =
                Node.USERS.stream().filter(user -> random.nextBoolean()).toList();
        List<DeliveryResult> results =
                deliver(store, octets, state(id, again), to.toArray(DirectoryEntry.Mailbox[]::new));
        for (int i = 0; i < to.size(); i++) {
            String name = to.get(i).name();
            boolean duplicate = had.get(name).contains(id);
            assertThat(results.get(i) instanceof DeliveryResult.Duplicate)
                    .as("seed %d", seed)
                    .isEqualTo(duplicate);
            if (duplicate) continue;
            StoredMessage stored = stored(results.get(i));
            TreeMap<Long, byte[]> box = model.get(name);
            assertThat(box.isEmpty() || box.lastKey() < stored.uid()).isTrue();
            box.put(stored.uid(), Node.withReturnPath(octets));
            had.get(name).add(id);
        }
    }

    /** Bits flipped and ends cut off at random: what is left is right, what is gone was reported. */
    @Test
    void damageIsReportedAndNeverInvented() throws IOException {
        long seed = System.nanoTime();
        System.out.println("FileMailStoreTest damage seed " + seed);
        Random random = new Random(seed);
        Map<Long, byte[]> sent = new TreeMap<>();
        long id = 0;
        for (int round = 0; round < 40; round++) {
            long lastUid;
            int before;
            try (MailStore store = reopen(3_000)) {
                for (int i = 0; i < 20; i++) {
                    byte[] octets = Node.random(random, random.nextInt(600));
                    sent.put(++id, octets);
                    stored(deliver(store, octets, state(id, false), ANNA).get(0));
                }
                before = store.count("anna");
                lastUid = store.nextUid("anna") - 1;
            }
            boolean endOfLog = damage(random);
            try (MailStore store = reopen(3_000)) {
                String where = "seed " + seed + ", round " + round;
                List<StoredMessage> left = store.messages("anna");
                if (!endOfLog) assertThat(store.torn()).as(where).isNotEmpty();
                assertThat(left.size()).as(where).isLessThanOrEqualTo(before);
                assertThat(left.stream().map(StoredMessage::uid))
                        .as(where)
                        .isSorted()
                        .doesNotHaveDuplicates();
                for (StoredMessage message : left) {
                    assertThat(store.octets(message))
                            .as(where)
                            .isEqualTo(Node.withReturnPath(sent.get(message.id().low())));
                }
                if (!endOfLog) assertThat(store.nextUid("anna")).as(where).isGreaterThan(lastUid);
            }
        }
    }

    /** Says whether the end of the last log file was cut off, which can leave no trace. */
    private boolean damage(Random random) throws IOException {
        List<Path> logs = logs("SG1");
        Path log = logs.get(random.nextInt(logs.size()));
        byte[] octets = Files.readAllBytes(log);
        while (octets.length < 2) {
            log = logs.get(random.nextInt(logs.size()));
            octets = Files.readAllBytes(log);
        }
        if (random.nextBoolean()) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(log, octets);
            return false;
        }
        Files.write(log, Arrays.copyOf(octets, 1 + random.nextInt(octets.length - 1)));
        return log.equals(logs.get(logs.size() - 1));
    }
}
