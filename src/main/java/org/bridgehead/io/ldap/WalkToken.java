package org.bridgehead.io.ldap;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.directory.Cursor;

/**
 * Where the walk through a group goes on, and how often it had to begin again.
 *
 * @param walk number of the walk in {@link HeldWalks}
 * @param restarts how often in a row it began again
 * @param since when it did so last
 */
record WalkToken(long walk, int restarts, Instant since) {
    private static final int MOST_RESTARTS = 3;
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d)\\.(\\d{1,18})");

    /** A walk that begins for the first time. */
    static final WalkToken NEW = new WalkToken(0, 0, Instant.EPOCH);

    /** Empty when this is no cursor of ours. */
    static Optional<WalkToken> of(Cursor cursor) {
        Matcher form = FORM.matcher(cursor.token());
        return form.matches()
                ? Optional.of(new WalkToken(
                        Long.parseLong(form.group(1)),
                        Integer.parseInt(form.group(2)),
                        Instant.ofEpochMilli(Long.parseLong(form.group(3)))))
                : Optional.empty();
    }

    Cursor cursor() {
        return new Cursor(walk + "." + restarts + "." + since.toEpochMilli());
    }

    WalkToken at(long number) {
        return new WalkToken(number, restarts, since);
    }

    /** The token of the next attempt; empty = it broke off too often in too short a time. */
    Optional<WalkToken> again(Instant now, Duration pause) {
        boolean calm = !now.isBefore(since.plus(pause));
        if (restarts >= MOST_RESTARTS && !calm) {
            return Optional.empty();
        }
        return Optional.of(new WalkToken(walk, calm ? 1 : restarts + 1, now));
    }
}
