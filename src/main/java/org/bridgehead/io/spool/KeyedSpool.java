package org.bridgehead.io.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.bridgehead.core.hub.DeliveryNote;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;

/**
 * What both stores have in common: everything but the storing. Safe for any thread. Longer than most files: whatever
 * takes part in the order of locks is here.
 *
 * <p>Locks, in this order: {@code era} keeps a beginning recovery and running writes apart; a stripe a body, in order of
 * stripes, keeps "the last holder goes" and "a further holder comes" apart. A fresh body needs none: nobody else knows it.
 */
class KeyedSpool implements Spool {
    /** Name of the number of processes so far. */
    static final String RUN = "run";

    /** Name of the identity of the store; 0 = it has none since damage cost it records. */
    static final String IDENTITY = "notes";

    private static final int STRIPES = 1024;

    /**
     * An acceptance whose write failed: it may be there when the store is open again, and must not.
     *
     * @param shard whose
     * @param prefix of the keys of the message, or the key of what says that it was taken
     */
    private record Doubt(Shard shard, byte[] prefix) {}

    private final Store store;
    private final Bodies bodies;
    private final long identity;
    private final Notebook notebook;
    private final ReentrantReadWriteLock era = new ReentrantReadWriteLock();
    private final Lock[] stripes = new Lock[STRIPES];
    private final Set<Shard> enrolled = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Shard, Allocator> allocators = new ConcurrentHashMap<>();
    private final ConcurrentMap<Shard, TakenWindow> windows = new ConcurrentHashMap<>();
    private final List<RecoveryRun> recoveries = new CopyOnWriteArrayList<>();
    private final Deque<Doubt> doubts = new ArrayDeque<>();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong bodyCount = new AtomicLong();
    private volatile long countedGeneration;

    /**
     * Begins a process on a store.
     *
     * @param notes the file of the delivery notes; empty = nothing is noted
     */
    KeyedSpool(Store store, Optional<Path> notes) throws IOException {
        this.store = store;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
        boolean begun = false;
        try {
            this.bodies = new Bodies(store, nextRun());
            this.identity = identity(store);
            this.notebook = notes.isPresent() ? Notebook.open(notes.get(), store, identity) : Notebook.none(store);
            count();
            begun = true;
        } finally {
            if (!begun) {
                store.close();
            }
        }
    }

    private static long identity(Store store) throws IOException {
        byte[] key = Keys.meta(IDENTITY);
        long known = Numbers.read(store, key, 0);
        if (known != 0) {
            return known;
        }
        long fresh = new SecureRandom().nextLong() >>> 1 | 1;
        Numbers.write(store, key, fresh);
        return fresh;
    }

    private long nextRun() throws IOException {
        long known = Numbers.read(store, Keys.meta(RUN), 0);
        long run = (known > 0 ? known : lastRunOfBodies()) + 1;
        Numbers.write(store, Keys.meta(RUN), run);
        return run;
    }

