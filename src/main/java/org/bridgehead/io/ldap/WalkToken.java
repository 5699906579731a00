package org.bridgehead.io.ldap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Cursor;

/**
 * Where the walk through a group goes on, and where it broke off before.
 *
 * @param walk number of the walk in {@link HeldWalks}
 * @param since when it broke off last
 * @param broke the controllers it broke off at lately, the latest last; empty texts where that is not known
 */
record WalkToken(long walk, Instant since, List<String> broke) {
    private static final int MOST_BREAKS = 6;
    private static final String BETWEEN = "/";
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(.*)");

    /** A walk that begins for the first time. */
    static final WalkToken NEW = new WalkToken(0, Instant.EPOCH, List.of());

    WalkToken {
        broke = List.copyOf(broke);
    }

    /** Empty when this is no cursor of ours. */
    static Optional<WalkToken> of(Cursor cursor) {
        Matcher form = FORM.matcher(cursor.token());
        return form.matches()
                ? Optional.of(new WalkToken(
                        Long.parseLong(form.group(1)),
                        Instant.ofEpochMilli(Long.parseLong(form.group(2))),
                        form.group(3).isEmpty()
                                ? List.of()
                                : List.of(form.group(3).split(BETWEEN, -1))))
                : Optional.empty();
    }

    Cursor cursor() {
        return new Cursor(walk + "." + since.toEpochMilli() + "." + String.join(BETWEEN, broke));
    }

    WalkToken at(long number) {
        return new WalkToken(number, since, broke);
    }

    /**
     * The token of the next attempt; empty = it broke off too often in too short a time.
     *
     * @param controller where it broke off now
     */
    Optional<WalkToken> again(String controller, Instant now, Duration pause) {
        boolean calm = !now.isBefore(since.plus(pause));
        if (broke.size() >= MOST_BREAKS && !calm) {
            return Optional.empty();
        }
        Stream<String> before = calm ? Stream.of() : broke.stream();
        return Optional.of(new WalkToken(
                walk, now, Stream.concat(before, Stream.of(controller)).toList()));
    }
}
