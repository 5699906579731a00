package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;

/** Which recipients of which messages the disk of one server says it is responsible for. One thread. */
final class Holdings {
    /** A message on the disk. */
    private static final class Item {
        private final TransportId id;
        private final Map<Integer, List<Recipient>> copies = new LinkedHashMap<>();
        private final Map<Integer, RecipientBits> settled = new LinkedHashMap<>();

        Item(TransportId id) {
            this.id = id;
        }
    }

    /** Hears of each recipient that becomes held, {@code +1}, or is no longer held, {@code -1}. */
    interface Ledger {
        void changed(TransportId id, EmailAddress recipient, int by);
    }

    private final Map<InternalId, Item> items = new LinkedHashMap<>();
    private final Ledger ledger;

    Holdings(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A record was written. */
    void add(SpoolRecord record) {
        if (record instanceof SpoolRecord.Accepted accepted) {
            Item item = new Item(accepted.facts().state().id());
            items.put(accepted.id(), item);
            copy(item, 0, accepted.envelope().recipients());
        } else if (record instanceof SpoolRecord.CopyMade made) {
            copy(item(made.copy().message()), made.copy().number(), made.recipients());
        } else if (record instanceof SpoolRecord.Settled settled) {
            settle(item(settled.copy().message()), settled.copy().number(), settled.recipients());
        } else if (record instanceof SpoolRecord.Released released) {
            Item item = item(released.id());
            forEachOpen(item, (recipient, count) -> {
                throw new IllegalStateException(
                        "message " + item.id + " was released, and " + recipient + " is not settled");
            });
            items.remove(released.id());
        }
    }

    private Item item(InternalId id) {
        Item item = items.get(id);
        if (item == null) {
            throw new IllegalStateException("no message " + id + " on the disk");
        }
        return item;
    }

    private void copy(Item item, int number, List<Recipient> recipients) {
        item.copies.put(number, recipients);
        recipients.forEach(recipient -> ledger.changed(item.id, recipient.address(), 1));
    }

    private void settle(Item item, int number, RecipientBits bits) {
        RecipientBits before = item.settled.getOrDefault(number, RecipientBits.none());
        List<Recipient> recipients = List.copyOf(item.copies.getOrDefault(number, List.of()));
        bits.stream()
                .filter(index -> !before.has(index))
                .forEach(index -> ledger.changed(item.id, recipients.get(index).address(), -1));
        item.settled.put(number, before.or(bits));
    }

    private static void forEachOpen(Item item, ObjIntConsumer<EmailAddress> action) {
        item.copies.forEach((number, recipients) -> {
            RecipientBits settled = item.settled.getOrDefault(number, RecipientBits.none());
            for (int i = 0; i < recipients.size(); i++) {
                if (!settled.has(i)) {
                    action.accept(recipients.get(i).address(), 1);
                }
            }
        });
    }

    /** Who is open, of which message. */
    void forEachOpen(BiConsumer<TransportId, EmailAddress> action) {
        items.values().forEach(item -> forEachOpen(item, (recipient, count) -> action.accept(item.id, recipient)));
    }

    /** The messages it is responsible for. */
    List<TransportId> messages() {
        return items.values().stream().map(item -> item.id).distinct().toList();
    }

    int size() {
        return items.size();
    }

    /** The disk is another now: a power cut took what was not synced. */
    void replace(List<StoredMessage> messages) {
        List<Item> before = new ArrayList<>(items.values());
        items.clear();
        for (StoredMessage message : messages) {
            add(message.accepted());
            message.copies().forEach(this::add);
            message.settled().forEach((copy, bits) -> add(new SpoolRecord.Settled(copy, bits)));
        }
        before.forEach(item -> forEachOpen(item, (recipient, count) -> ledger.changed(item.id, recipient, -1)));
    }
}
