package org.bridgehead.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.DumpsterSettings;

/**
 * Watches what failovers take out of mailboxes: each such delivery is at every moment back, on the disk of a hub, or in a
 * dumpster whose hub is still going to be asked for it; or there is a reason why not: the dumpster never kept it or had
 * to let it go, or its redelivery failed for good. Checks, too, that dumpsters let go nothing that their limits allow. One
 * thread.
 */
final class LossWatch {
    /** What is known of a delivery beside what is known here. */
    interface Known {
        /** The mailbox has it. */
        boolean arrived(TransportId id, EmailAddress address);

        /** Some hub is responsible for it. */
        boolean held(TransportId id, EmailAddress address);

        /** A server has given it up. */
        boolean failed(TransportId id, EmailAddress address);

        /** Some hub wrote it, to report on another message. */
        boolean isReport(TransportId id);

        /** It is a report that went with its server, and what it spoke of is open again. */
        boolean isWithdrawn(TransportId id);

        /** It is a report that the server which wrote it, and runs, has on no disk yet. */
        boolean isUnwritten(TransportId id);

        /** Octets. */
        long size(TransportId id);
    }

    /** One delivery. */
    record Key(TransportId id, EmailAddress address) {
        /** As the compiler would write it, but plain code. */
        @Override
        public int hashCode() {
            return 31 * id.hashCode() + address.hashCode();
        }
    }

    /** What the dumpster of one server keeps for one storage group, by position. */
    private static final class Kept {
        private final Numbered<SpoolRecord.Held> items = new Numbered<>();
        private long octets;

        void put(SpoolRecord.Held held) {
            SpoolRecord.Held before = items.put(held.sequence(), held);
            octets += held.body().size() - (before == null ? 0 : before.body().size());
        }

        void remove(SpoolRecord.Held held) {
            items.remove(held.sequence());
            octets -= held.body().size();
        }
    }

    private final DumpsterSettings limits;
    private final Known known;
    private final Supplier<List<VirtualRedeliveries.Request>> requests;
    private final List<Violation> violations;
    private final Map<VirtualServer, TreeMap<StorageGroupId, Kept>> dumpsters = new LinkedHashMap<>();
    private final Map<Key, StorageGroupId> gone = new LinkedHashMap<>();
    /** Those that need not come back, for reasons that stay; they are not looked at again before the end. */
    private final Set<Key> excused = new LinkedHashSet<>();

    private final Set<Key> letGo = new LinkedHashSet<>();
    private int lost;

    LossWatch(
            DumpsterSettings limits,
            Known known,
            Supplier<List<VirtualRedeliveries.Request>> requests,
            List<Violation> violations) {
        this.limits = limits;
        this.known = known;
        this.requests = requests;
        this.violations = violations;
    }

    // ---- dumpsters

    private TreeMap<StorageGroupId, Kept> of(VirtualServer server) {
        return dumpsters.computeIfAbsent(server, fresh -> new TreeMap<>());
    }

    private void keep(VirtualServer server, SpoolRecord.Held held) {
        of(server).computeIfAbsent(held.storageGroup(), group -> new Kept()).put(held);
    }

    /** A batch is on the disk of a server. */
    void written(VirtualServer server, List<SpoolRecord> batch, Instant clock) {
        for (SpoolRecord record : batch) {
            if (record instanceof SpoolRecord.Held held) {
                keep(server, held);
            } else if (record instanceof SpoolRecord.Evicted evicted) {
                evicted(server, evicted, batch, clock);
            }
        }
    }

    private void evicted(VirtualServer server, SpoolRecord.Evicted evicted, List<SpoolRecord> batch, Instant clock) {
        Kept there = of(server).get(evicted.storageGroup());
        SpoolRecord.Held item = there == null ? null : there.items.get(evicted.sequence());
        if (there == null || item == null) {
            violated("dumpster", server.name() + " let go an item that its dumpster did not have: " + evicted);
            return;
        }
        boolean handedOn = batch.stream()
                .anyMatch(record -> record instanceof SpoolRecord.Accepted message
                        && message.facts()
                                .state()
                                .id()
                                .equals(item.facts().state().id()));
        if (!handedOn) {
            if (there.octets <= limits.maxSizePerStorageGroup()
                    && item.at().plus(limits.maxTime()).isAfter(clock)) {
                violated(
                        "dumpster",
                        server.name() + " let go message "
                                + item.facts().state().id() + " without need: " + there.octets
                                + " octets were in the dumpster for "
                                + item.storageGroup());
            }
            item.envelope().recipients().forEach(recipient -> letGo.add(key(item, recipient)));
        }
        there.remove(item);
    }

    private static Key key(SpoolRecord.Held item, Recipient recipient) {
        return new Key(item.facts().state().id(), recipient.address());
    }

