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

    private static final int LONGEST_TAKEN = "false".length();

    /** Numbers of any base, times of day, dates. */
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("[0-9.][0-9_.:eE+-]*|0[xXoObB][0-9a-fA-F_]+|\\.?(?i:inf|nan)");

    private static final Pattern HARMLESS =
            Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_./@()'&+= -]*[\\p{L}\\p{M}\\p{N}_./@)'+=-])?");

    private YamlScalar() {}

    /** The text, quoted where need be. */
    static String of(String text) {
        boolean plain = isOrdinary(text)
                || (HARMLESS.matcher(text).matches()
                        && !NUMBER_LIKE.matcher(text).matches()
                        && !TAKEN.matcher(text).matches());
        return plain ? text : quoted(text);
    }

    /** Longer than every word of other meaning, of ASCII letters, digits and hyphens, a letter first: most names are. */
    private static boolean isOrdinary(String text) {
        if (text.length() <= LONGEST_TAKEN || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && c != '-' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
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
