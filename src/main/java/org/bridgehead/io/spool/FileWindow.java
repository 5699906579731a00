package org.bridgehead.io.spool;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks at a file of any size through a small buffer, little-endian. Not a memory map: that would hold a deleted file's
 * space until some garbage collection. For one thread.
 */
final class FileWindow implements Closeable {
    private static final int AHEAD = 256 * 1024;

    private final FileChannel file;
    private final long size;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long start;

    FileWindow(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ);
        size = file.size();
    }

    long size() {
        return size;
    }

    /** The octets from {@code at}, all of which must be there; valid until the next call. */
    ByteBuffer at(long at, int length) throws IOException {
        if (at < start || at + length > start + window.limit()) {
            fill(at, (int) Math.min(Math.max(length, AHEAD), size - at));
        }
        return window.slice((int) (at - start), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void fill(long at, int length) throws IOException {
        if (window.capacity() < length) {
            window = ByteBuffer.allocate(length);
        }
        window.clear().limit(length);
        while (window.hasRemaining()) {
            if (file.read(window, at + window.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        window.flip();
        start = at;
    }

    byte[] octets(long at, int length) throws IOException {
        byte[] octets = new byte[length];
        at(at, length).get(octets);
        return octets;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
