package org.bridgehead.engine;

import java.util.SortedSet;
import org.bridgehead.core.topology.Names;

/** Which servers' disks a test has filled. Safe for any thread. */
final class Disks {
    private final SortedSet<String> full = Names.set();
    /** So that a look costs nothing as long as nobody fills anything. */
    private volatile boolean any;

    /** From now on the disk of a server takes no writes, or takes them again. */
    synchronized void fill(String server, boolean isFull) {
        if (isFull) {
            full.add(server);
        } else {
            full.remove(server);
        }
        any = !full.isEmpty();
    }

    boolean isFull(String server) {
        return any && holds(server);
    }

    private synchronized boolean holds(String server) {
        return full.contains(server);
    }
}
