package org.bridgehead.io.spool;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * A recovery whose moment is fixed: what is written after {@link Spool#beginRecovery} is not part of it, whenever it is
 * run. Begin it before the doors open; run it, once, when there is time. For one thread.
 */
public interface Recovery extends AutoCloseable {
    /**
     * Hands over what the shard held, as {@link Spool#recover} says. {@code sink} runs in the calling thread and may use
     * the spool, slowly if it must: nothing is locked or pinned meanwhile.
     */
    void forEach(Consumer<Recovered> sink) throws IOException;

    /** Gives up what keeps new mail and old apart. */
    @Override
    void close();
}
