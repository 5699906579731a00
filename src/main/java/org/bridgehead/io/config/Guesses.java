package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an import assumed, changed or left out: each kind once, with an example, its place and a count. One thread. */
final class Guesses {
    private final Map<String, First> kinds = new LinkedHashMap<>();

    private record First(Place place, String example, int count) {}

    /** One more of a kind. */
    void add(String kind, Place place, String example) {
        kinds.merge(
                kind,
                new First(place, example, 1),
                (first, next) -> new First(first.place, first.example, first.count + 1));
    }

    /** A sentence for each kind. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        kinds.forEach((kind, first) -> lines.add(sentence(kind, first)));
        return lines;
    }

    /** The same as warnings, in that order. */
    List<Problem> warnings(String file) {
        List<Problem> warnings = new ArrayList<>();
        kinds.forEach((kind, first) -> warnings.add(new Problem(
                file, first.place.line(), first.place.column(), first.place.keyPath(), sentence(kind, first), "")));
        return warnings;
    }

    private static String sentence(String kind, First first) {
        String example = first.example.isEmpty() ? kind : kind + ": " + first.example;
        return first.count == 1 ? example : example + " (and " + (first.count - 1) + " more)";
    }
}
