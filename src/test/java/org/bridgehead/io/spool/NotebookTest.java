package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bridgehead.core.hub.DeliveryNote;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Delivery notes survive the death of a process, and never speak of mail they were not made for. */
class NotebookTest {
    private static final Shard HUB = SpoolContract.HUB;
    private static final Shard OTHER = SpoolContract.OTHER;

    @TempDir
    Path folder;

    private static DeliveryNote note(InternalId message, Target target) {
        return new DeliveryNote(
                new CopyId(message, 3),
                target,
                true,
                List.of(
                        new DeliveryNote.Part(0, Recipient.of(EmailAddress.of("a@contoso.test")), "SG1"),
                        new DeliveryNote.Part(
                                70,
                                new Recipient(
                                        EmailAddress.of("b@contoso.test"),
                                        Optional.of("rfc822;x@contoso.test"),
                                        List.of(DsnCondition.SUCCESS)),
                                "")));
    }

    private static DeliveryNote note(InternalId message) {
        return note(message, new Target.Mailbox("MBX"));
    }

    private static List<DeliveryNote> notes(Spool spool, Shard shard) throws IOException {
        List<DeliveryNote> found = new ArrayList<>();
        spool.recover(shard, item -> {
            if (item instanceof Recovered.Message message) {
                found.addAll(message.notes());
            }
        });
        return found;
    }

    static List<Target> targets() {
        return List.of(
                new Target.Peer("MUC-HT1"),
                new Target.Mailbox("MBX"),
                new Target.Host("Outside", new HostPort("mx.outside.test", 2525)),
                new Target.Foreign("Fax", "file:/fax?x=y"));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aNoteComesBackWithItsMessageAfterACrash(Target target) throws IOException {
        try (RocksHome home = new RocksHome(folder)) {
            SpoolRecord.Accepted one = SpoolContract.accept(home.spool(), HUB, SpoolContract.mail(10));
            SpoolRecord.Accepted other = SpoolContract.accept(home.spool(), OTHER, SpoolContract.mail(20));
            assertThat(one.id()).as("each shard counts for itself").isEqualTo(other.id());
            home.spool().note(HUB, note(one.id(), target));
            home.spool().note(HUB, note(new InternalId(one.id().value() + 1), target));
            Spool after = home.crash();
            assertThat(notes(after, HUB)).containsExactly(note(one.id(), target));
            assertThat(notes(after, OTHER)).isEmpty();
            assertThat(notes(home.crash(), HUB)).as("a crash of the recovery").hasSize(1);
            assertThat(notes(home.spool(), new Shard("ber-ht1")))
                    .as("another spelling")
                    .hasSize(1);
        }
    }

    @Test
    void aSpoolInMemoryNotesNothing() throws IOException {
        try (Spool spool = MemorySpool.create()) {
            SpoolRecord.Accepted mail = SpoolContract.accept(spool, HUB, SpoolContract.mail(10));
            spool.note(HUB, note(mail.id()));
            assertThat(notes(spool, HUB)).isEmpty();
        }
    }

    /** The store of a backup gives numbers out again that the notes of its former future speak of. */
    @Test
    void notesFromAfterABackupSayNothingOfOtherMailWithTheirNumbers() throws IOException {
        Path spool = folder.resolve("spool");
        Path backup = folder.resolve("backup");
        SpoolRecord.Accepted kept;
        try (Spool before = RocksSpool.open(spool)) {
            kept = SpoolContract.accept(before, HUB, SpoolContract.mail(10));
        }
        RocksHome.copy(spool.resolve("store"), backup);
        try (Spool future = RocksSpool.open(spool)) {
            for (int i = 0; i <= 2 * Allocator.BLOCK; i++) {
                future.note(HUB, note(future.allocate(HUB)));
            }
            future.note(HUB, note(kept.id()));
        }
        Folders.delete(spool.resolve("store"));
        RocksHome.copy(backup, spool.resolve("store"));
        try (Spool restored = RocksSpool.open(spool)) {
            SpoolRecord.Accepted fresh = SpoolContract.accept(restored, HUB, SpoolContract.mail(20));
            assertThat(notes(restored, HUB))
                    .as("of the message before the backup only, not of " + fresh.id())
                    .containsExactly(note(kept.id()));
        }
    }

    @Test
    void notesOfAnotherSpoolSayNothing() throws IOException {
        try (Spool foreign = RocksSpool.open(folder.resolve("foreign"))) {
            foreign.note(
                    HUB,
                    note(SpoolContract.accept(foreign, HUB, SpoolContract.mail(10))
                            .id()));
            assertThat(notes(foreign, HUB)).hasSize(1);
        }
        Path spool = folder.resolve("spool");
        RocksSpool.open(spool).close();
        Files.copy(
                folder.resolve("foreign").resolve("notes"),
                spool.resolve("notes"),
                StandardCopyOption.REPLACE_EXISTING);
        try (Spool mine = RocksSpool.open(spool)) {
            SpoolContract.accept(mine, HUB, SpoolContract.mail(10));
            assertThat(notes(mine, HUB)).isEmpty();
        }
    }

    @Test
    void notesFromBeforeASalvageSayNothing() throws IOException {
        Path spool = folder.resolve("spool");
        try (Spool before = RocksSpool.open(spool)) {
            before.note(
                    HUB,
                    note(SpoolContract.accept(before, HUB, SpoolContract.mail(10))
                            .id()));
        }
        // What a salvage that was cut short leaves: the damaged store aside, and no new one.
        Files.move(spool.resolve("store"), spool.resolve("aside-0001"));
        try (Spool salvaged = RocksSpool.open(spool)) {
            assertThat(SpoolContract.recovered(salvaged, HUB)).hasAtLeastOneElementOfType(Recovered.Message.class);
            assertThat(notes(salvaged, HUB)).isEmpty();
        }
    }

    @Test
    void aRingThatCannotBeHadOnlyMeansThatNothingIsNoted() throws IOException {
        Files.createDirectories(folder.resolve("spool").resolve("notes"));
        try (Spool spool = RocksSpool.open(folder.resolve("spool"))) {
            SpoolRecord.Accepted mail = SpoolContract.accept(spool, HUB, SpoolContract.mail(10));
            spool.note(HUB, note(mail.id()));
            assertThat(SpoolContract.recovered(spool, HUB)).containsExactly(SpoolContract.message(mail));
        }
    }

    // ---- the ring itself

    private static byte[] entry(int number, int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (number >> i % 4 * 8);
        }
        return payload;
    }

