package org.bridgehead.io.config;

import java.util.Comparator;

/**
 * One mistake in a file, or something its author should know. Ordered by place.
 *
 * @param file as the user named it
 * @param line from 1; 0 for what was not read from the file but changed by an {@link Edit}
 * @param column from 1, in characters
 * @param keyPath the key concerned, such as {@code sites.Berlin.hubSite}; {@code (file)} for the whole file
 * @param message what is wrong
 * @param hint what would be right; empty when there is nothing to advise
 */
public record Problem(String file, int line, int column, String keyPath, String message, String hint)
        implements Comparable<Problem> {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::keyPath)
            .thenComparing(Problem::message)
            .thenComparing(Problem::hint);

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }

    /** {@code file:line:column: keyPath: message; hint}; for an edit {@code --set keyPath: message; hint}. */
    @Override
    public String toString() {
        String where = line == 0 ? "--set " : file + ":" + line + ":" + column + ": ";
        String what = where + keyPath + ": " + message;
        return hint.isEmpty() ? what : what + "; " + hint;
    }
}
