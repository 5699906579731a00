package org.bridgehead.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** Times as people write them, for the engine. Stateless. */
final class TimeText {
    private static final Pattern RELATIVE = Pattern.compile("now|-.+");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final Pattern ZONED = Pattern.compile(".*T.*(?:[zZ]|[+-]\\d{2}(?::?\\d{2})?)");

    private TimeText() {}

    /**
     * An instant for a local time without zone; {@code now}, {@code -2h} and instants as they are, since the engine's
     * clock counts for them.
     *
     * @param option that it was written after
     * @throws Failure when it is no time
     */
    static String parse(String option, String text, ZoneId zone) {
        String wanted = text.strip();
        if (RELATIVE.matcher(wanted).matches()) {
            return wanted;
        }
        try {
            return instant(wanted, zone).toString();
        } catch (DateTimeException e) {
            throw Failure.usage(
                    option + " " + text
                            + " is no time: write 2026-03-02T08:00:00Z, '2026-03-02 08:00' (local time), -2h or now",
                    e);
        }
    }

    private static Instant instant(String text, ZoneId zone) {
        if (DATE.matcher(text).matches()) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        String joined = text.replace(' ', 'T');
        boolean zoned = ZONED.matcher(joined).matches();
        return zoned
                ? OffsetDateTime.parse(joined).toInstant()
                : LocalDateTime.parse(joined).atZone(zone).toInstant();
    }
}
