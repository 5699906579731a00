package org.bridgehead.core.mailbox;

/**
 * A node as operators see it.
 *
 * @param node its name
 * @param state what it is
 * @param votes as counted from where it stands; none for a node that is down or evicted
 * @param epoch number of the last membership that it took part in; 0 = none yet
 * @param why it does not take part; empty when it does, or is down
 */
public record NodeStatus(String node, NodeState state, Quorum votes, long epoch, String why) {}
