package org.bridgehead.core.hub;

/**
 * An outgoing connection of one hub, numbered in the order of opening; never reused while the hub lives.
 *
 * @param value counting up from 1
 */
public record ConnectionId(long value) implements Comparable<ConnectionId> {
    @Override
    public int compareTo(ConnectionId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "c" + value;
    }
}
