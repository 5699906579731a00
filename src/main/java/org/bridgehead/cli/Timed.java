package org.bridgehead.cli;

import java.time.Duration;
import java.util.Optional;
import org.bridgehead.io.config.Notation;

/**
 * What is written {@code WHAT@TIME}: something, and how long after the start.
 *
 * @param what the first part
 * @param at time from the start; zero when none is written
 */
record Timed(String what, Duration at) {
    /** Reads it; the part behind the last {@code @} counts only when it is a time. */
    static Timed of(String text) {
        int sign = text.lastIndexOf('@');
        Optional<Duration> at = sign < 1 ? Optional.empty() : Notation.duration(text.substring(sign + 1));
        return at.map(time -> new Timed(text.substring(0, sign), time)).orElseGet(() -> new Timed(text, Duration.ZERO));
    }

    /**
     * Reads a time alone.
     *
     * @throws Failure when it is none
     */
    static Duration duration(String option, String text) {
        return Notation.duration(text)
                .filter(time -> !time.isNegative())
                .orElseThrow(() -> Failure.usage(option + " " + text + ": write 90s, 5m, 12h or 2d"));
    }
}
