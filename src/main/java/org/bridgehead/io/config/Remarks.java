package org.bridgehead.io.config;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.topology.Names;

/**
 * Comments for a topology file that a program writes. Immutable.
 *
 * @param heading lines above everything, without {@code #}
 * @param behind a few words behind an entry, by item: {@code site:NAME}, {@code link:NAME}, {@code server:NAME},
 *     {@code connector:NAME}; letter case aside
 */
public record Remarks(List<String> heading, SortedMap<String, String> behind) {
    /** No comment at all. */
    public static final Remarks NONE = new Remarks(List.of(), Names.map());

    /** Copies both. */
    public Remarks {
        heading = List.copyOf(heading);
        TreeMap<String, String> copy = Names.map();
        copy.putAll(behind);
        behind = Collections.unmodifiableSortedMap(copy);
    }

    /** With a heading alone. */
    public static Remarks of(List<String> heading) {
        return new Remarks(heading, Names.map());
    }
}
