package org.bridgehead.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Messages in a time, such as {@code 1200/h}.
 *
 * @param messages not negative
 * @param period second, minute, hour or day
 */
record DumpsterPlanRate(double messages, Duration period) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*/\\s*(s|m|min|h|d)");

    /** Reads one from the command line. */
    static final class Converter implements ITypeConverter<DumpsterPlanRate> {
        @Override
        public DumpsterPlanRate convert(String text) {
            Matcher m = TEXT.matcher(text.strip());
            if (!m.matches()) {
                String hint = text.strip().matches("\\d+") ? "per what? Write " + text.strip() + "/h" : "write 1200/h";
                throw new TypeConversionException("'" + text + "' is no rate; " + hint + ", 20/m, 2/s or 30000/d");
            }
            return new DumpsterPlanRate(
                    Double.parseDouble(m.group(1)),
                    switch (m.group(2)) {
                        case "s" -> Duration.ofSeconds(1);
                        case "h" -> Duration.ofHours(1);
                        case "d" -> Duration.ofDays(1);
                        default -> Duration.ofMinutes(1);
                    });
        }
    }
}
