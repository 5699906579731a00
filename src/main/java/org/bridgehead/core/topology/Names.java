package org.bridgehead.core.topology;

import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How names of sites, links, servers, connectors and recipients compare: ordinal, ignoring case. The collation of the
 * modelled system is not documented (BEHAVIOUR 1.2), so the rule stands in this one place.
 */
public final class Names {
    /** Character by character, letter case aside; shorter first. */
    public static final Comparator<String> ORDER = String.CASE_INSENSITIVE_ORDER;

    private Names() {}

    /** Whether both are one name. */
    public static boolean same(String one, String other) {
        return ORDER.compare(one, other) == 0;
    }

    /** A map keyed by names. */
    public static <V> TreeMap<String, V> map() {
        return new TreeMap<>(ORDER);
    }

    /** A set of names. */
    public static TreeSet<String> set() {
        return new TreeSet<>(ORDER);
    }
}
