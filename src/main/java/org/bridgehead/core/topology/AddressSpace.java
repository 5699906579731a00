package org.bridgehead.core.topology;

/**
 * What a connector carries, written {@code TYPE:SPACE;COST} (BEHAVIOUR 1.8.2).
 *
 * @param type address type in upper case, {@code SMTP} when not given
 * @param pattern {@code *}, {@code *.example.test} or a domain, lower case
 * @param cost 1 to 100, 1 by default
 */
public record AddressSpace(String type, String pattern, int cost) {
    /** Checks the range. */
    public AddressSpace {
        if (cost < 1 || cost > 100) {
            throw new IllegalArgumentException("the cost of an address space is 1 to 100: " + cost);
        }
    }

    @Override
    public String toString() {
        return type + ":" + pattern + ";" + cost;
    }
}
