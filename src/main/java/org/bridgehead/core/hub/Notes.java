package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bridgehead.core.mail.InternalId;

/**
 * What an earlier life of the server noted of deliveries that it had no time to settle: kept until their message comes
 * into memory, then settled as if the reply had just been heard. Owned by the hub's thread.
 */
final class Notes {
    private final Ledger ledger;
    private final Attempts attempts;
    private final Map<InternalId, List<DeliveryNote>> unread = new TreeMap<>();

    Notes(Ledger ledger, Attempts attempts) {
        this.ledger = ledger;
        this.attempts = attempts;
    }

    /** Notes on a message that was found in the spool. */
    void keep(InternalId message, List<DeliveryNote> notes) {
        if (!notes.isEmpty()) {
            unread.put(message, notes);
        }
    }

    /** Settles what is noted of a message that has come into memory; false = nothing is left to do of it. */
    boolean settle(MailItem item) {
        List<DeliveryNote> notes = unread.remove(item.id());
        if (notes == null) {
            return true;
        }
        // An expansion that goes on has to know who was in the copies it made.
        item.keepAllCopies();
        notes.forEach(note -> settle(item, note));
        return ledger.find(item.id()).isPresent();
    }

    private void settle(MailItem item, DeliveryNote note) {
        int number = note.copy().number();
        if (item.has(number)) {
            MailCopy copy = item.copy(number);
            List<DeliveryNote.Part> open = new ArrayList<>();
            for (DeliveryNote.Part part : note.parts()) {
                if (isOpen(copy, part)) {
                    open.add(part);
                }
            }
            attempts.noted(copy, note, open);
        }
    }

    /**
     * A copy that no record told of when the server died may have been made again since, of other recipients: only the
     * accepted envelope is sure to be what it was.
     */
    private static boolean isOpen(MailCopy copy, DeliveryNote.Part part) {
        int index = part.index();
        return copy.isOpen(index)
                && (copy.id().number() == 0
                        || copy.recipients()
                                .get(index)
                                .address()
                                .equals(part.recipient().address()));
    }
}
