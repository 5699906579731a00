package org.bridgehead.core.mail;

/**
 * The number a message has in the spool of one server; it grows with acceptance and differs from server to server.
 *
 * @param value positive
 */
public record InternalId(long value) implements Comparable<InternalId> {
    /** Checks the range. */
    public InternalId {
        if (value <= 0) {
            throw new IllegalArgumentException("internal ids are positive: " + value);
        }
    }

    @Override
    public int compareTo(InternalId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
