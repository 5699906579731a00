package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.Status;
import org.rocksdb.TickerType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A RocksDB that is never trusted after an error: it is closed, and opened again by the first caller after a pause (none
 * the first time, then 100 ms, doubling to 10 s while errors go on); all others are refused meanwhile. Opening looks
 * through the logs first ({@link LogRepair}) and salvages a store that RocksDB finds damaged ({@link Salvage}).
 *
 * <p>{@code gate}: users of the open handle share it; closing and opening has it alone. A little longer than most files:
 * each use of the library stands beside what its failure means.
 */
final class RocksStore implements Store {
    /** Something done with the open store. */
    private interface Use<T> {
        T with(RocksHandle handle) throws RocksDBException, IOException;
    }

    /** One piece of one body; the store as such is sound. */
    private static final class DamagedPieceException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedPieceException(RocksDBException cause) {
            super("a piece of a body cannot be read: " + cause.getMessage());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RocksStore.class);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final StoreFolder folder;
    private final RocksHandle.LogSync sync;
    private final Unsynced unsynced = new Unsynced();
    private final Aside aside;
    private final Statistics statistics = new Statistics();
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private @Nullable RocksHandle handle;
    private boolean damaged;
    private boolean closed;
    private long pause;
    private long notBefore;
    private volatile @Nullable String failure;
    private volatile long generation;

    RocksStore(Path path, RocksHandle.LogSync sync) throws IOException {
        this.folder = new StoreFolder(path);
        this.sync = sync;
        this.aside = new Aside(Optional.of(folder.torn()));
        boolean opened = false;
        try {
            open();
            opened = true;
        } finally {
            if (!opened) {
                statistics.close();
                folder.close();
            }
        }
    }

    private void open() throws IOException {
        if (!Files.exists(folder.store())) {
            Optional<Path> interrupted = folder.lastAside();
            if (interrupted.isPresent()) {
                salvage(interrupted.get());
            } else {
                create();
            }
        } else if (damaged) {
            salvage(folder.moveAside());
        }
        LogRepair.repairAll(folder.store(), aside);
        try {
            handle = new RocksHandle(folder.store(), RocksHandle.Mode.USE, sync, unsynced, statistics);
        } catch (RocksDBException e) {
            if (!meansDamage(e)) {
                throw new IOException("the spool " + folder + " cannot be opened: " + e.getMessage(), e);
            }
            aside.report("store " + folder.store(), "RocksDB refuses it: " + e.getMessage());
            salvage(folder.moveAside());
            openSalvaged();
        }
        damaged = false;
    }

