package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.Handovers;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.mail.TransportId;

/**
 * The disk of one server: records in the order of writing, those behind the last sync lost when the power goes. Refuses
 * what no correct hub writes.
 */
final class VirtualDisk {
    /** The records of one message, and how many of them are synced. */
    private static final class Stored {
        private final InternalId id;
        private final List<SpoolRecord> records = new ArrayList<>(4);
        private int synced;
        /** Whether it is among those {@code touched}. */
        private boolean touched;

        Stored(InternalId id) {
            this.id = id;
        }
    }

    private final Numbered<Stored> written = new Numbered<>();
    /** Messages that have records behind the last sync; those that are released, too. */
    private final List<Stored> touched = new ArrayList<>();

    private final List<List<SpoolRecord>> unsynced = new ArrayList<>();
    /** Dumpster items and redelivery requests. */
    private final VirtualDumpster dumpster = new VirtualDumpster();

    /** What was taken from other servers, oldest first: always synced, since the message it came with is. */
    private final Map<TransportId, List<SpoolRecord.Taken>> taken = new LinkedHashMap<>();
    /** An acceptance that could not be synced and was refused: gone with the next write, but not with the process. */
    private List<SpoolRecord> doubtful = List.of();

    private long lastId;

    /** What tells it from another disk of the same server: there is none. */
    long identity() {
        return 1;
    }

    /** The next message number, never given twice. */
    InternalId allocate() {
        return new InternalId(++lastId);
    }

    /** What was taken of a message. */
    List<SpoolRecord.Taken> taken(TransportId message) {
        return taken.getOrDefault(message, List.of());
    }

    /** Writes an acceptance and cannot sync it: it does not count, and the next write deletes it. */
    void fail(List<SpoolRecord> acceptance) {
        doubtful = acceptance;
    }

    /** The process ends: what it could not sync and had no time to delete is there all the same, or is not. */
    Optional<List<SpoolRecord>> resurrect() {
        List<SpoolRecord> back = doubtful;
        doubtful = List.of();
        return back.isEmpty() ? Optional.empty() : Optional.of(back);
    }

    /** Writes a batch, whole. */
    void write(List<SpoolRecord> batch, boolean sync) {
        if (!sync && hasTaken(batch)) {
            throw new IllegalStateException("taken from a server, and not synced: " + batch);
        }
        doubtful = List.of();
        for (SpoolRecord record : batch) {
            apply(record);
        }
        unsynced.add(batch);
        if (sync) {
            sync();
        }
    }

    private static boolean hasTaken(List<SpoolRecord> batch) {
        for (SpoolRecord record : batch) {
            if (record instanceof SpoolRecord.Taken) {
                return true;
            }
        }
        return false;
    }

    private void sync() {
        for (Stored stored : touched) {
            stored.synced = stored.records.size();
            stored.touched = false;
        }
        touched.clear();
        unsynced.clear();
        dumpster.sync();
    }

    /** Batches behind the last sync. */
    int unsynced() {
        return unsynced.size();
    }

    /**
     * The machine lost its power: what was not synced is gone.
     *
     * @param kept batches behind the last sync that had reached the disk all the same
     */
    void losePower(int kept) {
        List<List<SpoolRecord>> reached = List.copyOf(unsynced.subList(0, kept));
        for (Stored stored : touched) {
            stored.records.subList(stored.synced, stored.records.size()).clear();
            if (stored.synced > 0) {
                written.put(stored.id.value(), stored);
            } else {
                written.remove(stored.id.value());
            }
        }
        dumpster.losePower();
        sync();
        reached.forEach(batch -> write(batch, true));
    }

    /** Records of messages not released, by message and then in the order of writing. */
    List<SpoolRecord> records() {
        return written.values().stream()
                .flatMap(stored -> stored.records.stream())
                .toList();
    }

    /** Messages not released. */
    int size() {
        return written.size();
    }

    /** Whether a group of some message has been expanded in part. */
    boolean isExpanding() {
        return written.values().stream()
                .anyMatch(stored -> stored.records.stream().anyMatch(SpoolRecord.CopyMade.class::isInstance)
                        && stored.records.stream().noneMatch(SpoolRecord.Expanded.class::isInstance));
    }

    /** What there is of a message. */
    Optional<StoredMessage> load(InternalId id) {
        return Optional.ofNullable(written.get(id.value())).map(stored -> StoredMessage.of(stored.records));
    }

    /** A message as it was accepted. */
    Optional<SpoolRecord.Accepted> accepted(InternalId id) {
        Stored stored = written.get(id.value());
        return stored == null ? Optional.empty() : Optional.of((SpoolRecord.Accepted) stored.records.get(0));
    }

    /** All messages, oldest first. */
    List<StoredMessage> recover() {
        return written.values().stream()
                .map(stored -> StoredMessage.of(stored.records))
                .toList();
    }

    /** The dumpster of its server. */
    VirtualDumpster dumpster() {
        return dumpster;
    }

    private void apply(SpoolRecord record) {
        if (record instanceof SpoolRecord.Accepted accepted) {
            if (written.put(accepted.id().value(), new Stored(accepted.id())) != null) {
                throw new IllegalStateException("accepted twice: " + record);
            }
            add(accepted.id(), record);
        } else if (record instanceof SpoolRecord.Taken one) {
            forget(one);
            taken.put(one.transport(), Lists.plus(taken(one.transport()), one));
        } else if (record instanceof SpoolRecord.CopyMade made) {
            add(made.copy().message(), record);
        } else if (record instanceof SpoolRecord.Settled settled) {
            add(settled.copy().message(), record);
        } else if (record instanceof SpoolRecord.Expanded whole) {
            add(whole.parent().message(), record);
        } else if (record instanceof SpoolRecord.Released released) {
            Stored stored = written.remove(released.id().value());
            if (stored == null) {
                throw new IllegalStateException("released, but not there: " + record);
            }
            touch(stored);
        } else {
            dumpster.apply(record);
        }
    }

    /** What can make no difference any more, now that this one has come, takes no room. */
    private void forget(SpoolRecord.Taken newest) {
        Iterator<List<SpoolRecord.Taken>> all = taken.values().iterator();
        boolean old = true;
        while (old && all.hasNext()) {
            List<SpoolRecord.Taken> eldest = all.next();
            old = Lists.allMatch(
                    eldest,
                    one -> newest.id().value() - one.id().value() > Handovers.NUMBERS
                            || one.at().plus(Handovers.KEPT).isBefore(newest.at()));
            if (old) {
                all.remove();
            }
        }
    }

    private void add(InternalId id, SpoolRecord record) {
        Stored stored = written.get(id.value());
        if (stored == null) {
            throw new IllegalStateException("a record of a message that is not there: " + record);
        }
        stored.records.add(record);
        touch(stored);
    }

    private void touch(Stored stored) {
        if (!stored.touched) {
            stored.touched = true;
            touched.add(stored);
        }
    }
}
