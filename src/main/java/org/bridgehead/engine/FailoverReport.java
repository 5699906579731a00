package org.bridgehead.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one failover or handoff of a mailbox server did. An immutable value.
 *
 * @param server the mailbox server
 * @param from who held the active copy before
 * @param to who holds it now
 * @param failed since when its mailboxes could not be reached
 * @param mounted when they could again
 * @param planned whether an operator handed the mailboxes over
 * @param losses of the storage groups that lost something; empty = nothing was lost
 */
public record FailoverReport(
        String server,
        String from,
        String to,
        Instant failed,
        Instant mounted,
        boolean planned,
        List<GroupLoss> losses) {
    /** Copies the list. */
    public FailoverReport {
        losses = List.copyOf(losses);
    }

    /** How long clients could not reach the mailboxes. */
    public Duration interruption() {
        return Duration.between(failed, mounted);
    }

    /** Messages lost by the failover itself, before anything was redelivered. */
    public int lostMessages() {
        return losses.stream().mapToInt(loss -> loss.lost().size()).sum();
    }
}
