package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.mail.InternalId;

/**
 * The disk of one server: records in the order of writing, those behind the last sync lost when the power goes. Refuses
 * what no correct hub writes. Dumpster records are kept in the order of writing, too.
 */
final class VirtualDisk {
    private final Map<InternalId, List<SpoolRecord>> written = new LinkedHashMap<>();
    private final Map<InternalId, List<SpoolRecord>> synced = new LinkedHashMap<>();
    private final List<List<SpoolRecord>> unsynced = new ArrayList<>();
    private long lastId;

    /** The next message number, never given twice. */
    InternalId allocate() {
        return new InternalId(++lastId);
    }

    /** Writes a batch, whole. */
    void write(List<SpoolRecord> batch, boolean sync) {
        batch.forEach(record -> apply(written, record));
        unsynced.add(batch);
        if (sync) {
            unsynced.forEach(this::keep);
            unsynced.clear();
        }
    }

    private void keep(List<SpoolRecord> batch) {
        batch.forEach(record -> apply(synced, record));
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
        unsynced.subList(0, kept).forEach(this::keep);
        written.clear();
        synced.forEach((id, records) -> written.put(id, new ArrayList<>(records)));
        unsynced.clear();
    }

    /** Records of messages not released, by message and then in the order of writing. */
    List<SpoolRecord> records() {
        return written.values().stream().flatMap(List::stream).toList();
    }

    /** Messages not released. */
    int size() {
        return written.size();
    }

    /** Whether a group of some message has been expanded in part. */
    boolean isExpanding() {
        return written.values().stream()
                .anyMatch(records -> records.stream().anyMatch(SpoolRecord.CopyMade.class::isInstance)
                        && records.stream().noneMatch(SpoolRecord.Expanded.class::isInstance));
    }

    /** What there is of a message. */
    Optional<StoredMessage> load(InternalId id) {
        return Optional.ofNullable(written.get(id)).map(StoredMessage::of);
    }

    /** All messages, oldest first. */
    List<StoredMessage> recover() {
        return written.values().stream().map(StoredMessage::of).toList();
    }

    private static void apply(Map<InternalId, List<SpoolRecord>> disk, SpoolRecord record) {
        if (record instanceof SpoolRecord.Accepted accepted) {
            require(!disk.containsKey(accepted.id()), "accepted twice", record);
            disk.put(accepted.id(), new ArrayList<>(List.of(record)));
        } else if (record instanceof SpoolRecord.CopyMade made) {
            add(disk, made.copy().message(), record);
        } else if (record instanceof SpoolRecord.Settled settled) {
            add(disk, settled.copy().message(), record);
        } else if (record instanceof SpoolRecord.Expanded whole) {
            add(disk, whole.parent().message(), record);
        } else if (record instanceof SpoolRecord.Released released) {
            require(disk.remove(released.id()) != null, "released, but not there", record);
        }
    }

    private static void add(Map<InternalId, List<SpoolRecord>> disk, InternalId id, SpoolRecord record) {
        List<SpoolRecord> records = disk.get(id);
        if (records == null) {
            throw new IllegalStateException("a record of a message that is not there: " + record);
        }
        records.add(record);
    }

    private static void require(boolean condition, String what, SpoolRecord record) {
        if (!condition) {
            throw new IllegalStateException(what + ": " + record);
        }
    }
}
