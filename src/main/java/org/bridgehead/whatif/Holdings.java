package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;

/** Which recipients of which messages the disk of one server says it is responsible for. One thread. */
final class Holdings {
    /** A message on the disk. */
    private static final class Item {
        private final TransportId id;
        private final List<Copy> copies = new ArrayList<>(1);

        Item(TransportId id) {
            this.id = id;
        }

        Copy copy(int number) {
            for (Copy copy : copies) {
                if (copy.number == number) {
                    return copy;
                }
            }
            throw new IllegalStateException("message " + id + " has no copy " + number + " on the disk");
        }
    }

    /** One of its copies. */
    private static final class Copy {
        private final int number;
        private final List<Recipient> recipients;
        private RecipientBits settled = RecipientBits.none();

        Copy(int number, List<Recipient> recipients) {
            this.number = number;
            this.recipients = recipients;
        }
    }

    /** Hears of each recipient that becomes held, {@code +1}, or is no longer held, {@code -1}. */
    interface Ledger {
        void changed(TransportId id, EmailAddress recipient, int by);
    }

    private final Numbered<Item> items = new Numbered<>();
    private final Ledger ledger;

    Holdings(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A record was written. */
    void add(SpoolRecord record) {
        if (record instanceof SpoolRecord.Accepted accepted) {
            Item item = new Item(accepted.facts().state().id());
            items.put(accepted.id().value(), item);
            copy(item, 0, accepted.envelope().recipients());
        } else if (record instanceof SpoolRecord.CopyMade made) {
            copy(item(made.copy().message()), made.copy().number(), made.recipients());
        } else if (record instanceof SpoolRecord.Settled settled) {
            settle(item(settled.copy().message()), settled.copy().number(), settled.recipients());
        } else if (record instanceof SpoolRecord.Released released) {
            Item item = item(released.id());
            forEachOpen(item, recipient -> {
                throw new IllegalStateException(
                        "message " + item.id + " was released, and " + recipient + " is not settled");
            });
            items.remove(released.id().value());
        }
    }

    private Item item(InternalId id) {
        Item item = items.get(id.value());
        if (item == null) {
            throw new IllegalStateException("no message " + id + " on the disk");
        }
        return item;
    }

    private void copy(Item item, int number, List<Recipient> recipients) {
        item.copies.add(new Copy(number, recipients));
        for (Recipient recipient : recipients) {
            ledger.changed(item.id, recipient.address(), 1);
        }
    }

    private void settle(Item item, int number, RecipientBits bits) {
        Copy copy = item.copy(number);
        for (int i = 0; i < copy.recipients.size(); i++) {
            if (bits.has(i) && !copy.settled.has(i)) {
                ledger.changed(item.id, copy.recipients.get(i).address(), -1);
            }
        }
        copy.settled = copy.settled.or(bits);
    }

    private static void forEachOpen(Item item, Consumer<EmailAddress> action) {
        for (Copy copy : item.copies) {
            for (int i = 0; i < copy.recipients.size(); i++) {
                if (!copy.settled.has(i)) {
                    action.accept(copy.recipients.get(i).address());
                }
            }
        }
    }

    /** Who is open, of which message. */
    void forEachOpen(BiConsumer<TransportId, EmailAddress> action) {
        items.values().forEach(item -> forEachOpen(item, recipient -> action.accept(item.id, recipient)));
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
        List<Item> before = items.values();
        items.clear();
        for (StoredMessage message : messages) {
            add(message.accepted());
            message.copies().forEach(this::add);
            message.settled().forEach((copy, bits) -> add(new SpoolRecord.Settled(copy, bits)));
        }
        before.forEach(item -> forEachOpen(item, recipient -> ledger.changed(item.id, recipient, -1)));
    }
}
