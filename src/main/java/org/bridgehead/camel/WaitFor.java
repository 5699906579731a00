package org.bridgehead.camel;

/** When a submitted message counts as handed in. */
public enum WaitFor {
    /** A server has taken it, durably where the organisation is durable. */
    ACCEPTED,
    /** No server has anything left to do of it: everybody has it, or its sender was told. */
    SETTLED
}
