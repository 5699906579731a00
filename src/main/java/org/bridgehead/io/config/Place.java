package org.bridgehead.io.config;

import java.util.regex.Pattern;

/**
 * Where in a file.
 *
 * @param line from 1
 * @param column from 1
 * @param keyPath key by key from the top, {@code (file)} for the top itself
 */
record Place(int line, int column, String keyPath) {
    private static final String TOP = "(file)";
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_*-]+");

    /** The place of the whole file. */
    static Place top(int line, int column) {
        return new Place(line, column, TOP);
    }

    /** The path of {@code key} below this place; a key that would blur the path stands in quotes. */
    String below(String key) {
        String step = PLAIN.matcher(key).matches() ? key : Text.quote(key);
        return keyPath.equals(TOP) ? step : keyPath + "." + step;
    }

    /** The path of an item of the list here. */
    String item(int index) {
        return keyPath + "[" + index + "]";
    }

    /** The last key of the path. */
    String key() {
        return keyPath.substring(keyPath.lastIndexOf('.') + 1);
    }
}