    private static int number(byte[] payload) {
        return payload[0] & 0xFF | (payload[1] & 0xFF) << 8 | (payload[2] & 0xFF) << 16 | payload[3] << 24;
    }

    private static Set<Integer> numbers(NoteRing ring) throws IOException {
        Set<Integer> found = new TreeSet<>();
        ring.forEach((at, payload) -> {
            int number = number(payload);
            assertThat(payload).isEqualTo(entry(number, payload.length));
            found.add(number);
        });
        return found;
    }

    @Test
    void theNewestOverwriteTheOldestAlsoAfterAReopening() throws IOException {
        Path file = folder.resolve("ring");
        NoteRing ring = NoteRing.open(file);
        int last = 0;
        for (int i = 1; i <= 50_000; i++) {
            ring.add(entry(i, 4 + i * 31 % 120));
            last = i;
        }
        Set<Integer> found = numbers(ring);
        assertThat(found).contains(last).hasSizeGreaterThan(10_000);
        assertThat(found).as("without gaps").hasSize(last - new TreeSet<>(found).first() + 1);
        NoteRing again = NoteRing.open(file);
        assertThat(numbers(again)).isEqualTo(found);
        for (int i = last + 1; i <= last + 1000; i++) {
            again.add(entry(i, 60));
        }
        assertThat(numbers(again)).contains(last, last + 1, last + 1000).hasSizeGreaterThan(10_000);
        assertThat(new TreeSet<>(numbers(again)).first()).isGreaterThan(new TreeSet<>(found).first());
    }

    @Test
    void aTornEntryCountsForNothingAndHidesNoOther() throws IOException {
        Path file = folder.resolve("ring");
        NoteRing ring = NoteRing.open(file);
        for (int i = 1; i <= 100; i++) {
            ring.add(entry(i, 100));
        }
        int slots = (100 + 8 + Frame.OVERHEAD + NoteRing.SLOT - 1) / NoteRing.SLOT;
        try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "rw")) {
            for (int torn = 0; torn < 100; torn += 3) {
                octets.seek((long) torn * slots * NoteRing.SLOT + 1 + torn);
                int was = octets.read();
                octets.seek((long) torn * slots * NoteRing.SLOT + 1 + torn);
                octets.write(was ^ 0x40);
            }
        }
        Set<Integer> expected = new TreeSet<>();
        for (int i = 1; i <= 100; i++) {
            if ((i - 1) % 3 != 0) {
                expected.add(i);
            }
        }
        assertThat(numbers(NoteRing.open(file))).isEqualTo(expected);
    }

    @Test
    void writersDoNotDisturbEachOther() throws Exception {
        NoteRing ring = NoteRing.open(folder.resolve("ring"));
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            int first = w * 2000;
            Thread writer = new Thread(() -> {
                for (int i = first; i < first + 2000; i++) {
                    ring.add(entry(i, 4 + i % 100));
                }
            });
            writer.start();
            writers.add(writer);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(numbers(ring)).hasSize(8000);
        assertThat(numbers(NoteRing.open(folder.resolve("ring")))).hasSize(8000);
    }

    @Test
    void anEntryThatIsTooLongIsLeftOut() throws IOException {
        try (NoteRing ring = NoteRing.open(folder.resolve("ring"))) {
            ring.add(new byte[NoteRing.LONGEST + 1]);
            assertThat(numbers(ring)).isEmpty();
        }
    }

    @Test
    void aThreadThatIsInterruptedDoesNotEndTheNotesOfOthers() throws Exception {
        try (NoteRing ring = NoteRing.open(folder.resolve("ring"))) {
            Thread interrupted = new Thread(() -> {
                Thread.currentThread().interrupt();
                ring.add(entry(1, 100));
            });
            interrupted.start();
            interrupted.join();
            ring.add(entry(2, 100));
            assertThat(numbers(ring)).contains(2);
        }
    }

    @Test
    void manyRecipientsAreSeveralEntries() throws IOException {
        try (RocksHome home = new RocksHome(folder)) {
            SpoolRecord.Accepted mail = SpoolContract.accept(home.spool(), HUB, SpoolContract.mail(10));
            List<DeliveryNote.Part> parts = new ArrayList<>();
            for (int i = 0; i < 1200; i++) {
                parts.add(new DeliveryNote.Part(i, Recipient.of(EmailAddress.of("member-" + i + "@contoso.test")), ""));
            }
            Target target = new Target.Peer("MUC-HT1");
            home.spool().note(HUB, new DeliveryNote(CopyId.original(mail.id()), target, true, parts));
            assertThat(notes(home.crash(), HUB).stream().flatMap(note -> note.parts().stream()))
                    .containsExactlyElementsOf(parts);
        }
    }
}
