package org.bridgehead.io.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a spool: {@code LOCK} (with the process that has it), {@code store} (RocksDB), {@code torn} (damaged
 * octets), {@code notes} ({@link NoteRing}), {@code aside-N} (whole stores that could not be opened), {@code store.new} (one in the making). Locked while
 * this object lives; the lock goes with the process.
 */
final class StoreFolder implements Closeable {
    private final Path folder;
    private final FileChannel lockFile;

    /** Makes the folder if it is not there, and locks it. */
    StoreFolder(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath();
        Folders.create(this.folder);
        lockFile = FileChannel.open(
                this.folder.resolve("LOCK"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            lock();
            locked = true;
        } finally {
            if (!locked) {
                lockFile.close();
            }
        }
    }

    private void lock() throws IOException {
        if (tryLock() == null) {
            throw new IOException("the spool " + folder + " is in use by " + owner()
                    + "; end it first, or give this process another --data folder");
        }
        lockFile.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        lockFile.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private @Nullable FileLock tryLock() throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private String owner() throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        int length = lockFile.read(pid, 0);
        return length > 0 ? "process " + new String(pid.array(), 0, length, StandardCharsets.US_ASCII) : "a process";
    }

    Path store() {
        return folder.resolve("store");
    }

    Path fresh() {
        return folder.resolve("store.new");
    }

    Path torn() {
        return folder.resolve("torn");
    }

    /** The store that was moved aside last. */
    Optional<Path> lastAside() throws IOException {
        List<Path> all = files(folder, "aside-*");
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Puts the store out of the way, as it is; answers where it is now. */
    Path moveAside() throws IOException {
        Path target = folder.resolve(
                String.format("aside-%04d", files(folder, "aside-*").size() + 1));
        Files.move(store(), target, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(folder);
        return target;
    }

    /** The new store becomes the store. */
    void useFresh() throws IOException {
        Folders.sync(fresh());
        Files.move(fresh(), store(), StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(folder);
    }

    /** The entries of a folder that match, by name. */
    static List<Path> files(Path folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        }
        Collections.sort(found);
        return found;
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
