package org.bridgehead.whatif.trace;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.bridgehead.core.mail.EmailAddress;

/** Times, spans and lists for people; all times in UTC. Pure. */
public final class Words {
    private static final int NAMED = 4;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Words() {}

    /** A time of day, with the date where it is another day than that of {@code start}. */
    public static String clock(Instant start, Instant at) {
        boolean sameDay = day(start).equals(day(at));
        return (sameDay ? CLOCK : DAY).format(at);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** A span in its two largest units: {@code 2 d}, {@code 1 h 30 min}, {@code 45 s}. */
    public static String span(Duration time) {
        long seconds = time.toSeconds();
        long[] parts = {seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
        String[] units = {" d", " h", " min", " s"};
        StringBuilder out = new StringBuilder();
        int shown = 0;
        for (int i = 0; i < parts.length && shown < 2; i++) {
            if (parts[i] > 0) {
                out.append(out.length() == 0 ? "" : " ").append(parts[i]).append(units[i]);
                shown++;
            }
        }
        return out.length() == 0 ? "0 s" : out.toString();
    }

    /** Addresses, or as many of them as can be read, and how many more. */
    public static String people(List<EmailAddress> addresses) {
        return some(addresses.stream().map(EmailAddress::toString).toList(), NAMED);
    }

    /** The first of some texts, and how many more. */
    static String some(List<String> texts, int most) {
        return texts.size() <= most + 1
                ? String.join(", ", texts)
                : String.join(", ", texts.subList(0, most)) + " and " + (texts.size() - most) + " more";
    }

    /** {@code 1 copy}, {@code 3 copies}. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** With a capital at the beginning. */
    static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Without the full stop. */
    static String clause(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