    /** Where the number itself is lost, the bodies tell; without any this is a new store. */
    private long lastRunOfBodies() throws IOException {
        long last = 0;
        for (byte space : new byte[] {Keys.REF, Keys.ORPHAN}) {
            byte[] from = Keys.space(space);
            Pages pages = new Pages(store, from, Keys.after(from));
            for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
                last = Math.max(last, Bodies.runOf(Keys.refBody(entry.key())));
            }
        }
        return last;
    }

    @Override
    public InternalId allocate(Shard shard) throws IOException {
        enrol(shard);
        return new InternalId(allocator(shard).allocate());
    }

    @Override
    public BodyWriter newBody() {
        return bodies.writer();
    }

    @Override
    public void write(Shard shard, List<SpoolRecord> records, boolean synced) throws IOException {
        begin(shard);
        commit(shard, batch(shard, records), synced);
    }

    @Override
    public Ahead writeAhead(Shard shard, List<SpoolRecord> records) throws IOException {
        begin(shard);
        Batch batch = batch(shard, records);
        Ahead written = locked(batch, () -> {
            Changes changes = batch.finish();
            recoveries.forEach(run -> run.written(shard, batch));
            return attempted(shard, batch, () -> store.commitAhead(changes));
        });
        return () -> {
            try {
                written.kept();
            } catch (IOException e) {
                doubt(shard, batch);
                throw e;
            }
            done(batch);
        };
    }

    private Batch batch(Shard shard, List<SpoolRecord> records) throws IOException {
        Batch batch = new Batch(store, bodies, shard);
        for (SpoolRecord record : records) {
            batch.add(record);
        }
        window(shard).sweep(batch);
        return batch;
    }

    @Override
    public long identity() {
        return identity;
    }

    @Override
    public List<SpoolRecord.Taken> taken(Shard shard, TransportId message) throws IOException {
        begin(shard);
        List<SpoolRecord.Taken> found =
                window(shard).of(message, allocator(shard).next());
        if (found.isEmpty()) {
            return found;
        }
        // What was found may wait for its sync, and is believed when it has had it.
        store.commit(new Changes(), true);
        begin(shard);
        return window(shard).of(message, allocator(shard).next());
    }

    @Override
    public void note(Shard shard, DeliveryNote note) {
        notebook.add(shard, note);
    }

    @Override
    public InputStream read(BodyRef body) {
        return bodies.read(body);
    }

    @Override
    public Optional<LoadedMessage> load(Shard shard, InternalId id) throws IOException {
        byte[] prefix = Keys.message(shard, id);
        List<SpoolRecord> records = new ArrayList<>();
        Pages pages = new Pages(store, prefix, Keys.after(prefix));
        for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
            records.add(decoded(entry.value(), id));
        }
        return loaded(records);
    }

    @Override
    public List<LoadedMessage> load(Shard shard, Collection<CopyId> copies) throws IOException {
        Map<InternalId, NavigableSet<CopyId>> wanted = new LinkedHashMap<>();
        copies.forEach(copy ->
                wanted.computeIfAbsent(copy.message(), id -> new TreeSet<>()).add(copy));
        List<LoadedMessage> found = new ArrayList<>();
        for (Map.Entry<InternalId, NavigableSet<CopyId>> message : wanted.entrySet()) {
            load(shard, message.getKey(), message.getValue()).ifPresent(found::add);
        }
        return found;
    }

    private Optional<LoadedMessage> load(Shard shard, InternalId id, NavigableSet<CopyId> copies) throws IOException {
        byte[] first = Keys.accepted(shard, id, 0);
        List<SpoolRecord> records = new ArrayList<>();
        for (Store.Entry entry : store.scan(first, Keys.ofCopy(shard, CopyId.original(id), Keys.KIND_COPY))) {
            records.add(decoded(entry.value(), id));
        }
        for (byte kind : new byte[] {Keys.KIND_COPY, Keys.KIND_SETTLED, Keys.KIND_EXPANDED}) {
            for (CopyId copy : copies) {
                byte[] value = store.get(Keys.ofCopy(shard, copy, kind));
                if (value != null) {
                    records.add(decoded(value, id));
                }
            }
        }
        return loaded(records);
    }

    private static Optional<LoadedMessage> loaded(List<SpoolRecord> records) {
        boolean there = !records.isEmpty() && records.get(0) instanceof SpoolRecord.Accepted;
        return there ? Optional.of(new LoadedMessage(records)) : Optional.empty();
    }

    private static SpoolRecord decoded(byte[] value, InternalId id) throws IOException {
        try {
            return RecordCodec.decode(value);
        } catch (TornException e) {
            throw new IOException("message " + id + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public List<SpoolRecord.Held> held(Shard shard, StorageGroupId group, List<Long> sequences) throws IOException {
        List<SpoolRecord.Held> found = new ArrayList<>();
        for (long sequence : sequences) {
            byte[] prefix = Keys.held(shard, group, sequence);
            for (Store.Entry entry : store.scan(prefix, Keys.after(prefix))) {
                item(entry).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public void held(Shard shard, StorageGroupId group, Consumer<SpoolRecord.Held> sink) throws IOException {
        byte[] prefix = Keys.held(shard, group);
        Pages pages = new Pages(store, prefix, Keys.after(prefix));
        for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
            item(entry).ifPresent(sink);
        }
    }

    /** A damaged item stays where it is until the next start moves it aside and says so. */
    private static Optional<SpoolRecord.Held> item(Store.Entry entry) {
        try {
            return Optional.of((SpoolRecord.Held) RecordCodec.decode(entry.value()));
        } catch (TornException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized long nextLife(Shard shard) throws IOException {
        byte[] key = Keys.meta("life " + Shard.folded(shard.server()));
        long life = Numbers.read(store, key, 0) + 1;
        Numbers.write(store, key, life);
        return life;
    }

    @Override
    public Recovery beginRecovery(Shard shard) throws IOException {
        begin(shard);
        Map<Long, List<DeliveryNote>> notes = notebook.of(shard);
        era.writeLock().lock();
        try {
            RecoveryRun run = new RecoveryRun(
                    this, store, new RecoveryRun.Moment(shard, allocator(shard).next(), notes));
            recoveries.add(run);
            return run;
        } finally {
            era.writeLock().unlock();
        }
    }

    void ended(RecoveryRun run) {
        recoveries.remove(run);
    }

    @Override
    public long sweepOrphans() throws IOException {
        Pages pages = new Pages(store, Keys.space(Keys.ORPHAN), Keys.after(Keys.space(Keys.ORPHAN)));
        long swept = 0;
        for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
            long body = Keys.orphanBody(entry.key());
            if (bodies.isOfEarlierRun(body)) {
                int count = Math.toIntExact(Numbers.read(store, entry.key(), 0));
                store.commit(new Changes().delete(entry.key()).deleteChunks(body, count), false);
                swept++;
            }
        }
        return swept;
    }

    @Override
    public List<Shard> shards() throws IOException {
        List<Shard> found = new ArrayList<>();
        Pages pages = new Pages(store, Keys.space(Keys.SHARD), Keys.after(Keys.space(Keys.SHARD)));
        for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
            found.add(new Shard(Keys.shardOf(entry.key())));
        }
        return found;
    }

    @Override
    public SpoolStatus status() {
        return new SpoolStatus(
                messages.get(),
                held.get(),
                bodyCount.get(),
                store.bytes(),
                store.aside().count(),
                store.syncs(),
                store.generation(),
                store.failure());
    }

    @Override
    public void close() throws IOException {
        try {
            notebook.close();
        } finally {
            store.close();
        }
    }

    /** Deletes what begins with {@code prefix}, and bodies whose last holder that was. */
    void drop(Shard shard, byte[] prefix) throws IOException {
        begin(shard);
        Batch batch = new Batch(store, bodies, shard);
        batch.deleteAll(prefix);
        commit(shard, batch, false);
    }

    /** The same of a message that cannot be read any more, which thereby was never taken from another server. */
    void dropDamaged(Shard shard, InternalId message) throws IOException {
        begin(shard);
        Batch batch = new Batch(store, bodies, shard);
        batch.deleteAll(Keys.message(shard, message));
        window(shard).forget(message, batch);
        commit(shard, batch, false);
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private void commit(Shard shard, Batch batch, boolean synced) throws IOException {
        locked(batch, () -> {
            Changes changes = batch.finish();
            recoveries.forEach(run -> run.written(shard, batch));
            attempted(shard, batch, () -> {
                store.commit(changes, synced);
                return changes;
            });
            done(batch);
            return changes;
        });
    }

    private <T> T locked(Batch batch, Step<T> step) throws IOException {
        List<Lock> locks = locks(batch.bodiesToLock());
        era.readLock().lock();
        locks.forEach(Lock::lock);
        try {
            return step.run();
        } finally {
            locks.forEach(Lock::unlock);
            era.readLock().unlock();
        }
    }

    /** New mail brings only bodies that nobody else knows, and needs none. */
    private List<Lock> locks(Collection<Long> of) {
        if (of.isEmpty()) {
            return List.of();
        }
        return of.stream()
                .map(body -> Math.floorMod(Long.hashCode(body * 0x9E3779B97F4A7C15L), STRIPES))
                .sorted()
                .distinct()
                .map(index -> stripes[index])
                .toList();
    }

    private <T> T attempted(Shard shard, Batch batch, Step<T> write) throws IOException {
        try {
            return write.run();
        } catch (StoreClosedException e) {
            throw e;
        } catch (IOException e) {
            doubt(shard, batch);
            throw e;
        }
    }

    private void done(Batch batch) {
        batch.named().forEach(bodies::named);
        messages.addAndGet(batch.messages());
        held.addAndGet(batch.held());
        bodyCount.addAndGet(batch.bodyCount());
    }

    private void doubt(Shard shard, Batch batch) {
        synchronized (doubts) {
            batch.taken().forEach(key -> doubts.add(new Doubt(shard, key)));
            batch.accepted().forEach(id -> doubts.add(new Doubt(shard, Keys.message(shard, id))));
        }
    }

    /** Before anything new: what a failed write may have left behind goes, and a reopened store is counted again. */
    private void begin(Shard shard) throws IOException {
        enrol(shard);
        synchronized (doubts) {
            while (!doubts.isEmpty()) {
                Doubt doubt = doubts.element();
                Batch batch = new Batch(store, bodies, doubt.shard());
                batch.deleteAll(doubt.prefix());
                store.commit(batch.finish(), false);
                doubts.remove();
            }
        }
        if (countedGeneration != store.generation()) {
            era.writeLock().lock();
            try {
                count();
            } finally {
                era.writeLock().unlock();
            }
        }
    }

    /** Counts messages, dumpster items and bodies by their holders: one small key each. */
    private void count() throws IOException {
        long generation = store.generation();
        long[] counted = new long[3];
        long body = -1;
        Pages pages = new Pages(store, Keys.space(Keys.REF), Keys.after(Keys.space(Keys.REF)));
        for (Store.Entry entry = pages.next(); entry != null; entry = pages.next()) {
            counted[Keys.refHolder(entry.key())[0] == Keys.MESSAGE ? 0 : 1]++;
            counted[2] += Keys.refBody(entry.key()) == body ? 0 : 1;
            body = Keys.refBody(entry.key());
        }
        messages.set(counted[0]);
        held.set(counted[1]);
        bodyCount.set(counted[2]);
        countedGeneration = generation;
    }

    private TakenWindow window(Shard shard) {
        return windows.computeIfAbsent(shard, owner -> new TakenWindow(store, owner));
    }

    private Allocator allocator(Shard shard) {
        return allocators.computeIfAbsent(shard, owner -> new Allocator(store, owner));
    }

    private void enrol(Shard shard) throws IOException {
        if (!enrolled.contains(shard)) {
            if (store.get(Keys.shard(shard)) == null) {
                Numbers.write(store, Keys.shard(shard), 0);
            }
            enrolled.add(shard);
        }
    }
}
