package org.bridgehead.core.mail;

/**
 * The key under which a spool keeps the octets of a message (header included). A key, not a counter: the batch that
 * deletes the last record naming it deletes the octets.
 *
 * @param key unique within one spool
 * @param size octets
 */
public record BodyRef(String key, long size) {
    /** Checks the range. */
    public BodyRef {
        if (key.isEmpty() || size < 0) {
            throw new IllegalArgumentException("a body has a key and a size: " + key + ", " + size);
        }
    }
}
