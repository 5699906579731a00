package org.bridgehead.core.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * How far the copy of a storage group follows (BEHAVIOUR 5). The active one writes log files, numbered from 1 without a
 * gap. A log is shipped once it is closed: copied, then inspected, then replayed. What counts as there is what was
 * inspected, since a log that was only copied may turn out to be broken.
 *
 * @param closed the last generation that the active closed; 0 = none yet
 * @param open whether the log after it, which is open, holds anything
 * @param copied the last generation that the copy has received
 * @param inspected the last one found whole
 * @param replayed the last one in the copy's database
 * @param state of the copying
 * @param why it is not healthy, one line; empty when it is
 */
public record LogReplication(
        long closed, boolean open, long copied, long inspected, long replayed, CopyState state, String why) {
    /** The state of the copying. */
    public enum CopyState {
        /** Logs are shipped. */
        HEALTHY,
        /** An operator has halted it. */
        SUSPENDED,
        /** It cannot go on without being seeded. */
        FAILED
    }

    /** Checks that no step is ahead of the one before. */
    public LogReplication {
        boolean ordered = 0 <= replayed && replayed <= inspected && inspected <= copied && copied <= closed;
        if (!ordered || why.isEmpty() != (state == CopyState.HEALTHY)) {
            throw new IllegalArgumentException("no replication: closed " + closed + ", copied " + copied
                    + ", inspected " + inspected + ", replayed " + replayed + ", " + state + " " + why);
        }
    }

    /** Two copies that are the same, as after seeding, up to that generation. */
    public static LogReplication even(long generation) {
        return new LogReplication(generation, false, generation, generation, generation, CopyState.HEALTHY, "");
    }

    // ---- what the active does

    /** Something was written to the open log. */
    public LogReplication wrote() {
        return new LogReplication(closed, true, copied, inspected, replayed, state, why);
    }

    /** The open log was closed, full or rolled; the next one holds nothing. */
    public LogReplication closedLog() {
        return new LogReplication(closed + 1, false, copied, inspected, replayed, state, why);
    }

    /**
     * Whether the open log is to be closed although it is not full, so that it can be shipped: when nothing was written
     * for a time, and never an empty one.
     */
    public boolean rollDue(Instant lastWrite, Instant now) {
        return open && !now.isBefore(lastWrite.plus(Reseed.LOG_ROLL));
    }

    // ---- what the copy does

    /** Generations up to this one were received. */
    public LogReplication copiedUpTo(long generation) {
        return new LogReplication(closed, open, generation, inspected, replayed, state, why);
    }

    /** Generations up to this one are whole. */
    public LogReplication inspectedUpTo(long generation) {
        return new LogReplication(closed, open, copied, generation, replayed, state, why);
    }

    /** Generations up to this one are in the copy's database. */
    public LogReplication replayedUpTo(long generation) {
        return new LogReplication(closed, open, copied, inspected, generation, state, why);
    }

    /**
     * The last generation that may be replayed now.
     *
     * @param lag how long an inspected log waits
     * @param inspectedAt when a generation was inspected; never decreasing
     */
    public long replayable(Duration lag, LongFunction<Instant> inspectedAt, Instant now) {
        long due = replayed;
        long low = replayed + 1;
        long high = inspected;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            if (inspectedAt.apply(middle).plus(lag).isAfter(now)) {
                high = middle - 1;
            } else {
                due = middle;
                low = middle + 1;
            }
        }
        return due;
    }

    /** Halted by an operator. */
    public LogReplication suspended(String reason) {
        return new LogReplication(closed, open, copied, inspected, replayed, CopyState.SUSPENDED, reason);
    }

    /** Broken until it is seeded. */
    public LogReplication failed(String reason) {
        return new LogReplication(closed, open, copied, inspected, replayed, CopyState.FAILED, reason);
    }

    /** Goes on after {@link #suspended}; a failed copy stays failed. */
    public LogReplication resumed() {
        return state == CopyState.FAILED
                ? this
                : new LogReplication(closed, open, copied, inspected, replayed, CopyState.HEALTHY, "");
    }

    // ---- questions

    /** Logs of the active that the copy lacks, the open one included when it holds anything. */
    public long missingLogs() {
        return closed - inspected + (open ? 1 : 0);
    }

    /** Logs that the copy has and has not replayed. */
    public long replayQueue() {
        return inspected - replayed;
    }

    /** Why nothing may be handed over to the copy; empty = it is healthy. */
    public Optional<String> trouble() {
        return state == CopyState.HEALTHY
                ? Optional.empty()
                : Optional.of("the copy is " + (state == CopyState.FAILED ? "failed" : "suspended") + " (" + why + ")");
    }

    /**
     * The same group after the copy became active: it goes on behind its last log, and the old active one is the copy. If
     * logs were lost, that one holds generations which nobody else has, and has failed until it is reseeded.
     */
    public LogReplication activated() {
        LogReplication even = even(inspected);
        return missingLogs() == 0 ? even : even.failed("it diverges from generation " + (inspected + 1) + " on");
    }

    /** How the old active one comes back as the copy, once it is known what was lost. */
    public Reseed reseed() {
        return Reseed.of(missingLogs(), inspected + 1);
    }
}
