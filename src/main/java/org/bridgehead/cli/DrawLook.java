package org.bridgehead.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Colours and size.
 *
 * @param dark empty = as the reader's screen, or light where a picture cannot know
 * @param width of a PNG in pixels; empty = as it reads well
 */
record DrawLook(Optional<Boolean> dark, OptionalInt width) {
    static DrawLook of(@Nullable String theme, @Nullable Integer width, DrawFormat format) {
        if (width != null && format != DrawFormat.PNG) {
            throw Failure.usage("--width is for PNG; other pictures have no fixed size");
        }
        if (width != null && width < 1) {
            throw Failure.usage("--width " + width + ": write a number of pixels");
        }
        return new DrawLook(dark(theme), width == null ? OptionalInt.empty() : OptionalInt.of(width));
    }

    private static Optional<Boolean> dark(@Nullable String theme) {
        if (theme == null) {
            return Optional.empty();
        }
        if (theme.equalsIgnoreCase("dark") || theme.equalsIgnoreCase("light")) {
            return Optional.of(theme.equalsIgnoreCase("dark"));
        }
        throw Failure.usage("--theme " + theme + ": write light or dark");
    }
}
