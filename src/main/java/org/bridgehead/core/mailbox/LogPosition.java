package org.bridgehead.core.mailbox;

/**
 * A place in the transaction log of a storage group. Positions order records as they were written; a generation is
 * one log file, the unit of log shipping (BEHAVIOUR 5).
 *
 * @param generation number of the log file, from 1
 * @param offset octets from its beginning
 */
public record LogPosition(long generation, long offset) implements Comparable<LogPosition> {
    /** Checks the ranges. */
    public LogPosition {
        if (generation < 1 || offset < 0) {
            throw new IllegalArgumentException("no log position: " + generation + ", " + offset);
        }
    }

    @Override
    public int compareTo(LogPosition other) {
        int byGeneration = Long.compare(generation, other.generation);
        return byGeneration != 0 ? byGeneration : Long.compare(offset, other.offset);
    }

    /** {@code generation:offset}. */
    @Override
    public String toString() {
        return generation + ":" + offset;
    }
}
