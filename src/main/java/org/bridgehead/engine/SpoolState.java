package org.bridgehead.engine;

import java.util.Optional;

/**
 * How the spool of this process stands. An immutable value.
 *
 * @param messages accepted and not released, of the servers of this process
 * @param bytes of disk, or of memory where there is none
 * @param failure why it refuses at the moment; empty = it takes mail
 */
public record SpoolState(long messages, long bytes, Optional<String> failure) {
    /** Whether it takes mail. */
    public boolean healthy() {
        return failure.isEmpty();
    }
}
