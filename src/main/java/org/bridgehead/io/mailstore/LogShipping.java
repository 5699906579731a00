package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Log shipping between the copies of a mailbox server (BEHAVIOUR 5): a generation is copied once it is closed, the copy
 * is inspected, and only then it counts. Stateless; safe for any thread. The source may be open and take mail meanwhile:
 * shipping holds none of its locks and reads each log once. The target may not: its store would write the same
 * generations. {@link IOException} says that a disk failed; everything else that keeps a log from being shipped is told
 * as a {@link Shipment.Refusal}. After either nothing partial is left, and the same call can be made again.
 */
public final class LogShipping {
    private LogShipping() {}

    /**
     * Copies the closed generations up to {@code upTo} that {@code to} lacks, in order, until one is refused. What the
     * target has is taken to be the same; the first one it lacks is refused where it is not. A node that comes back is
     * asked for its {@link #divergence} first.
     *
     * @param upTo number of the last one; more than are closed = all that are
     */
    public static Shipment ship(StoreCopy from, StoreCopy to, String storageGroup, long upTo) throws IOException {
        return new Shipper(from, to, storageGroup).ship(upTo);
    }

    /**
     * Copies everything, the generation that was being written included; for a handoff, and to fetch from a node that
     * failed and still answers. What a dead node had begun to write and nobody was told of is left behind; because it
     * cannot be told from damage there, activate as if one generation was lost where {@link Shipment#cutOctets} is not 0.
     */
    public static Shipment shipOpen(StoreCopy from, StoreCopy to, String storageGroup) throws IOException {
        return new Shipper(from, to, storageGroup).shipOpen();
    }

    /**
     * Drops the generations behind {@code generation}, the last one first.
     *
     * @return the numbers of those dropped, ascending
     * @throws IOException when a store is open on the copy, or the disk failed
     */
    public static List<Long> discardAfter(StoreCopy copy, String storageGroup, long generation) throws IOException {
        StoreCopy.Claim claim =
                copy.forShipping(true).orElseThrow(() -> new IOException("a store is open on it: " + copy));
        try {
            LogStorage storage = copy.storage(storageGroup);
            List<Long> dropped = new ArrayList<>(
                    storage.generations().stream().filter(g -> g > generation).toList());
            for (int i = dropped.size() - 1; i >= 0; i--) storage.remove(dropped.get(i));
            return List.copyOf(dropped);
        } finally {
            claim.close();
        }
    }

    /**
     * Tells each message that {@code dead} had taken and {@code survivor} has not: exactly what the failover lost, less
     * what has been redelivered since. Best called while no store is open on {@code dead}; memory is bounded whatever the
     * number. A message is looked for behind the common beginning of both logs only.
     *
     * @param each is called in the order in which they had been delivered
     */
    public static Losses lost(StoreCopy dead, StoreCopy survivor, String storageGroup, Consumer<LostDelivery> each)
            throws IOException {
        LogStorage had = dead.storage(storageGroup);
        return new LossReport(had, survivor.storage(storageGroup), LossReport.BATCH, each).run();
    }

    /**
     * The first generation of {@code old} that {@code current} has not, or has with other octets; empty when shipping
     * can just go on. Reads both logs.
     */
    public static OptionalLong divergence(StoreCopy old, StoreCopy current, String storageGroup) throws IOException {
        return LogComparison.firstDifference(old.storage(storageGroup), current.storage(storageGroup));
    }

    /**
     * Makes {@code old} equal to {@code current}: drops its generations from {@code generation} on, 1 = all, and ships
     * those of the other; while a store is open on {@code current}, all but the one being written. A copy whose reseed
     * was not complete must not be activated, unless renumbered.
     */
    public static Shipment reseed(StoreCopy old, StoreCopy current, String storageGroup, long generation)
            throws IOException {
        discardAfter(old, storageGroup, generation - 1);
        return current.isOpen()
                ? ship(current, old, storageGroup, Long.MAX_VALUE)
                : shipOpen(current, old, storageGroup);
    }
}
