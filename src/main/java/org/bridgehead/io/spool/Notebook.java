package org.bridgehead.io.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.DeliveryNote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery notes of one spool, in a {@link NoteRing} beside the store. Believed only as far as they cannot speak of
 * other mail than they were made for: the store keeps the identity that notes carry, a salvaged or a new store has
 * another one, and when a store is opened, notes on numbers that it has not given out yet go (it was restored from a
 * backup, the notes were not). Safe for any thread.
 */
final class Notebook implements Closeable {
    /** Recipients of one entry at most. */
    private static final int MOST_PARTS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Notebook.class);

    private final Store store;
    private final long identity;
    private final Optional<NoteRing> ring;

    private Notebook(Store store, long identity, Optional<NoteRing> ring) {
        this.store = store;
        this.identity = identity;
        this.ring = ring;
    }

    /** Nothing is noted. */
    static Notebook none(Store store) {
        return new Notebook(store, 0, Optional.empty());
    }

    /** In {@code file}; where that cannot be had nothing is noted, and a log line says so. */
    static Notebook open(Path file, Store store, long identity) throws IOException {
        Optional<NoteRing> ring = ring(file);
        if (ring.isPresent()) {
            forget(ring.get(), identity, store);
        }
        return new Notebook(store, identity, ring);
    }

    private static Optional<NoteRing> ring(Path file) {
        try {
            return Optional.of(NoteRing.open(file));
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be used ({}): after a crash more mail than necessary is sent again", file, e.toString());
            return Optional.empty();
        }
    }

    /** Takes away the notes on numbers that are yet to be given out. */
    private static void forget(NoteRing ring, long identity, Store store) throws IOException {
        Map<String, Long> next = new HashMap<>();
        for (Placed placed : read(ring, identity)) {
            String shard = placed.entry().shard();
            if (!next.containsKey(shard)) {
                next.put(shard, Numbers.read(store, Keys.meta(Allocator.NEXT + shard), 0));
            }
            if (placed.entry().note().copy().message().value() >= next.get(shard)) {
                ring.remove(placed.at());
            }
        }
    }

    /** An entry and where it stands. */
    private record Placed(long at, NoteCodec.Entry entry) {}

    private static List<Placed> read(NoteRing ring, long identity) throws IOException {
        List<Placed> found = new ArrayList<>();
        ring.forEach((at, payload) -> NoteCodec.decode(payload)
                .filter(entry -> entry.spool() == identity)
                .ifPresent(entry -> found.add(new Placed(at, entry))));
        return found;
    }

    /** Puts a note down, at once and without waiting for anything. */
    void add(Shard shard, DeliveryNote note) {
        if (ring.isEmpty()) {
            return;
        }
        List<DeliveryNote.Part> parts = note.parts();
        for (int from = 0; from < parts.size(); from += MOST_PARTS) {
            List<DeliveryNote.Part> some = parts.subList(from, Math.min(parts.size(), from + MOST_PARTS));
            DeliveryNote part = new DeliveryNote(note.copy(), note.target(), note.reports(), some);
            ring.get().add(NoteCodec.encode(new NoteCodec.Entry(identity, Shard.folded(shard.server()), part)));
        }
    }

    /** What is noted in a shard now, by the number of the message. */
    Map<Long, List<DeliveryNote>> of(Shard shard) throws IOException {
        // A store that was salvaged meanwhile has lost its identity.
        if (ring.isEmpty() || Numbers.read(store, Keys.meta(KeyedSpool.IDENTITY), 0) != identity) {
            return Map.of();
        }
        String name = Shard.folded(shard.server());
        Map<Long, List<DeliveryNote>> found = new HashMap<>();
        for (Placed placed : read(ring.get(), identity)) {
            DeliveryNote note = placed.entry().note();
            if (placed.entry().shard().equals(name)) {
                found.computeIfAbsent(note.copy().message().value(), id -> new ArrayList<>(1))
                        .add(note);
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        if (ring.isPresent()) {
            ring.get().close();
        }
    }
}
