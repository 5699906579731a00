package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded spool: RocksDB in one folder, for one process. A synced write shares its sync with all that wait at the
 * moment (group commit), and what an earlier write left unsynced is covered by the next sync: one log keeps the order.
 */
public final class RocksSpool extends KeyedSpool {
    private RocksSpool(Path folder, boolean sync) throws IOException {
        super(
                new RocksStore(folder, sync ? RocksHandle.LogSync.REAL : RocksHandle.LogSync.NONE),
                Optional.of(folder.resolve("notes")));
    }

    /**
     * Opens the spool in {@code folder}, making it when there is none.
     *
     * @throws IOException when another process has it, the disk refuses, or the optional library is missing; the message
     *     says which. Damage is no exception: it is moved aside, salvaged and reported by recovery.
     */
    public static RocksSpool open(Path folder) throws IOException {
        return open(folder, true);
    }

    /**
     * With {@code sync} off, the mutant that every power-cut test has to catch: it acknowledges what the disk has not
     * got. For tests in this package only.
     */
    static RocksSpool open(Path folder, boolean sync) throws IOException {
        try {
            return new RocksSpool(folder, sync);
        } catch (NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw new IOException(
                    "a spool on disk needs the library org.rocksdb:rocksdbjni, which is missing or does not run here ("
                            + e.getMessage() + "); add it, or keep the mail in memory",
                    e);
        }
    }
}
