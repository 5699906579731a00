package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Handovers;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was taken from other servers: how long it is kept, what it takes up, and when it must not be believed. */
class TakenWindowTest {
    private static final Shard HUB = SpoolContract.HUB;
    private static final TransportId MESSAGE = new TransportId(3, 4);

    /** A store that refuses to sync when told to, with all that was written in it. */
    private static final class Doubtful implements Store {
        private final MemoryStore real = new MemoryStore();
        private boolean refuses;

        @Override
        public byte @Nullable [] get(byte[] key) throws IOException {
            return real.get(key);
        }

        @Override
        public byte @Nullable [] chunk(byte[] key) throws IOException {
            return real.chunk(key);
        }

        @Override
        public List<Entry> scan(byte[] from, byte[] to) throws IOException {
            return real.scan(from, to);
        }

        @Override
        public void commit(Changes changes, boolean synced) throws IOException {
            real.commit(changes, synced);
            if (refuses && synced) {
                throw new IOException("not synced");
            }
        }

        @Override
        public Spool.Ahead commitAhead(Changes changes) throws IOException {
            real.commit(changes, false);
            return () -> {
                if (refuses) {
                    throw new IOException("not synced");
                }
            };
        }

        @Override
        public long generation() {
            return real.generation();
        }

        @Override
        public long bytes() {
            return real.bytes();
        }

        @Override
        public long syncs() {
            return real.syncs();
        }

        @Override
        public Optional<String> failure() {
            return real.failure();
        }

        @Override
        public Aside aside() {
            return real.aside();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private static List<Store.Entry> all(Store store) throws IOException {
        List<Store.Entry> all = new ArrayList<>();
        byte[] from = Keys.space(Keys.TAKEN);
        Pages pages = new Pages(store, from, Keys.after(from));
        for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
            all.add(entry);
        }
        return all;
    }

    private static SpoolRecord.Taken taken(long number, TransportId message) {
        return new RandomRecords(number).taken(new InternalId(number), message);
    }

    @Test
    void theWindowIsLookedThroughToItsEdge() throws IOException {
        TakenWindow window;
        try (MemoryStore store = new MemoryStore();
                KeyedSpool spool = new KeyedSpool(store, Optional.empty())) {
            window = new TakenWindow(store, HUB);
            for (long number = 1; number < 4 * Handovers.NUMBERS; number += TakenWindow.BLOCK / 2) {
                spool.write(HUB, List.of(taken(number, MESSAGE)), false);
                long oldest = window.of(MESSAGE, number).get(0).id().value();
                assertThat(number == 1 || oldest <= Math.max(1, number - Handovers.NUMBERS))
                        .as("%d: %d", number, oldest)
                        .isTrue();
            }
        }
    }

    @Test
    void theOldGoWithTheNewAndNothingGrows() throws IOException {
        try (MemoryStore store = new MemoryStore();
                KeyedSpool spool = new KeyedSpool(store, Optional.empty())) {
            long step = TakenWindow.BLOCK / 64;
            long end = 6 * Handovers.NUMBERS;
            int most = 0;
            for (long number = 1; number < end; number += step) {
                spool.write(HUB, List.of(taken(number, new TransportId(1, number))), false);
                most = Math.max(most, all(store).size());
            }
            // A block more may be left of what is swept while the next one fills.
            assertThat(most).isBetween((int) (Handovers.NUMBERS / step), (int) ((TakenWindow.BLOCKS + 1) * 64));
            assertThat(Keys.takenId(all(store).get(0).key()))
                    .isGreaterThan(end - Handovers.NUMBERS - 2 * TakenWindow.BLOCK);
        }
    }

