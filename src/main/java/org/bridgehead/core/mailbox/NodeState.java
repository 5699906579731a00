package org.bridgehead.core.mailbox;

/** What a node is to its mailbox server. */
public enum NodeState {
    /** The machine does not run. */
    DOWN,
    /** It runs, its cluster service does not: it has no quorum, or an older membership than the witness knows. */
    STOPPED,
    /** A member that hosts nothing. */
    PASSIVE,
    /** The one that hosts the mailboxes. */
    ACTIVE,
    /** Taken out by an operator until it is joined again. */
    EVICTED;

    /** Whether the node takes part in a cluster that runs. */
    public boolean isMember() {
        return this == PASSIVE || this == ACTIVE;
    }
}