    private void openSalvaged() throws IOException {
        try {
            handle = new RocksHandle(folder.store(), RocksHandle.Mode.USE, sync, unsynced, statistics);
        } catch (RocksDBException e) {
            throw new IOException("the salvaged spool " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private void create() throws IOException {
        Folders.delete(folder.fresh());
        try {
            new RocksHandle(folder.fresh(), RocksHandle.Mode.CREATE, sync, new Unsynced(), statistics).close();
        } catch (RocksDBException e) {
            throw new IOException("the spool " + folder + " cannot be made: " + e.getMessage(), e);
        }
        folder.useFresh();
    }

    private void salvage(Path damagedStore) throws IOException {
        Folders.delete(folder.fresh());
        LOG.warn("salvaging {}", damagedStore);
        try (RocksHandle fresh = new RocksHandle(
                folder.fresh(), RocksHandle.Mode.CREATE, RocksHandle.LogSync.REAL, new Unsynced(), statistics)) {
            new Salvage(damagedStore, fresh, aside).run();
            fresh.syncLog();
        } catch (RocksDBException e) {
            throw new IOException("the spool " + damagedStore + " cannot be salvaged: " + e.getMessage(), e);
        }
        folder.useFresh();
    }

    /** Whether the files are at fault, not the disk, the permissions or a second process. */
    private static boolean meansDamage(RocksDBException e) {
        Status status = e.getStatus();
        return status == null
                || status.getCode() != Status.Code.IOError
                || String.valueOf(e.getMessage()).contains("No such file");
    }

    /** A reading that meets damage waits for the salvage and reads again: recovery must not end half-way. */
    private <T> T read(Use<T> use) throws IOException {
        try {
            return use(use, false);
        } catch (IOException e) {
            if (e.getCause() instanceof RocksDBException cause && isCorruption(cause)) {
                return use(use, true);
            }
            throw e;
        }
    }

    private <T> T use(Use<T> use, boolean patient) throws IOException {
        reopenIfNeeded(patient);
        RocksHandle used = null;
        RocksDBException error;
        gate.readLock().lock();
        try {
            used = handle;
            if (used == null) {
                String why = failure;
                throw new StoreClosedException("the spool refuses: " + (why == null ? "opening again" : why));
            }
            return use.with(used);
        } catch (RocksDBException e) {
            error = e;
        } finally {
            gate.readLock().unlock();
        }
        failed(used, error);
        throw new IOException("the spool failed: " + error.getMessage(), error);
    }

    private void failed(@Nullable RocksHandle used, RocksDBException error) {
        gate.writeLock().lock();
        try {
            if (used == null || handle != used) {
                return;
            }
            LOG.warn("the spool {} failed and is closed: {}", folder, error.getMessage());
            boolean corrupt = isCorruption(error);
            if (corrupt) {
                aside.report("store " + folder.store(), String.valueOf(error.getMessage()));
            }
            damaged |= corrupt;
            refuse(String.valueOf(error.getMessage()));
            handle = null;
            used.close();
        } finally {
            gate.writeLock().unlock();
        }
    }

    private static boolean isCorruption(RocksDBException error) {
        return error.getStatus() != null && error.getStatus().getCode() == Status.Code.Corruption;
    }

    private void refuse(String why) {
        failure = why;
        notBefore = System.nanoTime() + pause;
        pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, pause * 2));
    }

    private void reopenIfNeeded(boolean patient) throws IOException {
        if (failure == null) {
            return;
        }
        if (patient) {
            gate.writeLock().lock();
        } else if (!gate.writeLock().tryLock()) {
            return;
        }
        try {
            if (handle == null && !closed && System.nanoTime() - notBefore >= 0) {
                open();
                writeAgain();
                generation++;
                failure = null;
            }
        } catch (IOException e) {
            LOG.warn("the spool {} does not open again: {}", folder, e.getMessage());
            refuse(String.valueOf(e.getMessage()));
            throw new StoreClosedException("the spool refuses: " + e.getMessage());
        } finally {
            gate.writeLock().unlock();
        }
    }

    /** The system may have dropped what could not be synced; whoever wrote it was told that it is there. */
    private void writeAgain() throws IOException {
        RocksHandle fresh = handle;
        if (fresh == null) {
            return;
        }
        try {
            fresh.writeAgain();
        } catch (RocksDBException e) {
            handle = null;
            fresh.close();
            throw new IOException("what was not synced cannot be written again: " + e.getMessage(), e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
        return read(open -> Optional.ofNullable(open.get(key))).orElse(null);
    }

    @Override
    public byte @Nullable [] chunk(byte[] key) throws IOException {
        Optional<byte[]> chunk = read(open -> {
            try {
                return Optional.ofNullable(open.chunk(key));
            } catch (RocksDBException e) {
                if (isBlobDamage(e)) {
                    // One damaged mail must not stop the others.
                    throw new DamagedPieceException(e);
                }
                throw e;
            }
        });
        return chunk.orElse(null);
    }

    /** Whether only the octets of one blob are at fault; what RocksDB says of tables and logs names the file. */
    private static boolean isBlobDamage(RocksDBException e) {
        return isCorruption(e) && String.valueOf(e.getMessage()).contains("Blob");
    }

    @Override
    public List<Entry> scan(byte[] from, byte[] to) throws IOException {
        return read(open -> open.scan(from, to));
    }

    @Override
    public void commit(Changes changes, boolean synced) throws IOException {
        use(
                open -> {
                    open.commit(changes, synced);
                    return synced;
                },
                false);
        if (synced) {
            pause = 0;
        }
    }

    @Override
    public Spool.Ahead commitAhead(Changes changes) throws IOException {
        return use(
                open -> {
                    long place = open.commitAhead(changes);
                    return () -> kept(open, place);
                },
                false);
    }

    private void kept(RocksHandle wrote, long place) throws IOException {
        use(
                open -> {
                    if (open != wrote) {
                        throw new StoreClosedException("the spool failed before the message was safe");
                    }
                    open.awaitSync(place);
                    return place;
                },
                false);
        pause = 0;
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public long bytes() {
        gate.readLock().lock();
        try {
            return handle == null ? 0 : handle.bytes();
        } catch (RocksDBException e) {
            return 0;
        } finally {
            gate.readLock().unlock();
        }
    }

    @Override
    public long syncs() {
        gate.readLock().lock();
        try {
            return closed ? 0 : statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
        } finally {
            gate.readLock().unlock();
        }
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Aside aside() {
        return aside;
    }

    @Override
    public void close() throws IOException {
        gate.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            failure = "closed";
            closeHandle();
        } finally {
            statistics.close();
            folder.close();
            gate.writeLock().unlock();
        }
    }

    private void closeHandle() throws IOException {
        RocksHandle open = handle;
        handle = null;
        if (open == null) {
            return;
        }
        try {
            open.syncLog();
        } catch (RocksDBException e) {
            throw new IOException("the last unsynced records may be lost: " + e.getMessage(), e);
        } finally {
            open.close();
        }
    }
}
