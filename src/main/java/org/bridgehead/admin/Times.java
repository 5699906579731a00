package org.bridgehead.admin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.bridgehead.io.config.Notation;

/** Times as requests write them. Stateless. */
final class Times {
    private static final String HOW = "write 2026-03-02T08:00:00Z, -2h or now";

    private Times() {}

    /**
     * A time.
     *
     * @param name of the parameter
     * @throws Problem when it is none
     */
    static Instant parse(String name, String text, Instant now) {
        if (text.equals("now")) {
            return now;
        }
        try {
            if (text.startsWith("-")) {
                Optional<Duration> ago = Notation.duration(text.substring(1));
                return ago.map(now::minus).orElseThrow(() -> Problem.badRequest(name + "=" + text, HOW));
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.badRequest(name + "=" + text + " is no time", HOW);
        }
    }
}
