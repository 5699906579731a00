package org.bridgehead.io.spool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What was written to a log and is not known to be on stable storage, in the order of writing. After a sync that failed
 * the system may have dropped any of it, although every write succeeded; whoever wrote it relies on it all the same, so it
 * is written once more when the log is open again. A few megabytes at most: then whoever writes has to sync. Safe for any
 * thread.
 */
final class Unsynced {
    private static final long MOST = 8L << 20;

    /**
     * One write.
     *
     * @param number counts up
     */
    private record Kept(long number, Changes changes, long octets) {}

    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private long last;
    private long octets;

    /** It is in the log. */
    synchronized void written(Changes changes) {
        Kept one = new Kept(++last, changes, changes.octets());
        kept.addLast(one);
        octets += one.octets();
    }

    /** Whether so much is kept that it has to be synced. */
    synchronized boolean isTooMuch() {
        return octets > MOST;
    }

    /** The number of the last write so far; a sync that begins now brings all up to it to stable storage. */
    synchronized long last() {
        return last;
    }

    /** All up to this number is on stable storage. */
    synchronized void synced(long upTo) {
        while (!kept.isEmpty() && kept.getFirst().number() <= upTo) {
            octets -= kept.removeFirst().octets();
        }
    }

    /** What may be gone, first one first. */
    synchronized List<Changes> inDoubt() {
        List<Changes> all = new ArrayList<>();
        kept.forEach(one -> all.add(one.changes()));
        return all;
    }
}
