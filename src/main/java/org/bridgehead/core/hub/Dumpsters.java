package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.dumpster.Dumpster;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.queue.QueuedCopy.Stop;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Server;

/**
 * The transport dumpster of one hub: what it delivered to replicated storage groups, by group (BEHAVIOUR 4.1). The
 * records stand in the spool, in the batch that settles the delivery; here is only what their limits need. Owned by the
 * hub's thread.
 */
final class Dumpsters {
    /** Deliveries of one life before positions of the next one begin: 17 years at 2,000 a second. */
    private static final int LIFE_BITS = 40;

    private final Desk desk;
    private final TreeMap<StorageGroupId, Dumpster> groups = new TreeMap<>();
    private long sequence;

    Dumpsters(Desk desk) {
        this.desk = desk;
    }

    /** Positions of this life stand behind those of all earlier ones. */
    void begin(long life) {
        sequence = life << LIFE_BITS;
    }

    private DumpsterSettings limits() {
        return desk.snapshot().settings().dumpster();
    }

    /** A mailbox server has taken these recipients: what is for its replicated groups is kept, once a group. */
    void delivered(MailCopy from, List<Stop> stops, String server) {
        if (limits().isOff() || !isReplicated(server)) {
            return;
        }
        if (stops.size() == 1) {
            hold(from, stops, new StorageGroupId(server, stops.get(0).storageGroup()));
            return;
        }
        TreeMap<StorageGroupId, List<Stop>> byGroup = new TreeMap<>();
        for (Stop stop : stops) {
            byGroup.computeIfAbsent(new StorageGroupId(server, stop.storageGroup()), group -> new ArrayList<>())
                    .add(stop);
        }
        byGroup.forEach((group, its) -> hold(from, its, group));
    }

    /** A copy is lost with its node, or not: shared storage loses nothing (BEHAVIOUR 4.1). */
    private boolean isReplicated(String server) {
        return desk.snapshot()
                .topology()
                .server(server)
                .flatMap(Server::mailbox)
                .filter(role -> role.replication() == Replication.CCR || role.replication() == Replication.LCR)
                .isPresent();
    }

    private void hold(MailCopy from, List<Stop> stops, StorageGroupId group) {
        SpoolRecord.Accepted message = from.item().accepted();
        Dumpster.Item item = new Dumpster.Item(++sequence, message.body().size(), desk.now());
        Dumpster.Addition addition = dumpster(group).add(item, limits());
        if (addition.kept()) {
            Envelope envelope = from.envelope(Lists.map(stops, Stop::recipient));
            desk.record(
                    new SpoolRecord.Held(group, item.sequence(), envelope, message.facts(), message.body(), item.at()));
        }
        evicted(group, addition.evicted());
    }

    private void evicted(StorageGroupId group, List<Long> sequences) {
        for (long gone : sequences) {
            desk.record(new SpoolRecord.Evicted(group, gone));
        }
    }

    /** An item of an earlier life was found in the spool. */
    void recovered(SpoolRecord.Held held) {
        Dumpster.Item item = new Dumpster.Item(held.sequence(), held.body().size(), held.at());
        StorageGroupId group = held.storageGroup();
        evicted(group, dumpster(group).recovered(item, limits(), desk.now()));
    }

    /** Lets go what is too old, or more than the limits now allow. */
    void expire() {
        groups.forEach((group, dumpster) -> evicted(group, dumpster.expire(limits(), desk.now())));
    }

    /** Takes out what is wanted again. */
    List<Dumpster.Item> take(StorageGroupId group, RedeliveryWindow window) {
        Dumpster dumpster = groups.get(group);
        if (dumpster == null) {
            return List.of();
        }
        evicted(group, dumpster.expire(limits(), desk.now()));
        return dumpster.take(window);
    }

    private Dumpster dumpster(StorageGroupId group) {
        return groups.computeIfAbsent(group, fresh -> new Dumpster());
    }

    /** How each dumpster stands, by storage group. */
    List<DumpsterView> views() {
        List<DumpsterView> views = new ArrayList<>();
        groups.forEach((group, dumpster) -> views.add(new DumpsterView(
                group,
                dumpster.size(),
                dumpster.octets(),
                dumpster.oldest(),
                dumpster.newest(),
                dumpster.inserts(),
                dumpster.deletes())));
        return views;
    }

    /** How the dumpster of one group stands. */
    Optional<DumpsterView> view(StorageGroupId group) {
        return views().stream()
                .filter(view -> view.storageGroup().equals(group))
                .findFirst();
    }
}
