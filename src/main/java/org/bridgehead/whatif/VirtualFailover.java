package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;

/**
 * What one activation of an imagined mailbox server did. An immutable value.
 *
 * @param server the mailbox server
 * @param from who held the active copy before
 * @param to who holds it now
 * @param failed since when its mailboxes could not be reached
 * @param mounted when they could again
 * @param losses of the storage groups that lost something; empty = nothing was lost
 */
public record VirtualFailover(
        String server, String from, String to, Instant failed, Instant mounted, List<Loss> losses) {
    /**
     * What a lossy mount took from one storage group.
     *
     * @param group which
     * @param logs generations that the surviving copy does not have
     * @param lost deliveries in them, in their order
     * @param window from and to when delivered mail was asked for again
     */
    public record Loss(StorageGroupId group, long logs, List<Delivery> lost, RedeliveryWindow window) {
        /** Copies the list. */
        public Loss {
            lost = List.copyOf(lost);
        }
    }

    /** Copies the list. */
    public VirtualFailover {
        losses = List.copyOf(losses);
    }

    /** How long clients could not reach the mailboxes. */
    public Duration interruption() {
        return Duration.between(failed, mounted);
    }
}
