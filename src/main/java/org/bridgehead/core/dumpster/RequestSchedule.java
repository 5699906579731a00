package org.bridgehead.core.dumpster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a hub that did not answer a redelivery request is asked again (BEHAVIOUR 4.2: several times a day, up to 7 days):
 * often while it may just be starting, then every hour.
 */
public final class RequestSchedule {
    /** A hub that has not answered by then has no dumpster any more that reaches back far enough. */
    public static final Duration LIMIT = Duration.ofDays(7);

    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration SOON_FOR = Duration.ofHours(1);
    private static final Duration LATER = Duration.ofHours(1);

    private RequestSchedule() {}

    /**
     * The next time to ask.
     *
     * @param first when the request was made
     * @param now when it failed again
     * @return empty = not any more
     */
    public static Optional<Instant> next(Instant first, Instant now) {
        Instant next = now.plus(now.isBefore(first.plus(SOON_FOR)) ? SOON : LATER);
        return next.isAfter(first.plus(LIMIT)) ? Optional.empty() : Optional.of(next);
    }
}
