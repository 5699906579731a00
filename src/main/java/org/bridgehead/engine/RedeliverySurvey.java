package org.bridgehead.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.RedeliveryPreview.Fate;
import org.bridgehead.engine.RedeliveryPreview.Item;
import org.bridgehead.io.spool.Shard;

/**
 * Lays dumpsters, mailboxes, failovers and the tracking log side by side to say what a redelivery would do. Reads only;
 * for one preview, in one thread.
 */
final class RedeliverySurvey {
    /** A message for a mailbox. */
    private record Key(TransportId id, String mailbox) {}

    private final Plant plant;
    private final StorageGroupId group;
    private final RedeliveryWindow window;
    private final MailboxContents contents;
    private final Map<Key, Item> held = new LinkedHashMap<>();
    /** Kept by a dumpster, but delivered outside the window. */
    private final Set<Key> keptOutside = new LinkedHashSet<>();

    private final Map<Key, Item> gone = new LinkedHashMap<>();

    RedeliverySurvey(Plant plant, StorageGroupId group, RedeliveryWindow window) {
        this.plant = plant;
        this.group = group;
        this.window = window;
        this.contents = new MailboxContents(plant.mailboxServer(group.server()).cluster());
    }

    /**
     * Looks.
     *
     * @param waiting messages that wait in queues of the hubs
     */
    RedeliveryPreview preview(List<String> hubs, Set<TransportId> waiting) throws IOException {
        List<String> unseen = new ArrayList<>();
        for (String hub : hubs) {
            if (plant.transportServers().stream().anyMatch(its -> Names.same(its.name(), hub))) {
                plant.spool().held(new Shard(hub), group, item -> held(hub, item));
            } else {
                unseen.add(hub);
            }
        }
        plant.tracking().deliveries(this::isWanted).forEach(event -> delivered(event, waiting));
        List<Item> items = new ArrayList<>(held.values());
        items.addAll(gone.values());
        items.sort(Comparator.comparing(Item::delivered));
        return new RedeliveryPreview(
                group, window, hubs, unseen, plant.tracking().knownSince(), items);
    }

    private void held(String hub, SpoolRecord.Held item) {
        TransportId id = item.facts().state().id();
        for (Recipient recipient : item.envelope().recipients()) {
            Optional<String> mailbox = mailbox(recipient.address());
            if (mailbox.isEmpty()) {
                continue;
            }
            Key key = new Key(id, Names.folded(mailbox.get()));
            if (window.contains(item.at())) {
                held.put(
                        key,
                        new Item(
                                fate(mailbox.get(), id, item.at()),
                                id,
                                item.facts().header().messageId().text(),
                                item.envelope()
                                        .sender()
                                        .map(EmailAddress::toString)
                                        .orElse(""),
                                recipient.address().toString(),
                                mailbox.get(),
                                item.body().size(),
                                item.at(),
                                hub));
            } else {
                keptOutside.add(key);
            }
        }
    }

    private Fate fate(String mailbox, TransportId id, Instant delivered) {
        if (contents.has(mailbox, id)) {
            return Fate.PRESENT;
        }
        return contents.mayBeLost(mailbox, id, delivered) ? Fate.COMES_BACK : Fate.REMOVED;
    }

    private boolean isWanted(Map<String, Object> event) {
        return Names.same(text(event, "nextHop"), group.server()) && window.contains(time(event));
    }

    private void delivered(Map<String, Object> event, Set<TransportId> waiting) {
        TransportId id = TransportId.parse(text(event, "transportId"));
        Object recipients = event.getOrDefault("recipients", List.of());
        for (Object recipient : recipients instanceof List<?> list ? list : List.of()) {
            mailbox(EmailAddress.of(recipient.toString()))
                    .filter(mailbox -> !contents.has(mailbox, id))
                    .ifPresent(mailbox -> missing(event, id, recipient.toString(), mailbox, waiting));
        }
    }

    private void missing(
            Map<String, Object> event, TransportId id, String recipient, String mailbox, Set<TransportId> waiting) {
        Key key = new Key(id, Names.folded(mailbox));
        if (held.containsKey(key) || keptOutside.contains(key)) {
            return;
        }
        Fate fate = !contents.mayBeLost(mailbox, id, time(event))
                ? Fate.REMOVED
                : waiting.contains(id) ? Fate.COMES_BACK : Fate.LOST;
        long size = event.get("bytes") instanceof Number bytes ? bytes.longValue() : 0;
        gone.put(
                key,
                new Item(
                        fate,
                        id,
                        text(event, "messageId"),
                        text(event, "sender"),
                        recipient,
                        mailbox,
                        size,
                        time(event),
                        text(event, "server")));
    }

    private static String text(Map<String, Object> event, String field) {
        return String.valueOf(event.getOrDefault(field, ""));
    }

    private static Instant time(Map<String, Object> event) {
        return Instant.parse(text(event, "time"));
    }

    /** The mailbox of an address, when it is in the storage group. */
    private Optional<String> mailbox(EmailAddress address) {
        return plant.mailbox(address)
                .filter(its -> Names.same(its.database().server(), group.server())
                        && Names.same(its.database().storageGroup(), group.group()))
                .map(DirectoryEntry.Mailbox::name);
    }
}
