package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * A sync fails, and the system drops what it could not write: what had been taken without a sync is there again when the
 * store is, and what was refused is not taken for kept.
 */
class SyncFailureTest {
    @TempDir
    Path folder;

    /** The log as long as it is on stable storage; behind that it is dropped when a sync fails. */
    private final class Disk implements RocksHandle.LogSync {
        private boolean fails;
        private long stable;

        @Override
        public void sync(RocksDB db) throws RocksDBException {
            if (!fails) {
                REAL.sync(db);
                stable = log().toFile().length();
                return;
            }
            fails = false;
            try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
                file.setLength(stable);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new RocksDBException(
                    "Input/output error", new Status(Status.Code.IOError, Status.SubCode.None, "fdatasync"));
        }

        private Path log() {
            try {
                List<Path> logs = StoreFolder.files(folder.resolve("store"), "*.log");
                return logs.get(logs.size() - 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Disk disk = new Disk();

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Changes put(String key, String value) {
        return new Changes().put(octets(key), octets(value));
    }

    @Test
    void whatWasTakenWithoutASyncIsWrittenOnceMore() throws IOException {
        try (RocksStore store = new RocksStore(folder, disk)) {
            store.commit(put("a", "synced"), true);
            store.commit(put("b", "taken").append(octets("c"), octets("1")), false);
            store.commit(new Changes().delete(octets("a")), false);
            disk.fails = true;
            assertThatThrownBy(() -> store.commit(put("d", "refused"), true)).isInstanceOf(IOException.class);
            assertThat(store.get(octets("b"))).isEqualTo(octets("taken"));
            assertThat(store.get(octets("c"))).isEqualTo(octets("1"));
            assertThat(store.get(octets("a"))).isNull();
            assertThat(store.get(octets("d"))).isNull();
            assertThat(store.generation()).isEqualTo(1);
        }
    }

    /** It is on stable storage as soon as the store is open again. */
    @Test
    void itSurvivesAPowerCutFromThenOn() throws IOException {
        Path copy = folder.resolveSibling("copy");
        try (RocksStore store = new RocksStore(folder, disk)) {
            store.commit(put("a", "synced"), true);
            store.commit(put("b", "taken"), false);
            disk.fails = true;
            assertThatThrownBy(() -> store.commit(put("d", "refused"), true)).isInstanceOf(IOException.class);
            assertThat(store.get(octets("b"))).isNotNull();
            RocksHome.copy(folder, copy);
            try (RandomAccessFile log =
                    new RandomAccessFile(copied(copy, disk.log()).toFile(), "rw")) {
                log.setLength(disk.stable);
            }
        }
        Files.deleteIfExists(copy.resolve("lock"));
        try (RocksStore after = new RocksStore(copy, RocksHandle.LogSync.REAL)) {
            assertThat(after.get(octets("b"))).isEqualTo(octets("taken"));
        } finally {
            Folders.delete(copy);
        }
    }

    private Path copied(Path copy, Path file) {
        return copy.resolve(folder.relativize(file));
    }

    @Test
    void noMoreIsKeptForThatThanAFewMegabytes() throws IOException {
        try (RocksStore store = new RocksStore(folder, disk)) {
            long before = disk.stable;
            byte[] value = new byte[1 << 20];
            for (int i = 0; i < 20; i++) {
                store.commit(new Changes().put(octets("key " + i), value), false);
            }
            assertThat(disk.stable).isGreaterThan(before);
        }
    }
}
