package org.bridgehead.core.topology;

/**
 * Size limits of the organisation.
 *
 * @param maxMessageSize octets
 * @param maxRecipients per message
 * @param maxHops Received lines before a message counts as looping
 * @param expansionChunk recipients per copy made by expansion
 */
public record Limits(long maxMessageSize, int maxRecipients, int maxHops, int expansionChunk) {
    /** 10 MB, 5000 recipients, 30 hops, chunks of 1000. */
    public static final Limits DEFAULT = new Limits(10L << 20, 5000, 30, 1000);
}
