package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;

/**
 * That a server took these recipients of a copy: put down by whoever heard the reply, before anything is decided from
 * it, and handed to the next life of the hub when this one ends too early ({@link Hub#recovered(StoredMessage, List,
 * java.time.Instant)}). A note is a hint, never a record: losing one means that the mail is sent again. Immutable.
 *
 * @param copy whose recipients
 * @param target who took them
 * @param reports whether it sees to the reports that senders ask for
 * @param parts at least one
 */
public record DeliveryNote(CopyId copy, Target target, boolean reports, List<Part> parts) {
    /**
     * One recipient.
     *
     * @param index in the copy
     * @param recipient as it went over the wire
     * @param storageGroup of its mailbox; empty when it is no mailbox
     */
    public record Part(int index, Recipient recipient, String storageGroup) {
        /** Checks the index. */
        public Part {
            if (index < 0) {
                throw new IllegalArgumentException("indices are not negative: " + index);
            }
        }
    }

    /** Copies the list. */
    public DeliveryNote {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a note speaks of a recipient");
        }
    }

    /**
     * What is to be noted of an attempt; empty = nobody was taken.
     *
     * @param outcomes one per recipient of the transmission, in its order
     */
    public static Optional<DeliveryNote> of(
            Transmission mail, List<RecipientOutcome> outcomes, Target target, boolean reports) {
        List<Part> taken = new ArrayList<>(outcomes.size());
        for (int i = 0; i < Math.min(mail.places().size(), outcomes.size()); i++) {
            if (outcomes.get(i) instanceof RecipientOutcome.Delivered) {
                Transmission.Place place = mail.places().get(i);
                taken.add(new Part(place.index(), mail.envelope().recipients().get(i), place.storageGroup()));
            }
        }
        return taken.isEmpty() ? Optional.empty() : Optional.of(new DeliveryNote(mail.copy(), target, reports, taken));
    }
}
