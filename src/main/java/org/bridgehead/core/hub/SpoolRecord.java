package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mail.Treatment;

/**
 * A fact about accepted mail, as the spool keeps it (DECISIONS 1.4). Facts, not decisions: after a crash the hub routes
 * again, minus what is settled. A batch of records is written whole or not at all, in order.
 */
public sealed interface SpoolRecord {
    /**
     * This server took responsibility for a message. Must be synced before the acceptance is answered.
     *
     * @param id its number here
     * @param envelope as accepted
     * @param facts everything else known of it
     * @param body its octets
     */
    record Accepted(InternalId id, Envelope envelope, Facts facts, BodyRef body) implements SpoolRecord {}

    /**
     * A server of the organisation handed over some recipients of one of its copies, and they became a message here. In
     * one batch with its {@link Accepted}; outlives the message, for as long as {@link Handovers} tells.
     *
     * @param id the message they became
     * @param transport identity of the message in the organisation
     * @param handover which copy of which server
     * @param recipients fingerprints of the accepted ones, see {@link Handovers#fingerprint}
     * @param at when they were accepted, by the clock of this server
     */
    record Taken(InternalId id, TransportId transport, Handover handover, List<Long> recipients, Instant at)
            implements SpoolRecord {
        /** Copies the list. */
        public Taken {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * Expansion or redelivery made a further copy.
     *
     * @param copy number above 0
     * @param parent the copy that was expanded
     * @param recipients of this copy
     * @param expanded names of the groups these recipients came out of
     * @param sender who takes the place of the message's sender, as the manager of a group does; empty = nobody
     * @param treatment what is done for them before they go on
     */
    record CopyMade(
            CopyId copy,
            CopyId parent,
            List<Recipient> recipients,
            List<String> expanded,
            Optional<EmailAddress> sender,
            Treatment treatment)
            implements SpoolRecord {
        /** Copies the lists. */
        public CopyMade {
            recipients = List.copyOf(recipients);
            expanded = List.copyOf(expanded);
        }
    }

    /**
     * These recipients of a copy need nothing more: delivered, relayed, or reported on.
     *
     * @param copy whose recipients
     * @param recipients indices, added to those settled before
     */
    record Settled(CopyId copy, RecipientBits recipients) implements SpoolRecord {}

    /**
     * Every group among the recipients of this copy has been expanded into durable copies.
     *
     * @param parent the expanded copy
     */
    record Expanded(CopyId parent) implements SpoolRecord {}

    /**
     * The dumpster keeps a delivered copy.
     *
     * @param storageGroup for which mailboxes
     * @param sequence position in the dumpster, counting up
     * @param envelope sender and the recipients in that storage group
     * @param facts of the message
     * @param body its octets, shared with the message
     * @param at when it was delivered
     */
    record Held(StorageGroupId storageGroup, long sequence, Envelope envelope, Facts facts, BodyRef body, Instant at)
            implements SpoolRecord {}

    /**
     * The dumpster let an item go.
     *
     * @param storageGroup which dumpster
     * @param sequence which item
     */
    record Evicted(StorageGroupId storageGroup, long sequence) implements SpoolRecord {}

    /**
     * A newly active mailbox node asked for redelivery.
     *
     * @param request number of the request
     * @param storageGroup what was lost
     * @param from start of the window
     * @param to end of the window
     */
    record Requested(long request, StorageGroupId storageGroup, Instant from, Instant to) implements SpoolRecord {}

    /**
     * A redelivery request has been turned into copies.
     *
     * @param request number of the request
     */
    record RequestDone(long request) implements SpoolRecord {}

    /**
     * Nothing of a message is left to do; all its records go.
     *
     * @param id which message
     */
    record Released(InternalId id) implements SpoolRecord {}
}
