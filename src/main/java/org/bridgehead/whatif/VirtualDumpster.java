package org.bridgehead.whatif;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.Numbered;
import org.jspecify.annotations.Nullable;

/** The dumpster items and redelivery requests on the disk of one server. Refuses what no correct hub writes. */
final class VirtualDumpster {
    /** By storage group and position. */
    private final TreeMap<StorageGroupId, Numbered<SpoolRecord.Held>> items = new TreeMap<>();

    private final TreeMap<Long, SpoolRecord.Requested> requests = new TreeMap<>();
    /** What takes back the records behind the last sync, the last one first. */
    private final ArrayDeque<Runnable> undo = new ArrayDeque<>();

    /** Takes a record of the dumpster; one written a second time changes nothing. */
    void apply(SpoolRecord record) {
        if (record instanceof SpoolRecord.Held held) {
            hold(held);
        } else if (record instanceof SpoolRecord.Evicted evicted) {
            evict(evicted);
        } else if (record instanceof SpoolRecord.Requested requested) {
            request(requested);
        } else if (record instanceof SpoolRecord.RequestDone done) {
            SpoolRecord.Requested before = requests.remove(done.request());
            if (before != null) {
                undo.addLast(() -> requests.put(before.request(), before));
            }
        } else {
            throw new IllegalStateException("no record of a dumpster: " + record);
        }
    }

    private void hold(SpoolRecord.Held held) {
        Numbered<SpoolRecord.Held> there = items.computeIfAbsent(held.storageGroup(), group -> new Numbered<>());
        SpoolRecord.Held before = there.put(held.sequence(), held);
        undo.addLast(before == null ? () -> there.remove(held.sequence()) : () -> there.put(held.sequence(), before));
    }

    private void evict(SpoolRecord.Evicted evicted) {
        Numbered<SpoolRecord.Held> there = items.get(evicted.storageGroup());
        SpoolRecord.Held gone = there == null ? null : there.remove(evicted.sequence());
        if (there == null || gone == null) {
            throw new IllegalStateException("evicted, but not there: " + evicted);
        }
        undo.addLast(() -> there.put(gone.sequence(), gone));
    }

    private void request(SpoolRecord.Requested requested) {
        SpoolRecord.Requested before = requests.put(requested.request(), requested);
        undo.addLast(
                before == null
                        ? () -> requests.remove(requested.request())
                        : () -> requests.put(before.request(), before));
    }

    /** All that was applied is on stable storage. */
    void sync() {
        undo.clear();
    }

    /** What was applied since the last sync is gone. */
    void losePower() {
        while (!undo.isEmpty()) {
            undo.removeLast().run();
        }
    }

    /** The items by storage group and position. */
    List<SpoolRecord.Held> items() {
        List<SpoolRecord.Held> all = new ArrayList<>();
        items.values().forEach(its -> all.addAll(its.values()));
        return all;
    }

    /** These items of a storage group, as far as they are there. */
    List<SpoolRecord.Held> items(StorageGroupId group, List<Long> sequences) {
        List<SpoolRecord.Held> found = new ArrayList<>(sequences.size());
        for (long sequence : sequences) {
            SpoolRecord.Held held = item(group, sequence);
            if (held != null) {
                found.add(held);
            }
        }
        return List.copyOf(found);
    }

    /** Whether the item is there. */
    boolean has(SpoolRecord.Held item) {
        return item(item.storageGroup(), item.sequence()) != null;
    }

    private SpoolRecord.@Nullable Held item(StorageGroupId group, long sequence) {
        Numbered<SpoolRecord.Held> there = items.get(group);
        return there == null ? null : there.get(sequence);
    }

    /** Requests that were not carried out to their end. */
    List<SpoolRecord.Requested> requests() {
        return List.copyOf(requests.values());
    }
}
