package org.bridgehead.io.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store that ends with the process. */
final class MemoryStore implements Store {
    private final NavigableMap<byte[], byte[]> records = new TreeMap<>(Keys.ORDER);
    private final Map<byte[], byte[]> chunks = new TreeMap<>(Keys.ORDER);
    private final Aside aside = new Aside(Optional.empty());
    private long bytes;
    private long syncs;
    private boolean closed;

    @Override
    public synchronized byte @Nullable [] get(byte[] key) throws IOException {
        check();
        return records.get(key);
    }

    @Override
    public synchronized byte @Nullable [] chunk(byte[] key) throws IOException {
        check();
        return chunks.get(key);
    }

    @Override
    public synchronized List<Entry> scan(byte[] from, byte[] to) throws IOException {
        check();
        List<Entry> page = new ArrayList<>();
        long octets = 0;
        if (Keys.ORDER.compare(from, to) < 0) {
            for (Map.Entry<byte[], byte[]> entry :
                    records.subMap(from, true, to, false).entrySet()) {
                page.add(new Entry(entry.getKey(), entry.getValue()));
                octets += entry.getValue().length;
                if (page.size() >= PAGE_ENTRIES || octets >= PAGE_OCTETS) {
                    break;
                }
            }
        }
        return page;
    }

    @Override
    public synchronized void commit(Changes changes, boolean synced) throws IOException {
        check();
        changes.records().forEach((key, change) -> {
            switch (change.kind()) {
                case PUT -> put(records, key, change.value());
                case APPEND ->
                    put(records, key, Changes.concat(records.getOrDefault(key, new byte[0]), change.value()));
                case DELETE -> remove(records, key);
            }
        });
        changes.chunks().forEach(entry -> put(chunks, entry.key(), entry.value()));
        changes.deadChunks().forEach(key -> remove(chunks, key));
        if (synced) {
            syncs++;
        }
    }

    @Override
    public Spool.Ahead commitAhead(Changes changes) throws IOException {
        commit(changes, true);
        return () -> {};
    }

    private void put(Map<byte[], byte[]> map, byte[] key, byte[] value) {
        remove(map, key);
        map.put(key, value);
        bytes += key.length + value.length;
    }

    private void remove(Map<byte[], byte[]> map, byte[] key) {
        byte[] before = map.remove(key);
        if (before != null) {
            bytes -= key.length + before.length;
        }
    }

    private void check() throws IOException {
        if (closed) {
            throw new StoreClosedException("the spool is closed");
        }
    }

    @Override
    public long generation() {
        return 0;
    }

    @Override
    public synchronized long bytes() {
        return bytes;
    }

    @Override
    public synchronized long syncs() {
        return syncs;
    }

    @Override
    public synchronized Optional<String> failure() {
        return closed ? Optional.of("closed") : Optional.empty();
    }

    @Override
    public Aside aside() {
        return aside;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
