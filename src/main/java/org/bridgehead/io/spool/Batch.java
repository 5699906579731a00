package org.bridgehead.io.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.InternalId;

/**
 * Turns the records of one {@link Spool#write} into changes of the store, reading what is there where a deletion needs
 * it. Later records see the earlier ones. For one thread.
 */
final class Batch {
    private final Store store;
    private final Bodies bodies;
    private final Shard shard;
    private final Changes changes = new Changes();
    /** Fresh bodies that get their first holder here, and bodies that lose one, with their size. */
    private final TreeSet<Long> named = new TreeSet<>();

    private final Map<Long, Long> released = new TreeMap<>();
    private final TreeSet<Long> shared = new TreeSet<>();
    private final List<InternalId> accepted = new ArrayList<>();
    private final List<byte[]> taken = new ArrayList<>();
    private final List<byte[]> opened = new ArrayList<>();
    private long messages;
    private long held;
    private long bodyCount;

    Batch(Store store, Bodies bodies, Shard shard) {
        this.store = store;
        this.bodies = bodies;
        this.shard = shard;
    }

    void add(SpoolRecord record) throws IOException {
        if (record instanceof SpoolRecord.Accepted r) {
            byte[] key = Keys.accepted(shard, r.id(), Keys.body(r.body()));
            hold(key, r.body(), RecordCodec.encode(r));
            accepted.add(r.id());
            messages++;
        } else if (record instanceof SpoolRecord.Taken r) {
            byte[] key = Keys.taken(shard, TakenWindow.block(r.id()), r.transport(), r.id());
            changes.put(key, RecordCodec.encode(r));
            taken.add(key);
        } else if (record instanceof SpoolRecord.CopyMade r) {
            changes.put(Keys.ofCopy(shard, r.copy(), Keys.KIND_COPY), RecordCodec.encode(r));
        } else if (record instanceof SpoolRecord.Settled r) {
            changes.append(Keys.ofCopy(shard, r.copy(), Keys.KIND_SETTLED), RecordCodec.encode(r));
        } else if (record instanceof SpoolRecord.Expanded r) {
            changes.put(Keys.ofCopy(shard, r.parent(), Keys.KIND_EXPANDED), RecordCodec.encode(r));
        } else if (record instanceof SpoolRecord.Held r) {
            byte[] key = Keys.held(shard, r.storageGroup(), r.sequence(), Keys.body(r.body()));
            hold(key, r.body(), RecordCodec.encode(r));
            opened.add(key);
            held++;
        } else if (record instanceof SpoolRecord.Requested r) {
            byte[] key = Keys.request(shard, r.request());
            changes.put(key, RecordCodec.encode(r));
            opened.add(key);
        } else {
            remove(record);
        }
    }

    private void remove(SpoolRecord record) throws IOException {
        if (record instanceof SpoolRecord.Evicted r) {
            deleteAll(Keys.held(shard, r.storageGroup(), r.sequence()));
        } else if (record instanceof SpoolRecord.RequestDone r) {
            changes.delete(Keys.request(shard, r.request()));
        } else if (record instanceof SpoolRecord.Released r) {
            deleteAll(Keys.message(shard, r.id()));
        } else {
            throw new IllegalArgumentException("unknown record: " + record);
        }
    }

    private void hold(byte[] holder, BodyRef body, byte[] value) {
        long number = Keys.body(body);
        changes.put(holder, value).put(Keys.ref(number, holder), RecordCodec.encodeNumber(body.size()));
        Bodies.Fresh fresh = bodies.fresh(number);
        if (fresh == null) {
            shared.add(number);
        } else if (named.add(number)) {
            name(body, number, fresh);
        }
    }

