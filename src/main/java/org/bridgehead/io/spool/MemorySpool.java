package org.bridgehead.io.spool;

import java.io.IOException;
import java.util.Optional;

/** The spool that ends with the process: for tests and demonstrations. Never waits; everything counts as synced. */
public final class MemorySpool extends KeyedSpool {
    private MemorySpool() throws IOException {
        super(new MemoryStore(), Optional.empty());
    }

    /** An empty spool. */
    public static MemorySpool create() {
        try {
            return new MemorySpool();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot refuse", e);
        }
    }
}
