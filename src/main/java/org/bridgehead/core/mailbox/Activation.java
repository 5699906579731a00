package org.bridgehead.core.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a database is mounted on the node that took over (BEHAVIOUR 5). Logs that are missing are fetched if the old
 * node answers. If it does not, they are lost by mounting, which happens by itself within the mount dial only, and above it
 * when an operator or the time forces it.
 */
public sealed interface Activation {
    /** Information store event: the database was mounted after a lossy failover (BEHAVIOUR 4.2). */
    int LOSSY_MOUNT = 9796;

    /**
     * It is mounted now.
     *
     * @param lost logs that are gone for good; above 0 their mail has to be asked for again
     * @param reason one line
     */
    record Mount(long lost, String reason) implements Activation {
        /** Whether something is lost by it. */
        public boolean lossy() {
            return lost > 0;
        }
    }

    /**
     * The missing logs are copied from the old node, then it is mounted without loss. If the copying fails, the old node
     * counts as not answering and the question is put again.
     *
     * @param missing logs
     * @param reason one line
     */
    record FetchThenMount(long missing, String reason) implements Activation {}

    /**
     * It stays dismounted until the old node returns or an operator forces it.
     *
     * @param until when it is forced by the time; empty = never
     * @param reason one line
     */
    record StayDismounted(Optional<Instant> until, String reason) implements Activation {}

    /**
     * What the decision rests on.
     *
     * @param missing logs that the copy lacks
     * @param allowed logs that may be missing
     * @param forced whether an operator said to mount whatever is lost
     * @param oldNodeAnswers whether the missing logs can be read where they are
     */
    record Facts(long missing, int allowed, boolean forced, boolean oldNodeAnswers) {
        /** Checks the signs. */
        public Facts {
            if (missing < 0 || allowed < 0) {
                throw new IllegalArgumentException("no activation: " + missing + " missing, " + allowed + " allowed");
            }
        }
    }

    /**
     * Decides.
     *
     * @param forcedAt when the time forces the mount; empty = never
     */
    static Activation decide(Facts facts, Optional<Instant> forcedAt, Instant now) {
        String lacks = Logs.count(facts.missing()) + " missing, " + facts.allowed() + " allowed";
        boolean within = facts.missing() <= facts.allowed();
        if (facts.missing() == 0) {
            return new Mount(0, "no log is missing");
        }
        if (facts.oldNodeAnswers()) {
            return new FetchThenMount(facts.missing(), lacks + "; the old node answers");
        }
        if (within) {
            return new Mount(facts.missing(), lacks);
        }
        if (facts.forced()) {
            return new Mount(facts.missing(), lacks + "; forced by an operator");
        }
        return forcedAt.filter(at -> !now.isBefore(at)).isPresent()
                ? new Mount(facts.missing(), lacks + "; forced after the time set for it")
                : new StayDismounted(forcedAt, lacks);
    }

    /** When the time forces a mount that waits since {@code since}. */
    static Optional<Instant> forcedAt(Instant since, Optional<Duration> forcedMountAfter) {
        return forcedMountAfter.map(since::plus);
    }

    /** One function per case: a new case breaks every caller at compile time. */
    default <R> R match(Function<Mount, R> mount, Function<FetchThenMount, R> fetch, Function<StayDismounted, R> stay) {
        if (this instanceof Mount m) {
            return mount.apply(m);
        }
        if (this instanceof FetchThenMount f) {
            return fetch.apply(f);
        }
        return stay.apply((StayDismounted) this);
    }
}
