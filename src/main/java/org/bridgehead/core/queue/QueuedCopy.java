package org.bridgehead.core.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.routing.NextHop;

/**
 * Those recipients of one copy that travel together: an entry of one queue at a time.
 *
 * @param copy the durable copy it is taken from
 * @param recipients at least one, each with its index in the copy
 * @param resolved whether the next server need not resolve them again
 * @param again whether they were tried before with an unknown end
 * @param losses attempts in a row that ended with a lost connection
 * @param round when the home queue last began to try; an alternative that failed since is not tried again in the round
 * @param priority what it counts for in a queue
 */
public record QueuedCopy(
        CopyId copy,
        List<Stop> recipients,
        boolean resolved,
        boolean again,
        int losses,
        Optional<Instant> round,
        Priority priority) {
    /**
     * One recipient on its way.
     *
     * @param index in the copy
     * @param recipient as it goes on the wire
     * @param hop where it goes next
     * @param storageGroup of its mailbox, whichever server that is on; empty when it is no mailbox
     */
    public record Stop(int index, Recipient recipient, NextHop hop, String storageGroup) {
        /** One that is no mailbox. */
        public Stop(int index, Recipient recipient, NextHop hop) {
            this(index, recipient, hop, "");
        }
    }

    /** One that has not been tried. */
    public QueuedCopy(CopyId copy, List<Stop> recipients, boolean resolved, boolean again, Priority priority) {
        this(copy, recipients, resolved, again, 0, Optional.empty(), priority);
    }

    /** Copies the list. */
    public QueuedCopy {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a queued copy has a recipient");
        }
    }

    /** The same, for some of its recipients, in their order. */
    public QueuedCopy only(List<Stop> some) {
        return some.size() == recipients.size()
                ? this
                : new QueuedCopy(copy, some, resolved, again, losses, round, priority);
    }

    /** After an attempt that lost its connection. */
    public QueuedCopy afterLoss(boolean endUnknown) {
        return new QueuedCopy(copy, recipients, resolved, again || endUnknown, losses + 1, round, priority);
    }

    /** After a wait: counts afresh. */
    public QueuedCopy rested() {
        return losses == 0 && round.isEmpty()
                ? this
                : new QueuedCopy(copy, recipients, resolved, again, 0, Optional.empty(), priority);
    }

    /** With the begin of a round of attempts. */
    public QueuedCopy inRound(Instant begin) {
        return new QueuedCopy(copy, recipients, resolved, again, losses, Optional.of(begin), priority);
    }
}
