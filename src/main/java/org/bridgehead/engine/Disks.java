package org.bridgehead.engine;

import java.util.SortedSet;
import org.bridgehead.core.topology.Names;

/** Which servers' disks a test has filled, and which ones cannot sync. Safe for any thread. */
final class Disks {
    private final SortedSet<String> full = Names.set();
    private final SortedSet<String> unsynced = Names.set();
    /** So that a look costs nothing as long as nobody does anything to a disk. */
    private volatile boolean any;

    /** From now on the disk of a server takes no writes, or takes them again. */
    synchronized void fill(String server, boolean isFull) {
        set(full, server, isFull);
    }

    /** From now on the disk of a server cannot bring to stable storage what it takes, or can again. */
    synchronized void failSync(String server, boolean fails) {
        set(unsynced, server, fails);
    }

    private void set(SortedSet<String> which, String server, boolean isSo) {
        if (isSo) {
            which.add(server);
        } else {
            which.remove(server);
        }
        any = !full.isEmpty() || !unsynced.isEmpty();
    }

    boolean isFull(String server) {
        return any && holds(full, server);
    }

    boolean failsSync(String server) {
        return any && holds(unsynced, server);
    }

    private synchronized boolean holds(SortedSet<String> which, String server) {
        return which.contains(server);
    }
}