    private void name(BodyRef body, long number, Bodies.Fresh fresh) {
        if (fresh.size() != body.size()) {
            throw new IllegalArgumentException("body " + body.key() + " has " + fresh.size() + " octets: " + body);
        }
        if (fresh.rest().length > 0) {
            changes.putChunk(Keys.chunk(number, fresh.stored()), Frame.wrap(RecordCodec.CHUNK, fresh.rest()));
        }
        if (fresh.stored() > 0) {
            changes.delete(Keys.orphan(number));
        }
        bodyCount++;
    }

    /** Deletes a record that holds no body, there or not. */
    void forget(byte[] key) {
        changes.delete(key);
    }

    /** Deletes all records under {@code prefix}, those of this batch included. */
    void deleteAll(byte[] prefix) throws IOException {
        for (byte[] key : live(prefix)) {
            delete(key);
        }
    }

    /** Deletes one record that is there; its body loses a holder. */
    private void delete(byte[] key) throws IOException {
        changes.delete(key);
        if (!Keys.holdsBody(key)) {
            return;
        }
        if (key[0] == Keys.HELD) {
            held--;
        } else {
            messages--;
        }
        long body = Keys.bodyOf(key);
        byte[] ref = Keys.ref(body, key);
        released.put(body, refSize(ref));
        changes.delete(ref);
    }

    private long refSize(byte[] ref) throws IOException {
        Changes.Change pending = changes.records().get(ref);
        byte[] value = pending != null ? pending.value() : store.get(ref);
        if (value == null) {
            return 0;
        }
        try {
            return RecordCodec.decodeNumber(value);
        } catch (TornException e) {
            throw new IOException("the size of a body: " + e.getMessage(), e);
        }
    }

    /** The keys under {@code prefix} as they would be after this batch. */
    private List<byte[]> live(byte[] prefix) throws IOException {
        TreeSet<byte[]> keys = new TreeSet<>(Keys.ORDER);
        byte[] from = prefix;
        byte[] to = Keys.after(prefix);
        for (List<Store.Entry> page = store.scan(from, to); !page.isEmpty(); page = store.scan(from, to)) {
            page.forEach(entry -> keys.add(entry.key()));
            from = Keys.next(page.get(page.size() - 1).key());
        }
        changes.under(prefix).forEach((key, change) -> {
            if (change.kind() == Changes.Kind.DELETE) {
                keys.remove(key);
            } else {
                keys.add(key);
            }
        });
        return new ArrayList<>(keys);
    }

    /** The bodies whose holders must not change while this batch is finished and written. */
    TreeSet<Long> bodiesToLock() {
        TreeSet<Long> all = new TreeSet<>(shared);
        all.addAll(released.keySet());
        return all;
    }

    /** Decides, under the locks, which bodies go; the changes are complete then. */
    Changes finish() throws IOException {
        for (long number : named) {
            Bodies.Fresh fresh = bodies.fresh(number);
            if (fresh == null || (fresh.stored() > 0 && fresh.generation() != store.generation())) {
                throw new IOException("the store failed while body " + Long.toHexString(number) + " was written");
            }
        }
        for (long number : shared) {
            if (!named.contains(number)
                    && store.scan(Keys.refs(number), Keys.after(Keys.refs(number)))
                            .isEmpty()) {
                throw new IllegalArgumentException("no such body: " + Long.toHexString(number));
            }
        }
        for (Map.Entry<Long, Long> body : released.entrySet()) {
            if (live(Keys.refs(body.getKey())).isEmpty()) {
                changes.deleteChunks(body.getKey(), Bodies.chunks(body.getValue()));
                bodyCount--;
            }
        }
        return changes;
    }

    /** What is written here and must be kept out of recoveries that have begun. */
    List<byte[]> opened() {
        return opened;
    }

    List<InternalId> accepted() {
        return accepted;
    }

    /** Keys of the {@code Taken} written here. */
    List<byte[]> taken() {
        return taken;
    }

    /** Fresh bodies that have a holder when this batch is written. */
    TreeSet<Long> named() {
        return named;
    }

    long messages() {
        return messages;
    }

    long held() {
        return held;
    }

    long bodyCount() {
        return bodyCount;
    }
}
