package org.bridgehead.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.TransportId;

/**
 * What a redelivery would do, recipient by recipient. An immutable value.
 *
 * @param group whose mail
 * @param window delivered when
 * @param hubs that would be asked
 * @param unseen those of them that do not run in this process: what they hold is not known here
 * @param knownSince from when on deliveries are known; an older one is only told of while a dumpster has it. Empty = as
 *     far back as the tracking log is kept
 * @param items oldest delivery first
 */
public record RedeliveryPreview(
        StorageGroupId group,
        RedeliveryWindow window,
        List<String> hubs,
        List<String> unseen,
        Optional<Instant> knownSince,
        List<Item> items) {
    /** Copies the lists. */
    public RedeliveryPreview {
        hubs = List.copyOf(hubs);
        unseen = List.copyOf(unseen);
        items = List.copyOf(items);
    }

    /** What becomes of a message for one recipient. */
    public enum Fate {
        /** It is in a dumpster, or on its way again already, and not in the mailbox. */
        COMES_BACK,
        /** It is in a dumpster and in the mailbox, which drops the second copy. */
        PRESENT,
        /** The mailbox had it, no failover took it, and it is not there: its reader removed it, and it stays away. */
        REMOVED,
        /** It is neither in the mailbox nor in a dumpster any more. */
        LOST
    }

    /**
     * One message for one recipient.
     *
     * @param fate what becomes of it
     * @param id identity in the organisation
     * @param messageId Message-ID
     * @param sender reverse path, empty for the null sender
     * @param recipient address
     * @param mailbox name of the mailbox
     * @param size octets
     * @param delivered when it was last delivered
     * @param hub by whom
     */
    public record Item(
            Fate fate,
            TransportId id,
            String messageId,
            String sender,
            String recipient,
            String mailbox,
            long size,
            Instant delivered,
            String hub) {}

    /** Items of one fate. */
    public List<Item> of(Fate fate) {
        return items.stream().filter(item -> item.fate() == fate).toList();
    }
}
