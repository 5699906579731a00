package org.bridgehead.io.mailstore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other stores, in this process or another, out of a folder. The system frees it when the process dies. */
final class FolderLock implements Closeable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) return new FolderLock(channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("in use by this process: " + file.getParent(), e);
        }
        channel.close();
        throw new IOException("in use by another process: " + file.getParent());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
