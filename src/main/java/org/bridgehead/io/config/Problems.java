package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;

/** What was found while one file was read. Owned by the reading call. */
final class Problems {
    private final String file;
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** The file cannot be used as it is. */
    void error(Place place, String message, String hint) {
        errors.add(problem(place, message, hint));
    }

    /** The file can be used, but its author should know. */
    void warn(Place place, String message, String hint) {
        warnings.add(problem(place, message, hint));
    }

    private Problem problem(Place place, String message, String hint) {
        return new Problem(file, place.line(), place.column(), place.keyPath(), message, hint);
    }

    /** Whether nothing was found, not even a warning. */
    boolean isEmpty() {
        return errors.isEmpty() && warnings.isEmpty();
    }

    /** All errors by place; empty = the file is good. */
    List<Problem> errors() {
        return errors.stream().sorted().toList();
    }

    /** All warnings by place. */
    List<Problem> warnings() {
        return warnings.stream().sorted().toList();
    }
}
