package org.bridgehead.core.mailbox;

/**
 * The network between two parts of a cluster, a node or the witness each.
 *
 * @param one end
 * @param other end
 */
public record Wire(String one, String other) {}
