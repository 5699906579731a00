package org.bridgehead.core.topology;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        return one.equals(other) || ORDER.compare(one, other) == 0;
    }

    /** A text that two names have in common exactly when they are {@linkplain #same the same}. */
    public static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int at = 0; at < name.length(); at = name.offsetByCodePoints(at, 1)) {
            folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(name.codePointAt(at))));
        }
        return folded.toString();
    }

    /** A map keyed by names. */
    public static <V> TreeMap<String, V> map() {
        return new TreeMap<>(ORDER);
    }

    /** A set of names. */
    public static TreeSet<String> set() {
        return new TreeSet<>(ORDER);
    }

    /**
     * Values by name, as {@link #map} keeps them, for questions that come often: a name in the letter case in which it was
     * put is found without comparing its characters to those of others. Not thread-safe.
     */
    public static final class Index<V> {
        private final Map<String, V> exact = new LinkedHashMap<>();
        private final TreeMap<String, V> any = map();

        /** The value of a name in any letter case; null = there is none. */
        public @Nullable V get(String name) {
            V value = exact.get(name);
            return value != null ? value : any.get(name);
        }

        /** The value of a name; when there is none, the one that {@code maker} gives it. */
        public V computeIfAbsent(String name, Function<String, V> maker) {
            V known = get(name);
            if (known != null) {
                return known;
            }
            V made = maker.apply(name);
            exact.put(name, made);
            any.put(name, made);
            return made;
        }

        /** Takes a name out, in whatever letter case it was put. */
        public void remove(String name) {
            String put = any.ceilingKey(name);
            if (put != null && same(put, name)) {
                exact.remove(put);
                any.remove(put);
            }
        }

        /** The values in the order of their names; a view. */
        public Collection<V> values() {
            return Collections.unmodifiableCollection(any.values());
        }

        /** How many names there are. */
        public int size() {
            return any.size();
        }
    }

    /**
     * Values by name for questions that come often: a name in the letter case in which it was put is found without
     * comparing its characters to those of others. Immutable; safe for any thread if the values are.
     */
    public static final class Lookup<V> {
        private final Map<String, V> exact;
        private final SortedMap<String, V> any;

        private Lookup(SortedMap<String, V> any) {
            this.exact = new LinkedHashMap<>(any);
            this.any = any;
        }

        /** The values of a map that is ordered by {@link Names#ORDER} and does not change any more. */
        public static <V> Lookup<V> of(SortedMap<String, V> values) {
            return new Lookup<>(values);
        }

        /** The value of a name in any letter case; null = there is none. */
        public @Nullable V get(String name) {
            V value = exact.get(name);
            return value != null ? value : any.get(name);
        }
    }
}
