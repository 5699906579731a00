package org.bridgehead.io.mailstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Logs that die with the process, if not before ({@link #crash}). What is set aside is counted, not kept. */
final class MemoryLogStorage implements LogStorage {
    private final TreeMap<Long, Generation> generations = new TreeMap<>();
    private long received;
    private byte @Nullable [] arriving;

    private static final class Generation {
        private byte[] octets = new byte[1 << 12];
        private int size;
        private int synced;
    }

    @Override
    public synchronized List<Long> generations() {
        return List.copyOf(generations.keySet());
    }

    @Override
    public synchronized long size(long generation) throws IOException {
        return existing(generation).size;
    }

    @Override
    public synchronized void begin(long generation) {
        if (!generations.isEmpty()) {
            Generation full = generations.lastEntry().getValue();
            full.octets = Arrays.copyOf(full.octets, full.size);
        }
        generations.put(generation, new Generation());
    }

    @Override
    public synchronized void resume(long generation) throws IOException {
        existing(generation);
    }

    @Override
    public synchronized void append(ByteBuffer octets) throws IOException {
        Generation last = generations.lastEntry().getValue();
        long size = (long) last.size + octets.remaining();
        if (size > Integer.MAX_VALUE - 8) throw new IOException("a log in memory ends at 2 GB");
        if (size > last.octets.length) {
            last.octets = Arrays.copyOf(last.octets, (int)
                    Math.min(Integer.MAX_VALUE - 8, Math.max(size, 2L * last.octets.length)));
        }
        int length = octets.remaining();
        octets.get(last.octets, last.size, length);
        last.size += length;
    }

    @Override
    public synchronized void sync() {
        Generation last = generations.lastEntry().getValue();
        last.synced = last.size;
    }

    @Override
    public synchronized void truncate(long generation, long size) throws IOException {
        Generation cut = existing(generation);
        cut.size = (int) Math.min(cut.size, size);
        cut.synced = cut.size;
    }

    @Override
    public synchronized void remove(long generation) {
        generations.remove(generation);
    }

    @Override
    public synchronized InputStream read(long generation, long offset) throws IOException {
        Generation read = existing(generation);
        int from = (int) Math.min(offset, read.size);
        return new ByteArrayInputStream(read.octets, from, read.size - from);
    }

    @Override
    public synchronized long receive(long generation, InputStream octets) throws IOException {
        received = generation;
        arriving = octets.readAllBytes();
        return arriving.length;
    }

    @Override
    public synchronized InputStream readReceived(long offset) throws IOException {
        byte[] octets = arrived();
        int from = (int) Math.min(offset, octets.length);
        return new ByteArrayInputStream(octets, from, octets.length - from);
    }

    @Override
    public synchronized void admit() throws IOException {
        Generation made = new Generation();
        made.octets = arrived();
        made.size = made.octets.length;
        made.synced = made.size;
        generations.put(received, made);
        arriving = null;
    }

    @Override
    public synchronized void dropReceived() {
        arriving = null;
    }

    /** Cuts every generation to what was synced, as the least that a disk may do. */
    @Override
    public synchronized void crash() {
        generations.values().forEach(cut -> cut.size = cut.synced);
        generations.values().removeIf(cut -> cut.size == 0);
    }

    @Override
    public String setAside(long generation, long offset, long length) {
        return "nothing (in memory)";
    }

    @Override
    public void close() {
        // The octets go when the last reader goes.
    }

    private byte[] arrived() throws IOException {
        if (arriving == null) throw new IOException("nothing was received");
        return arriving;
    }

    private Generation existing(long generation) throws IOException {
        Generation found = generations.get(generation);
        if (found == null) throw new IOException("no generation " + generation);
        return found;
    }
}