    @Test
    void whatARefusedAcceptanceLeftBehindIsNoReasonToRefuseAnother() throws IOException {
        Doubtful store = new Doubtful();
        try (KeyedSpool spool = new KeyedSpool(store, Optional.empty())) {
            BodyRef body = spool.body(new ByteArrayInputStream(SpoolContract.mail(10)));
            InternalId id = spool.allocate(HUB);
            SpoolRecord.Taken taken = new RandomRecords(1).taken(id, MESSAGE);
            store.refuses = true;
            assertThatThrownBy(() -> spool.write(HUB, List.of(new RandomRecords(1).accepted(id, body), taken), true))
                    .isInstanceOf(IOException.class);
            assertThat(all(store)).as("it is in the store").hasSize(1);
            store.refuses = false;
            assertThat(spool.taken(HUB, MESSAGE)).isEmpty();
            assertThat(SpoolContract.recovered(spool, HUB)).isEmpty();
        }
    }

    @Test
    void whatIsNotSyncedIsNotBelieved() throws IOException {
        Doubtful store = new Doubtful();
        try (KeyedSpool spool = new KeyedSpool(store, Optional.empty())) {
            spool.write(HUB, List.of(taken(spool.allocate(HUB).value(), MESSAGE)), false);
            long before = store.syncs();
            assertThat(spool.taken(HUB, MESSAGE)).hasSize(1);
            assertThat(store.syncs()).isEqualTo(before + 1);
            assertThat(spool.taken(HUB, new TransportId(9, 9))).isEmpty();
            assertThat(store.syncs()).as("nothing found, nothing synced").isEqualTo(before + 1);
            store.refuses = true;
            assertThatThrownBy(() -> spool.taken(HUB, MESSAGE)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aDamagedMessageWasNeverTaken() throws IOException {
        try (MemoryStore store = new MemoryStore();
                KeyedSpool spool = new KeyedSpool(store, Optional.empty())) {
            SpoolRecord.Accepted torn = SpoolContract.accept(spool, HUB, SpoolContract.mail(10));
            SpoolRecord.Accepted intact = SpoolContract.accept(spool, HUB, SpoolContract.mail(20));
            TransportId other = new TransportId(5, 6);
            SpoolRecord.Taken kept = new RandomRecords(2).taken(intact.id(), other);
            spool.write(HUB, List.of(new RandomRecords(1).taken(torn.id(), MESSAGE), kept), true);
            byte[] key = Keys.accepted(HUB, torn.id(), Keys.body(torn.body()));
            store.commit(new Changes().put(key, new byte[] {1, 2, 3}), true);
            assertThat(SpoolContract.recovered(spool, HUB)).hasSize(2).anyMatch(Recovered.Torn.class::isInstance);
            assertThat(spool.taken(HUB, MESSAGE)).isEmpty();
            assertThat(spool.taken(HUB, other)).containsExactly(kept);
        }
    }

    @Test
    void aDamagedRecordOfATransferCountsForNothing() throws IOException {
        try (MemoryStore store = new MemoryStore();
                KeyedSpool spool = new KeyedSpool(store, Optional.empty())) {
            SpoolRecord.Taken taken = taken(spool.allocate(HUB).value(), MESSAGE);
            spool.write(HUB, List.of(taken), true);
            store.commit(new Changes().put(all(store).get(0).key(), new byte[] {1, 2, 3}), true);
            assertThat(spool.taken(HUB, MESSAGE)).isEmpty();
        }
    }

    /** Mail may be lost with what was damaged, and a repeat brings it back. */
    @Test
    void aSalvagedStoreKnowsNothingOfWhatItTook(@TempDir Path folder) throws IOException {
        long identity;
        SpoolRecord.Accepted accepted;
        try (Spool spool = RocksSpool.open(folder)) {
            identity = spool.identity();
            accepted = SpoolContract.accept(spool, HUB, SpoolContract.mail(10));
            spool.write(HUB, List.of(new RandomRecords(1).taken(accepted.id(), MESSAGE)), true);
        }
        for (Path manifest : StoreFolder.files(folder.resolve("store"), "MANIFEST-*")) {
            Files.write(manifest, new byte[100]);
        }
        try (Spool spool = RocksSpool.open(folder)) {
            assertThat(SpoolContract.ids(SpoolContract.recovered(spool, HUB)))
                    .contains(accepted.id().value());
            assertThat(spool.taken(HUB, MESSAGE)).isEmpty();
            assertThat(spool.identity()).isNotEqualTo(identity);
        }
    }
}