    /**
     * A server has died, and its disk is as the next life will find it. A report that goes with the power is written
     * anew, as another message, since what it spoke of is open again.
     */
    void died(VirtualServer server) {
        for (Kept kept : of(server).values()) {
            kept.items.values().stream()
                    .filter(item -> known.isReport(item.facts().state().id()))
                    .filter(item -> !server.disk().dumpster().has(item))
                    .forEach(
                            item -> item.envelope().recipients().forEach(recipient -> letGo.add(key(item, recipient))));
        }
        of(server).clear();
        server.disk().dumpster().items().forEach(held -> keep(server, held));
    }

    // ---- losses

    /** Clients see another copy of a storage group. */
    void switched(StorageGroupId group, List<Delivery> without, List<Delivery> with) {
        lost += without.size();
        without.forEach(delivery -> gone.put(new Key(delivery.id(), delivery.recipient()), group));
        with.forEach(delivery -> {
            Key key = new Key(delivery.id(), delivery.recipient());
            gone.remove(key);
            excused.remove(key);
        });
    }

    /** Deliveries that failovers took, those that came back included. */
    int lost() {
        return lost;
    }

    /** Whether a failover took it and it is answered for here. */
    boolean answers(TransportId id, EmailAddress address) {
        if (lost == 0) {
            return false;
        }
        Key key = new Key(id, address);
        return gone.containsKey(key) || excused.contains(key);
    }

    /** Nothing more is due at this time. */
    void paused() {
        if (gone.isEmpty()) {
            return;
        }
        Iterator<Map.Entry<Key, StorageGroupId>> all = gone.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, StorageGroupId> one = all.next();
            Key key = one.getKey();
            if (known.arrived(key.id(), key.address())) {
                all.remove();
            } else if (excuse(key).isPresent()) {
                all.remove();
                excused.add(key);
            } else if (!isStillOwed(key) && !isAskedFor(key, one.getValue())) {
                violated(
                        "redelivery",
                        "message " + key.id() + " was lost from the mailbox of " + key.address()
                                + ", and no dumpster will be asked for it; "
                                + requests.get().size() + " requests are open");
            }
        }
    }

    /**
     * A report may be delivered before the disk has taken it: until then its subject is open there, and with the record
     * of the report come that of its delivery and the dumpster's. Once it is written, or its server dead, it is looked at
     * like all others.
     */
    private boolean isStillOwed(Key key) {
        return known.held(key.id(), key.address()) || known.isUnwritten(key.id());
    }

    private boolean isAskedFor(Key key, StorageGroupId group) {
        for (VirtualRedeliveries.Request request : requests.get()) {
            if (request.group().equals(group) && isHeldFor(request, key)) {
                return true;
            }
        }
        return false;
    }

    private boolean isHeldFor(VirtualRedeliveries.Request request, Key key) {
        for (Map.Entry<VirtualServer, TreeMap<StorageGroupId, Kept>> hub : dumpsters.entrySet()) {
            Kept kept =
                    hub.getKey().name().equals(request.hub()) ? hub.getValue().get(request.group()) : null;
            if (kept != null && holds(kept, request, key)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Kept kept, VirtualRedeliveries.Request request, Key key) {
        return kept.items.anyMatch(item -> holds(item, key) && request.window().contains(item.at()));
    }

    private static boolean holds(SpoolRecord.Held item, Key key) {
        return item.facts().state().id().equals(key.id())
                && item.envelope().recipients().stream()
                        .anyMatch(recipient -> recipient.address().equals(key.address()));
    }

    /** Why it need not come back. */
    private Optional<String> excuse(Key key) {
        if (limits.isOff() || known.size(key.id()) > limits.maxSizePerStorageGroup()) {
            return Optional.of("never kept");
        }
        if (letGo.contains(key)) {
            return Optional.of("let go");
        }
        if (known.isWithdrawn(key.id())) {
            return Optional.of("reported once more, as another message");
        }
        return known.failed(key.id(), key.address()) ? Optional.of("given up") : Optional.empty();
    }

    /** At the end, when everything has had time: what is not back was lost for a reason, and stands on the list. */
    void ended(List<Delivery> list) {
        paused();
        excused.removeIf(key -> known.arrived(key.id(), key.address()));
        Set<Key> told = new LinkedHashSet<>();
        list.forEach(delivery -> told.add(new Key(delivery.id(), delivery.recipient())));
        for (Key key : gone.keySet()) {
            violated("redelivery", "message " + key.id() + " did not come back to the mailbox of " + key.address());
        }
        Set<Key> missing = new LinkedHashSet<>(gone.keySet());
        missing.addAll(excused);
        for (Key key : missing) {
            if (!told.contains(key)) {
                violated("list", "message " + key.id() + " is missing for " + key.address() + " and not on the list");
            }
        }
        List<Key> wrong = new ArrayList<>(told);
        wrong.removeAll(missing);
        wrong.forEach(
                key -> violated("list", "message " + key.id() + " is on the list and there for " + key.address()));
    }

    private void violated(String invariant, String detail) {
        violations.add(new Violation(invariant, detail));
    }

    /** Deliveries that are not back, at the end. */
    int missing() {
        return gone.size() + excused.size();
    }
}
