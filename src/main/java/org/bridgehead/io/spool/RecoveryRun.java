package org.bridgehead.io.spool;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.bridgehead.core.hub.DeliveryNote;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.InternalId;

/**
 * One recovery. It reads page by page what is there, leaving out what was written since it began: numbers given out
 * since then by their size, the few given out before and written after by name.
 */
final class RecoveryRun implements Recovery {
    /**
     * What it hands over.
     *
     * @param shard of which shard
     * @param bound messages below this number
     * @param notes of deliveries, by number of the message
     */
    record Moment(Shard shard, long bound, Map<Long, List<DeliveryNote>> notes) {}

    private final KeyedSpool spool;
    private final Store store;
    private final Shard shard;
    private final long bound;
    private final Map<Long, List<DeliveryNote>> notes;
    private final Set<Long> acceptedSince = ConcurrentHashMap.newKeySet();
    private final Set<byte[]> openedSince = new ConcurrentSkipListSet<>(Keys.ORDER);

    RecoveryRun(KeyedSpool spool, Store store, Moment moment) {
        this.spool = spool;
        this.store = store;
        this.shard = moment.shard();
        this.bound = moment.bound();
        this.notes = moment.notes();
    }

    /** Called before the batch is written. */
    void written(Shard to, Batch batch) {
        if (to.equals(shard)) {
            for (InternalId id : batch.accepted()) {
                if (id.value() < bound) {
                    acceptedSince.add(id.value());
                }
            }
            openedSince.addAll(batch.opened());
        }
    }

    @Override
    public void forEach(Consumer<Recovered> sink) throws IOException {
        store.aside().take().forEach(sink);
        singles(Keys.REQUEST, sink);
        singles(Keys.HELD, sink);
        messages(sink);
        store.aside().take().forEach(sink);
    }

    @Override
    public void close() {
        spool.ended(this);
    }

    private void singles(byte space, Consumer<Recovered> sink) throws IOException {
        byte[] prefix = Keys.space(space, shard);
        Pages walk = new Pages(store, prefix, Keys.after(prefix));
        for (Store.Entry entry = walk.next(); entry != null; entry = walk.next()) {
            if (openedSince.contains(entry.key())) {
                continue;
            }
            try {
                SpoolRecord record = RecordCodec.decode(entry.value());
                sink.accept(
                        record instanceof SpoolRecord.Held held
                                ? new Recovered.HeldItem(held)
                                : new Recovered.Request((SpoolRecord.Requested) record));
            } catch (TornException e) {
                String what = space == Keys.HELD ? "dumpster item" : "redelivery request";
                sink.accept(moveAside(what + " of " + shard, entry, e));
                spool.drop(shard, entry.key());
            }
        }
    }

    private void messages(Consumer<Recovered> sink) throws IOException {
        Pages walk = new Pages(store, Keys.message(shard, 0), Keys.message(shard, bound));
        List<Store.Entry> message = new ArrayList<>();
        for (Store.Entry entry = walk.next(); entry != null; entry = walk.next()) {
            if (!message.isEmpty() && Keys.idOf(message.get(0).key()) != Keys.idOf(entry.key())) {
                message(message, sink);
                message.clear();
            }
            message.add(entry);
        }
        if (!message.isEmpty()) {
            message(message, sink);
        }
    }

    private void message(List<Store.Entry> entries, Consumer<Recovered> sink) throws IOException {
        long id = Keys.idOf(entries.get(0).key());
        if (acceptedSince.contains(id)) {
            return;
        }
        String name = "message " + id + " of " + shard;
        List<SpoolRecord> records = new ArrayList<>();
        boolean copyLost = false;
        for (Store.Entry entry : entries) {
            try {
                records.add(RecordCodec.decode(entry.value()));
            } catch (TornException e) {
                sink.accept(moveAside(name, entry, e));
                if (Keys.kindOf(entry.key()) == Keys.KIND_ACCEPTED) {
                    dropMessage(id, entries, entry);
                    return;
                }
                copyLost |= Keys.kindOf(entry.key()) == Keys.KIND_COPY;
                spool.drop(shard, entry.key());
            }
        }
        if (copyLost) {
            // Its recipients come back when the group is expanded again.
            records.removeIf(SpoolRecord.Expanded.class::isInstance);
        }
        if (!records.isEmpty() && records.get(0) instanceof SpoolRecord.Accepted) {
            sink.accept(new Recovered.Message(records, notes.getOrDefault(id, List.of())));
        } else {
            leftOver(id, name, entries, records, sink);
        }
    }

    /** Marks of a message that is gone mean nothing; copies without their message are damage. */
    private void leftOver(
            long id, String name, List<Store.Entry> entries, List<SpoolRecord> records, Consumer<Recovered> sink)
            throws IOException {
        if (records.stream().anyMatch(SpoolRecord.CopyMade.class::isInstance)) {
            for (Store.Entry entry : entries) {
                sink.accept(moveAside(name, entry, new TornException("a copy of a message that is not there")));
            }
        }
        spool.drop(shard, Keys.message(shard, id));
    }

    private void dropMessage(long id, List<Store.Entry> entries, Store.Entry torn) throws IOException {
        for (Store.Entry entry : entries) {
            if (entry != torn) {
                store.aside().keep("message " + id + " of " + shard, entry.value());
            }
        }
        spool.dropDamaged(shard, new InternalId(id));
    }

    private Recovered.Torn moveAside(String name, Store.Entry entry, TornException why) throws IOException {
        String where = store.aside().keep(name, entry.value());
        return store.aside().told(where + keepBody(name, entry.key()), String.valueOf(why.getMessage()));
    }

    /** The octets of a mail whose record is lost are worth keeping: they carry the header. */
    private String keepBody(String name, byte[] holder) throws IOException {
        if (!Keys.holdsBody(holder)) {
            return "";
        }
        long body = Keys.bodyOf(holder);
        BodyRef ref = Keys.bodyRef(body, Numbers.read(store, Keys.ref(body, holder), 0));
        try (InputStream octets = spool.read(ref)) {
            return ", its mail: " + store.aside().keep(name + ".eml", octets);
        } catch (IOException e) {
            return ", its mail is lost: " + e.getMessage();
        }
    }
}
