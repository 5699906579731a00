package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code draw} draws. */
enum DrawFormat {
    SVG,
    PNG,
    HTML,
    DOT,
    MERMAID;

    /** The format named, else that of the file's ending, else SVG. */
    static DrawFormat of(@Nullable String name, @Nullable Path file) {
        if (name != null) {
            return named(name, "-f " + name + ": ");
        }
        String path = file == null ? "" : file.toString();
        int dot = path.lastIndexOf('.');
        return dot <= path.lastIndexOf('/') ? SVG : named(path.substring(dot + 1), "-O " + path + ": ");
    }

    private static DrawFormat named(String name, String where) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "svg" -> SVG;
            case "png" -> PNG;
            case "html", "htm" -> HTML;
            case "dot", "gv" -> DOT;
            case "mermaid", "mmd" -> MERMAID;
            default -> throw Failure.usage(where + "no format for pictures; write -f svg, png, html, dot or mermaid");
        };
    }

    boolean isText() {
        return this != PNG;
    }
}
