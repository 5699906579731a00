package org.bridgehead.core.dumpster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.topology.DumpsterSettings;

/**
 * The delivered mail that one hub still keeps for one replicated storage group (BEHAVIOUR 4.1): first in, first out by
 * size and age, and nothing but these limits lets an item go, replicated or not. It knows where an item stands in the
 * spool, how long it is and how old; what is in it only the spool knows. An item takes about 100 octets.
 *
 * <p>Time passes only with calls: an item too old is let go when the next one comes, or by {@link #expire}. Not
 * thread-safe: it belongs to one hub.
 */
public final class Dumpster {
    /**
     * A delivered copy.
     *
     * @param sequence position: counts up with each delivery of the hub
     * @param octets its body's
     * @param at when it was delivered
     */
    public record Item(long sequence, long octets, Instant at) {}

    /**
     * What became of an item that was offered.
     *
     * @param kept whether it is in the dumpster now
     * @param evicted positions of those that had to go, oldest first; never that of the offered one
     */
    public record Addition(boolean kept, List<Long> evicted) {
        /** Copies the list. */
        public Addition {
            evicted = List.copyOf(evicted);
        }
    }

    private final TreeMap<Long, Item> items = new TreeMap<>();
    private long octets;
    private long inserts;
    private long deletes;

    /**
     * A copy was delivered. One longer than the limit is not kept and evicts nothing (DECISIONS 5.4).
     *
     * @param limits at present; what they no longer allow goes, too
     */
    public Addition add(Item item, DumpsterSettings limits) {
        if (limits.isOff() || item.octets() > limits.maxSizePerStorageGroup()) {
            return new Addition(false, expire(limits, item.at()));
        }
        insert(item);
        inserts++;
        return new Addition(true, expire(limits, item.at()));
    }

    /** An item of an earlier life was found in the spool; answers which have to go, perhaps the same one. */
    public List<Long> recovered(Item item, DumpsterSettings limits, Instant now) {
        insert(item);
        return expire(limits, now);
    }

    private void insert(Item item) {
        if (items.put(item.sequence(), item) != null) {
            throw new IllegalStateException("position " + item.sequence() + " of the dumpster is taken");
        }
        octets += item.octets();
    }

    /** Lets go what is too much or too old by {@code now}; answers their positions, oldest first. */
    public List<Long> expire(DumpsterSettings limits, Instant now) {
        if (items.isEmpty()) {
            return List.of();
        }
        long most = limits.isOff() ? -1 : limits.maxSizePerStorageGroup();
        Instant oldest = now.minus(limits.maxTime());
        List<Long> gone = new ArrayList<>();
        Iterator<Item> inOrder = items.values().iterator();
        while (inOrder.hasNext()) {
            Item item = inOrder.next();
            if (octets <= most && item.at().isAfter(oldest)) {
                break;
            }
            inOrder.remove();
            octets -= item.octets();
            deletes++;
            gone.add(item.sequence());
        }
        return gone;
    }

    /**
     * Takes out what was delivered within {@code window}, oldest first: it is to be delivered again, and comes back when
     * it has been.
     */
    public List<Item> take(RedeliveryWindow window) {
        List<Item> taken = new ArrayList<>();
        items.values().removeIf(item -> {
            boolean wanted = window.contains(item.at());
            if (wanted) {
                taken.add(item);
                octets -= item.octets();
            }
            return wanted;
        });
        return taken;
    }

    /** The items, oldest first, as they are now. */
    public List<Item> items() {
        return List.copyOf(items.values());
    }

    /** How many items there are. */
    public int size() {
        return items.size();
    }

    /** The octets of all items together. */
    public long octets() {
        return octets;
    }

    /** When the oldest item was delivered: how far back a loss is covered. */
    public Optional<Instant> oldest() {
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(items.firstEntry().getValue().at());
    }

    /** When the newest item was delivered. */
    public Optional<Instant> newest() {
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(items.lastEntry().getValue().at());
    }

    /** Items taken in so far, those of earlier lives aside. */
    public long inserts() {
        return inserts;
    }

    /** Items that the limits let go so far. */
    public long deletes() {
        return deletes;
    }
}
