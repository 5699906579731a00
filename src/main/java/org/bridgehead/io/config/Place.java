package org.bridgehead.io.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where in a file: line and column from 1, and the path key by key from the top, {@code (file)} for the top itself.
 * Immutable. Paths are put together only when somebody asks, because large files have many places and few mistakes.
 */
final class Place {
    private static final String TOP = "(file)";
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_*-]+");
    private static final int NO_ITEM = -1;

    private final int line;
    private final int column;
    private final @Nullable Place above;
    private final String step;
    private final int index;

    Place(int line, int column, String keyPath) {
        this(line, column, null, keyPath, NO_ITEM);
    }

    private Place(int line, int column, @Nullable Place above, String step, int index) {
        this.line = line;
        this.column = column;
        this.above = above;
        this.step = step;
        this.index = index;
    }

    /** The place of the whole file. */
    static Place top(int line, int column) {
        return new Place(line, column, TOP);
    }

    /** Line and column of a mark, at this path; this place where there is no mark. */
    Place at(Optional<Mark> mark) {
        return mark.isPresent()
                ? new Place(mark.get().getLine() + 1, mark.get().getColumn() + 1, above, step, index)
                : this;
    }

    /** A key below this place, at a mark. */
    Place child(String key, Optional<Mark> mark) {
        return new Place(line, column, this, key, NO_ITEM).at(mark);
    }

    /** An item of the list here, at a mark. */
    Place item(int number, Optional<Mark> mark) {
        return new Place(line, column, this, "", number).at(mark);
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /** Key by key from the top. */
    String keyPath() {
        if (above == null) {
            return step;
        }
        return index == NO_ITEM ? above.below(step) : above.keyPath() + "[" + index + "]";
    }

    /** The path of {@code key} below this place; a key that would blur the path stands in quotes. */
    String below(String key) {
        String shown = PLAIN.matcher(key).matches() ? key : Text.quote(key);
        String path = keyPath();
        return path.equals(TOP) ? shown : path + "." + shown;
    }

    /** The last key of the path. */
    String key() {
        String path = keyPath();
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
