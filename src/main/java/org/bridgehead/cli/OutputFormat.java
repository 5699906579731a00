package org.bridgehead.cli;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** How answers are printed. */
enum OutputFormat {
    /** For people; may change from release to release. */
    TABLE,
    /** One JSON text; lists have one element a line. */
    JSON,
    /** YAML 1.2. */
    YAML,
    /** RFC 4180 with a header line, line feeds between records; lists joined with {@code >}. */
    CSV,
    /** JUnit XML for build servers, of verbs that say so. */
    JUNIT;

    /** Reads the word of {@code -o}, any case. */
    static OutputFormat parse(String text) {
        for (OutputFormat format : values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new TypeConversionException("'" + text + "' is no format; write table, json, yaml or csv");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
