package org.bridgehead.core.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What was assumed, changed or left out while a topology was made of something else: each kind once, with an example,
 * its place and a count. One thread.
 *
 * @param <P> a place in what it was made of
 */
public final class Guesses<P> {
    private final Map<String, First<P>> kinds = new LinkedHashMap<>();

    private record First<P>(P place, String example, int count) {}

    /** One more of a kind; an empty example says nothing. */
    public void add(String kind, P place, String example) {
        kinds.merge(
                kind,
                new First<>(place, example, 1),
                (first, next) -> new First<>(first.place, first.example, first.count + 1));
    }

    /** A sentence for each kind, in the order in which they were met. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        forEach((place, sentence) -> lines.add(sentence));
        return lines;
    }

    /** The same with the place of each example. */
    public void forEach(BiConsumer<P, String> each) {
        kinds.forEach((kind, first) -> each.accept(first.place, sentence(kind, first)));
    }

    private static String sentence(String kind, First<?> first) {
        String example = first.example.isEmpty() ? kind : kind + ": " + first.example;
        return first.count == 1 ? example : example + " (and " + (first.count - 1) + " more)";
    }
}
