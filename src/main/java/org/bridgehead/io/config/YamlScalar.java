package org.bridgehead.io.config;

import java.util.regex.Pattern;

/**
 * Writes a text as a scalar that YAML 1.2 and 1.1 readers alike take for that text, in block and flow context: plain
 * where nobody could take it for anything else, in double quotes otherwise.
 */
final class YamlScalar {
    /** Words of other meaning in YAML 1.2 or, such as {@code No}, in YAML 1.1. */
    private static final Pattern TAKEN =
            Pattern.compile("~|null|true|false|yes|no|on|off|y|n", Pattern.CASE_INSENSITIVE);

    /** Numbers of any base, times of day, dates. */
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("[0-9.][0-9_.:eE+-]*|0[xXoObB][0-9a-fA-F_]+|\\.?(?i:inf|nan)");

    private static final Pattern HARMLESS =
            Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_./@()'&+= -]*[\\p{L}\\p{M}\\p{N}_./@)'+=-])?");

    private YamlScalar() {}

    /** The text, quoted where need be. */
    static String of(String text) {
        boolean plain = HARMLESS.matcher(text).matches()
                && !NUMBER_LIKE.matcher(text).matches()
                && !TAKEN.matcher(text).matches();
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (isShown(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return out.append('"').toString();
    }

    /** What a text editor shows and YAML lets stand; line and paragraph separators would be line ends to YAML 1.1. */
    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
