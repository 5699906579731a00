package org.bridgehead.core.mailbox;

import java.time.Duration;
import java.util.function.Function;

/**
 * What the copy on a node that returns has to go through (BEHAVIOUR 5). Where its logs differ from those of the active
 * node, they are thrown away; that is enough as long as none of them is in its database, which lost log resilience keeps
 * the last {@link #LLR_DEPTH} generations out of. Otherwise the database is copied as a whole.
 */
public sealed interface Reseed {
    /** Generations not yet written to the database: 10 in a CCR environment of 2007 SP1, where it is no setting. */
    int LLR_DEPTH = 10;

    /** After so long without a write the open log is closed if it holds anything: 15 minutes over the depth. */
    Duration LOG_ROLL = Duration.ofMinutes(15).dividedBy(LLR_DEPTH);

    /** Nothing differs. */
    record None() implements Reseed {}

    /**
     * Logs are replaced.
     *
     * @param from the first generation that differs
     */
    record Incremental(long from) implements Reseed {}

    /**
     * The database is copied.
     *
     * @param reason one line
     */
    record Full(String reason) implements Reseed {}

    /**
     * With the usual depth.
     *
     * @param divergent generations that the returning node has and the active one never got
     * @param from the first of them
     */
    static Reseed of(long divergent, long from) {
        return of(divergent, from, LLR_DEPTH);
    }

    /** As {@link #of(long, long)}, with another depth. */
    static Reseed of(long divergent, long from, int depth) {
        if (divergent == 0) {
            return new None();
        }
        return divergent <= depth
                ? new Incremental(from)
                : new Full(Logs.count(divergent) + " diverge, lost log resilience covers " + depth);
    }

    /** One function per case: a new case breaks every caller at compile time. */
    default <R> R match(Function<None, R> none, Function<Incremental, R> incremental, Function<Full, R> full) {
        if (this instanceof None n) {
            return none.apply(n);
        }
        if (this instanceof Incremental i) {
            return incremental.apply(i);
        }
        return full.apply((Full) this);
    }
}
