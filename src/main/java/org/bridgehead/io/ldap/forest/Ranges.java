package org.bridgehead.io.ldap.forest;

import java.util.Optional;
import java.util.TreeMap;

/**
 * Which parts of an attribute with very many values were read ({@code member;range=0-1499}, then {@code 1500-*}). One
 * thread.
 */
final class Ranges {
    private static final int ALL = Integer.MAX_VALUE;

    private final String dn;
    private final String attribute;
    private final TreeMap<Integer, Integer> parts = new TreeMap<>();

    Ranges(String dn, String attribute) {
        this.dn = dn;
        this.attribute = attribute;
    }

    /** One more part; {@code *} ends the last one. */
    void add(String from, String to) {
        parts.merge(Integer.parseInt(from), to.equals("*") ? ALL : Integer.parseInt(to), Math::max);
    }

    /** What is missing; empty when the parts are the whole. */
    Optional<String> problem() {
        long next = 0;
        for (var part : parts.entrySet()) {
            if (part.getKey() > next) {
                break;
            }
            next = Math.max(next, part.getValue() + 1L);
        }
        return next > ALL
                ? Optional.empty()
                : Optional.of(dn + ": its " + attribute + " is there only in part: export " + attribute + ";range="
                        + next + "-* too, into the same or another file");
    }
}
