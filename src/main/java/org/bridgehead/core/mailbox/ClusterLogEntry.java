package org.bridgehead.core.mailbox;

import java.time.Instant;

/**
 * A line of a cluster's log: a vote, an activation or a refusal, with its reason.
 *
 * @param at when
 * @param eventId number of the event in the modelled systems, 0 where none is documented
 * @param node whom it is about; for votes the first of the nodes that voted, empty when nobody did
 * @param words what happened and why, one line
 */
public record ClusterLogEntry(Instant at, int eventId, String node, String words) {
    /** A scheduled handoff was done (MSExchangeRepl, BEHAVIOUR 5). */
    public static final int HANDED_OFF = 100;

    /** The cluster service stops, since quorum was lost (FailoverClustering, Windows Server 2008). */
    public static final int QUORUM_LOST = 1177;

    /** The cluster service does not start: the witness knows a later membership (the same source). */
    public static final int STALE = 1561;

    /** A node could not form the cluster, since it did not reach the witness (the same source). */
    public static final int WITNESS_OUT_OF_REACH = 1573;
}
