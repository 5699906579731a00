package org.bridgehead.io.mailstore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.bridgehead.core.topology.Names;
import org.jspecify.annotations.Nullable;

/**
 * One copy of the logs of a mailbox server: a CCR node has one of its own, the nodes of an SCC share one, an LCR server
 * has two. It outlives the stores that are opened on it, and at most one is open at a time; logs can be shipped out of
 * it all the while, but into it only while none is ({@link LogShipping}).
 *
 * <p>There should be one object per copy: only then is it known which generation of an open store is closed, and only
 * then does an opening wait for a shipping to end instead of failing. The lock file of a folder keeps other objects and
 * processes out nevertheless. Safe for any thread.
 */
public final class StoreCopy {
    private final Storages storages;
    private final @Nullable Path folder;
    private final TreeMap<String, LogStorage> known = Names.map();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition free = lock.newCondition();
    private @Nullable Claim holder;

    /** Makes the storage of a storage group, once per group. */
    interface Storages {
        LogStorage of(String group) throws IOException;
    }

    private StoreCopy(Storages storages, @Nullable Path folder) {
        this.storages = storages;
        this.folder = folder;
    }

    /** A copy on disk; the folder is created when it is first used. */
    public static StoreCopy inFolder(Path folder) {
        return new StoreCopy(group -> new FileLogStorage(folder.resolve(FileLogStorage.safe(group))), folder);
    }

    /** A copy that lives as long as this object. */
    public static StoreCopy inMemory() {
        return new StoreCopy(group -> new MemoryLogStorage(), null);
    }

    /** A copy without a lock file whose logs are kept in these storages. */
    static StoreCopy over(Storages storages) {
        return new StoreCopy(storages, null);
    }

    /** Whether a store is open on it, by this object. */
    public boolean isOpen() {
        return store().isPresent();
    }

    /** Numbers of the generations it has of a storage group, ascending; those being received are not among them. */
    public List<Long> generations(String group) throws IOException {
        return storage(group).generations();
    }

    /**
     * The last generation that will not change any more: what the open store says, else all but the last one.
     *
     * @return 0 = there is none
     */
    public long lastClosed(String group) throws IOException {
        Optional<Claim> store = store();
        if (store.isPresent()) return store.get().lastClosed.applyAsLong(group);
        List<Long> all = generations(group);
        return all.size() < 2 ? 0 : all.get(all.size() - 2);
    }

    LogStorage storage(String group) throws IOException {
        synchronized (known) {
            LogStorage storage = known.get(group);
            if (storage == null) {
                storage = storages.of(group);
                known.put(group, storage);
            }
            return storage;
        }
    }

    /** Folder for messages on their way; null = memory. */
    @Nullable
    Path temporary() {
        return folder == null ? null : folder.resolve("incoming");
    }

    /** For a store; waits until nothing is being shipped into it. */
    Claim open() throws IOException {
        lock.lock();
        try {
            awaitNoShipping();
            if (holder != null) throw new IOException("in use by this process: " + this);
            return claim(true);
        } finally {
            lock.unlock();
        }
    }

    /**
     * For shipping; empty while a store is open.
     *
     * @param wait whether to wait for another shipping; whoever has a claim may not wait for a second one
     */
    Optional<Claim> forShipping(boolean wait) throws IOException {
        lock.lock();
        try {
            if (wait) awaitNoShipping();
            return holder == null ? Optional.of(claim(false)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void awaitNoShipping() {
        while (holder != null && !holder.store) free.awaitUninterruptibly();
    }

    private Claim claim(boolean store) throws IOException {
        Claim claim = new Claim(store);
        holder = claim;
        return claim;
    }

    private Optional<Claim> store() {
        lock.lock();
        try {
            return Optional.ofNullable(holder).filter(claim -> claim.store);
        } finally {
            lock.unlock();
        }
    }

    /** The folder, or what stands for it. */
    @Override
    public String toString() {
        return folder == null ? "copy in memory" : folder.toString();
    }

    /** The right to change the copy, until it is closed. */
    final class Claim implements Closeable {
        private final boolean store;
        private final @Nullable FolderLock file;
        private volatile ToLongFunction<String> lastClosed = group -> 0;

        private Claim(boolean store) throws IOException {
            this.store = store;
            if (folder == null) {
                file = null;
            } else {
                Files.createDirectories(folder);
                file = FolderLock.take(folder.resolve("lock"));
            }
        }

        /** Says who knows what is closed. */
        void lastClosed(ToLongFunction<String> source) {
            lastClosed = source;
        }

        @Override
        public void close() throws IOException {
            lock.lock();
            try {
                if (holder != this) return;
                holder = null;
                free.signalAll();
                if (file != null) file.close();
            } finally {
                lock.unlock();
            }
        }
    }
}
