package org.bridgehead.core.hub;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.bridgehead.core.hub.Pressure.Level;

/**
 * How hard a server is pressed, look after look (BEHAVIOUR 3.3). Each resource has a level with hysteresis: it rises at
 * one mark and falls only below a lower one, so that it does not flutter. The highest level counts, and its resource is
 * the reason. An immutable value: {@link #after} gives the next one.
 *
 * <p>The marks of disk, heap and submission queue are those of Exchange 2016, with two differences. Percentages of a
 * large volume mean more than mail will ever need, so free space is short only below absolute marks too (after the 500 MB
 * of Exchange 2007 SP1). And what is full of a heap is what a collection left.
 */
public final class BackPressure {
    /** Between two looks. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Looks that a long submission queue is borne before strangers are refused: ten minutes. */
    static final int PATIENCE = 300;

    /** Where a level begins when a value rises, and ends when it falls. Values grow with the pressure. */
    private record Marks(double medium, double high, double fromHigh, double fromMedium) {
        Level next(Level before, double value) {
            if (value >= (before == Level.HIGH ? fromHigh : high)) {
                return Level.HIGH;
            }
            return value >= (before == Level.NORMAL ? medium : fromMedium) ? Level.MEDIUM : Level.NORMAL;
        }
    }

    private static final Marks DISK = new Marks(96, 99, 97, 94);
    private static final Marks HEAP = new Marks(85, 92, 88, 80);
    private static final Marks SUBMISSIONS = new Marks(9_999, 15_000, 10_000, 2_000);
    private static final Marks SYNC_MILLIS = new Marks(2_000, 10_000, 5_000, 1_000);

    /** Free octets that are enough for normal work on a volume of any size, for a percent that must stay free. */
    private static final long ENOUGH_PER_PERCENT = 500L << 20;

    private final Level disk;
    private final Level heap;
    private final Level sync;
    private final Level submissions;
    private final int longQueue;
    private final Pressure pressure;

    private BackPressure(Level disk, Level heap, Level sync, Level submissions, int longQueue, Pressure pressure) {
        this.disk = disk;
        this.heap = heap;
        this.sync = sync;
        this.submissions = submissions;
        this.longQueue = longQueue;
        this.pressure = pressure;
    }

    /** Before the first look. */
    public static BackPressure none() {
        return new BackPressure(Level.NORMAL, Level.NORMAL, Level.NORMAL, Level.NORMAL, 0, Pressure.NORMAL);
    }

    /** What follows from the looks so far. */
    public Pressure pressure() {
        return pressure;
    }

    /** What follows when the next look, {@link #INTERVAL} after the last one, finds this. */
    public BackPressure after(Resources found) {
        Level nextDisk = found.diskSize() == 0 ? Level.NORMAL : DISK.next(disk, diskUsed(found));
        Level nextHeap = found.heapSize() == 0 ? Level.NORMAL : HEAP.next(heap, heapUsed(found));
        Level nextSync = SYNC_MILLIS.next(sync, found.slowestSync().toMillis());
        Level nextSubmissions = SUBMISSIONS.next(submissions, found.submissions());
        int nextLongQueue = nextSubmissions == Level.NORMAL ? 0 : longQueue + 1;
        // A long queue slows senders down by itself for a while before it closes the door to them.
        Level byQueue = nextSubmissions == Level.MEDIUM && nextLongQueue < PATIENCE ? Level.NORMAL : nextSubmissions;
        List<Pressure> all = List.of(
                new Pressure(
                        found.spoolRefusal().isEmpty() ? Level.NORMAL : Level.HIGH,
                        "the spool refuses: " + found.spoolRefusal()),
                new Pressure(
                        nextDisk,
                        percent("disk of the spool", diskPercent(found)) + ", " + megabytes(found.diskFree())
                                + " free"),
                new Pressure(nextHeap, percent("heap", heapUsed(found)) + " of " + megabytes(found.heapSize())),
                new Pressure(
                        nextSync,
                        "a write to the spool took " + found.slowestSync().toMillis() + " ms"),
                new Pressure(byQueue, found.submissions() + " messages in the submission queue"));
        Pressure worst = Pressure.NORMAL;
        for (Pressure one : all) {
            worst = one.level().compareTo(worst.level()) > 0 ? one : worst;
        }
        return new BackPressure(nextDisk, nextHeap, nextSync, nextSubmissions, nextLongQueue, worst);
    }

    /** Percent in use, as if the volume had no more than matters. */
    private static double diskUsed(Resources found) {
        double byAbsolute = 100 - (double) found.diskFree() / ENOUGH_PER_PERCENT;
        return Math.min(diskPercent(found), Math.max(0, byAbsolute));
    }

    private static double diskPercent(Resources found) {
        return found.diskSize() == 0 ? 0 : 100.0 * (found.diskSize() - found.diskFree()) / found.diskSize();
    }

    private static double heapUsed(Resources found) {
        return found.heapSize() == 0 ? 0 : 100.0 * found.heapUsed() / found.heapSize();
    }

    private static String percent(String what, double value) {
        return String.format(Locale.ROOT, "%s %.1f %% full", what, value);
    }

    private static String megabytes(long octets) {
        return (octets >> 20) + " MB";
    }
}
