package org.bridgehead.core.topology;

/**
 * Limits of outgoing connections.
 *
 * @param maxOutbound per server
 * @param maxPerNextHop per queue
 * @param messagesPerConnection before a connection is closed
 * @param byPriority whether what the sender calls urgent goes first (BEHAVIOUR 3.2, priority queuing)
 */
public record ConnectionLimits(int maxOutbound, int maxPerNextHop, int messagesPerConnection, boolean byPriority) {
    /** 1000, 20, 20, no. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(1000, 20, 20, false);

    /** Without priorities. */
    public ConnectionLimits(int maxOutbound, int maxPerNextHop, int messagesPerConnection) {
        this(maxOutbound, maxPerNextHop, messagesPerConnection, false);
    }
}
