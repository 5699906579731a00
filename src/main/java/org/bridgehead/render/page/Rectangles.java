package org.bridgehead.render.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pairs of sites with a label each, gathered into sets of sources times sets of destinations that share the label. Pairs
 * come in ascending order of source, then destination. One thread.
 */
final class Rectangles {
    private final Map<List<Integer>, Map<Integer, List<Integer>>> byLabel = new LinkedHashMap<>();

    /** Adds a pair; the label must not change any more. */
    void add(int from, int to, List<Integer> label) {
        byLabel.computeIfAbsent(label, key -> new TreeMap<>())
                .computeIfAbsent(from, key -> new ArrayList<>())
                .add(to);
    }

    /** For each rectangle the number of its set of sources, that of its set of destinations, and the label. */
    List<List<Integer>> encoded(Interned<List<Integer>> sets) {
        List<List<Integer>> encoded = new ArrayList<>();
        byLabel.forEach((label, bySource) -> {
            Map<Integer, List<Integer>> sources = new LinkedHashMap<>();
            bySource.forEach(
                    (from, to) -> sources.computeIfAbsent(sets.number(SiteNumbers.runs(to)), key -> new ArrayList<>())
                            .add(from));
            sources.forEach((to, from) -> {
                List<Integer> one = new ArrayList<>(List.of(sets.number(SiteNumbers.runs(from)), to));
                one.addAll(label);
                encoded.add(one);
            });
        });
        return encoded;
    }
}
