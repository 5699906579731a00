package org.bridgehead.io.spool;

import java.util.Optional;

/**
 * A spool at one moment, for operators. The counts are those of the records this process has written or recovered:
 * they are complete once every shard was recovered (and, for bodies, the orphans swept).
 *
 * @param messages accepted and not released
 * @param held items the dumpsters hold
 * @param bodies kept because a message or a dumpster item names them
 * @param bytes of disk (of memory, for the memory store)
 * @param torn damaged places found since the start
 * @param syncs times the log was forced to stable storage since the start
 * @param reopened times the store had to be closed and opened again after an error
 * @param failure why the store refuses at the moment; empty = it works
 */
public record SpoolStatus(
        long messages,
        long held,
        long bodies,
        long bytes,
        long torn,
        long syncs,
        long reopened,
        Optional<String> failure) {
    /** Whether mail can be accepted. */
    public boolean healthy() {
        return failure.isEmpty();
    }
}
