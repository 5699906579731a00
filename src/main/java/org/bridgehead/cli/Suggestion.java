package org.bridgehead.cli;

import java.util.Collection;
import java.util.Optional;
import org.bridgehead.core.topology.NearNames;

/** Guesses what a user meant. */
final class Suggestion {
    private Suggestion() {}

    /** {@code ; did you mean Munich?} or nothing. */
    static String after(String typed, Collection<String> known) {
        return closest(typed, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** The nearest name, if one is near at all. */
    static Optional<String> closest(String typed, Collection<String> known) {
        return NearNames.of(typed, known).stream().findFirst();
    }
}
