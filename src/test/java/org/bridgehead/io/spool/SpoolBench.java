package org.bridgehead.io.spool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;

/**
 * Measures a spool on this disk; run by name. Arguments: folder, seconds a figure, and optionally the backlog of messages
 * for measuring a restart.
 */
final class SpoolBench {
    private SpoolBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        for (int writers : new int[] {1, 8, 32, 64}) {
            figure("accept", folder, writers, seconds, false);
        }
        for (int writers : new int[] {8, 64}) {
            figure("accept, settle, release", folder, writers, seconds, true);
        }
        if (arguments.length > 2) {
            restart(folder, Integer.parseInt(arguments[2]));
        }
    }

    private static void figure(String what, Path folder, int writers, int seconds, boolean release) throws Exception {
        Folders.delete(folder);
        try (Spool spool = RocksSpool.open(folder)) {
            run(spool, writers, 1, release);
            long syncs = spool.status().syncs();
            long begin = System.nanoTime();
            long done = run(spool, writers, seconds, release);
            double took = (System.nanoTime() - begin) / 1e9;
            SpoolStatus after = spool.status();
            System.out.printf(
                    "%-24s %3d writers: %,7.0f messages/s, %,6.0f syncs/s, disk %,d MB, heap %,d MB%n",
                    what, writers, done / took, (after.syncs() - syncs) / took, after.bytes() >> 20, heap() >> 20);
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long run(Spool spool, int writers, int seconds, boolean release) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        LongAdder done = new LongAdder();
        SpoolContract.inParallel(writers, writer -> {
            RandomRecords records = new RandomRecords(writer);
            byte[] mail = records.octets(4096);
            while (System.nanoTime() < end) {
                accept(spool, records, mail, release, true);
                done.increment();
            }
            return true;
        });
        return done.sum();
    }

    private static void accept(Spool spool, RandomRecords records, byte[] mail, boolean release, boolean synced)
            throws IOException {
        BodyRef body = spool.body(new ByteArrayInputStream(mail));
        InternalId id = spool.allocate(SpoolContract.HUB);
        spool.write(SpoolContract.HUB, List.of(records.accepted(id, body)), synced);
        if (release) {
            spool.write(
                    SpoolContract.HUB,
                    List.of(new SpoolRecord.Settled(CopyId.original(id), RecipientBits.firstOf(1))),
                    false);
            spool.write(SpoolContract.HUB, List.of(new SpoolRecord.Released(id)), false);
        }
    }

    private static void restart(Path folder, int backlog) throws IOException {
        Folders.delete(folder);
        try (Spool spool = RocksSpool.open(folder)) {
            RandomRecords records = new RandomRecords(1);
            byte[] mail = records.octets(4096);
            for (int i = 0; i < backlog; i++) {
                accept(spool, records, mail, false, false);
            }
        }
        long begin = System.nanoTime();
        try (Spool spool = RocksSpool.open(folder)) {
            long opened = System.nanoTime();
            LongAdder found = new LongAdder();
            long[] first = new long[1];
            spool.recover(SpoolContract.HUB, each -> {
                if (found.intValue() == 0) {
                    first[0] = System.nanoTime();
                }
                found.increment();
            });
            System.out.printf(
                    "restart with %,d messages: open %,d ms, first after %,d ms, all after %,d ms, heap %,d MB, disk"
                            + " %,d MB%n",
                    found.sum(),
                    (opened - begin) / 1_000_000,
                    (first[0] - begin) / 1_000_000,
                    (System.nanoTime() - begin) / 1_000_000,
                    heap() >> 20,
                    spool.status().bytes() >> 20);
            System.out.println(Files.getFileStore(folder));
        }
    }
}
