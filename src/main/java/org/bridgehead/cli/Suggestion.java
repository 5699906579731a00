package org.bridgehead.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a user meant. */
final class Suggestion {
    private Suggestion() {}

    /** {@code ; did you mean Munich?} or nothing. */
    static String after(String typed, Collection<String> known) {
        return closest(typed, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** The nearest name, if it is near at all: a third of its letters may be wrong. */
    static Optional<String> closest(String typed, Collection<String> known) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name ->
                        distance(wanted, name.toLowerCase(Locale.ROOT)) <= Math.max(1, (typed.length() + 2) / 3))
                .min(Comparator.<String>comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, delete or replace (Levenshtein). */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replace = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
