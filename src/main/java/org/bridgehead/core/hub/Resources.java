package org.bridgehead.core.hub;

import java.time.Duration;

/**
 * What one look at the machine found; the input of {@link BackPressure}. Immutable.
 *
 * @param diskSize octets of the volume that holds the spool; 0 = the spool is in memory
 * @param diskFree octets of it that are free for this process
 * @param heapSize most octets the heap may have
 * @param heapUsed octets of it that survived the last collection
 * @param slowestSync the longest that a synced write took since the last look, or has taken so far
 * @param submissions messages taken in that the categorizer has not finished with
 * @param spoolRefusal why the spool refuses writes now, one line; empty = it takes them
 */
public record Resources(
        long diskSize,
        long diskFree,
        long heapSize,
        long heapUsed,
        Duration slowestSync,
        int submissions,
        String spoolRefusal) {
    /** Plenty of everything. */
    public static final Resources PLENTY = new Resources(0, 0, 0, 0, Duration.ZERO, 0, "");

    /** The same with another disk. */
    public Resources withDisk(long size, long free) {
        return new Resources(size, free, heapSize, heapUsed, slowestSync, submissions, spoolRefusal);
    }

    /** The same with another heap. */
    public Resources withHeap(long size, long used) {
        return new Resources(diskSize, diskFree, size, used, slowestSync, submissions, spoolRefusal);
    }

    /** The same with another longest write. */
    public Resources withSync(Duration slowest) {
        return new Resources(diskSize, diskFree, heapSize, heapUsed, slowest, submissions, spoolRefusal);
    }

    /** The same with another length of the submission queue. */
    public Resources withSubmissions(int count) {
        return new Resources(diskSize, diskFree, heapSize, heapUsed, slowestSync, count, spoolRefusal);
    }

    /** The same with a spool that refuses. */
    public Resources withRefusal(String why) {
        return new Resources(diskSize, diskFree, heapSize, heapUsed, slowestSync, submissions, why);
    }
}
