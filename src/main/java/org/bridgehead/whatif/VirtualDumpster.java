package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;

/** The dumpster items and redelivery requests on the disk of one server. Refuses what no correct hub writes. */
final class VirtualDumpster {
    private final TreeMap<StorageGroupId, TreeMap<Long, SpoolRecord.Held>> items = new TreeMap<>();
    private final TreeMap<Long, SpoolRecord.Requested> requests = new TreeMap<>();

    /** Takes a record of the dumpster; one written a second time changes nothing. */
    void apply(SpoolRecord record) {
        if (record instanceof SpoolRecord.Held held) {
            items.computeIfAbsent(held.storageGroup(), group -> new TreeMap<>()).put(held.sequence(), held);
        } else if (record instanceof SpoolRecord.Evicted evicted) {
            TreeMap<Long, SpoolRecord.Held> there = items.get(evicted.storageGroup());
            if (there == null || there.remove(evicted.sequence()) == null) {
                throw new IllegalStateException("evicted, but not there: " + record);
            }
        } else if (record instanceof SpoolRecord.Requested requested) {
            requests.put(requested.request(), requested);
        } else if (record instanceof SpoolRecord.RequestDone done) {
            requests.remove(done.request());
        } else {
            throw new IllegalStateException("no record of a dumpster: " + record);
        }
    }

    /** Holds what {@code other} holds. */
    void become(VirtualDumpster other) {
        items.clear();
        other.items.forEach((group, its) -> items.put(group, new TreeMap<>(its)));
        requests.clear();
        requests.putAll(other.requests);
    }

    /** The items by storage group and position. */
    List<SpoolRecord.Held> items() {
        List<SpoolRecord.Held> all = new ArrayList<>();
        items.values().forEach(its -> all.addAll(its.values()));
        return all;
    }

    /** These items of a storage group, as far as they are there. */
    List<SpoolRecord.Held> items(StorageGroupId group, List<Long> sequences) {
        TreeMap<Long, SpoolRecord.Held> there = items.getOrDefault(group, new TreeMap<>());
        return sequences.stream().filter(there::containsKey).map(there::get).toList();
    }

    /** Whether the item is there. */
    boolean has(SpoolRecord.Held item) {
        return items.getOrDefault(item.storageGroup(), new TreeMap<>()).containsKey(item.sequence());
    }

    /** Requests that were not carried out to their end. */
    List<SpoolRecord.Requested> requests() {
        return List.copyOf(requests.values());
    }
}
