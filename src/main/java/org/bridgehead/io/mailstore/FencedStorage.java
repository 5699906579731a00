package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A storage as one opening of a store sees it. When the opening is over, nothing that a slow thread of it still wants to
 * write reaches the storage, which may belong to another opening by then. Safe for any thread.
 */
final class FencedStorage implements LogStorage {
    private final LogStorage storage;
    private volatile boolean over;
    private volatile boolean dead;

    /** Something done to the storage. */
    private interface Change {
        void make() throws IOException;
    }

    FencedStorage(LogStorage storage) {
        this.storage = storage;
    }

    /** Ends it as the death of the machine would, after the write or sync that is going on. */
    @Override
    public synchronized void crash() throws IOException {
        if (over) return;
        over = true;
        dead = true;
        storage.crash();
    }

    /** Whether it ended by {@link #crash}. */
    boolean crashed() {
        return dead;
    }

    @Override
    public synchronized void close() throws IOException {
        if (over) return;
        over = true;
        storage.close();
    }

    @Override
    public List<Long> generations() throws IOException {
        return alive().generations();
    }

    @Override
    public boolean contains(long generation) throws IOException {
        return alive().contains(generation);
    }

    @Override
    public long size(long generation) throws IOException {
        return alive().size(generation);
    }

    @Override
    public void begin(long generation) throws IOException {
        change(() -> storage.begin(generation));
    }

    @Override
    public void resume(long generation) throws IOException {
        change(() -> storage.resume(generation));
    }

    @Override
    public void append(ByteBuffer octets) throws IOException {
        change(() -> storage.append(octets));
    }

    @Override
    public void sync() throws IOException {
        change(storage::sync);
    }

    @Override
    public void truncate(long generation, long size) throws IOException {
        change(() -> storage.truncate(generation, size));
    }

    @Override
    public void remove(long generation) throws IOException {
        change(() -> storage.remove(generation));
    }

    @Override
    public InputStream read(long generation, long offset) throws IOException {
        return alive().read(generation, offset);
    }

    @Override
    public String setAside(long generation, long offset, long length) throws IOException {
        return alive().setAside(generation, offset, length);
    }

    @Override
    public long receive(long generation, InputStream octets) throws IOException {
        return alive().receive(generation, octets);
    }

    @Override
    public InputStream readReceived(long offset) throws IOException {
        return alive().readReceived(offset);
    }

    @Override
    public void admit() throws IOException {
        change(storage::admit);
    }

    @Override
    public void dropReceived() throws IOException {
        change(storage::dropReceived);
    }

    private LogStorage alive() throws IOException {
        if (dead) throw new IOException("the node is dead");
        return storage;
    }

    private synchronized void change(Change change) throws IOException {
        if (over) throw new IOException(dead ? "the node is dead" : "the store is closed");
        change.make();
    }
}
