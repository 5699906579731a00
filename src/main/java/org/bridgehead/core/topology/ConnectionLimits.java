package org.bridgehead.core.topology;

/**
 * Limits of outgoing connections.
 *
 * @param maxOutbound per server
 * @param maxPerNextHop per queue
 * @param messagesPerConnection before a connection is closed
 */
public record ConnectionLimits(int maxOutbound, int maxPerNextHop, int messagesPerConnection) {
    /** 1000, 20, 20. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(1000, 20, 20);
}
