package org.bridgehead.core.queue;

/** States of a queue (BEHAVIOUR 3.1). */
public enum QueueStatus {
    /** Nothing to do, or waiting for a connection slot. */
    READY,
    /** A connection is being opened. */
    CONNECTING,
    /** Messages are being transmitted. */
    ACTIVE,
    /** The last attempt failed; waits for the next one. */
    RETRY,
    /** Held by an operator. */
    SUSPENDED
}
