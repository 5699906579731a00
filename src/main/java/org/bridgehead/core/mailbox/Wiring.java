package org.bridgehead.core.mailbox;

import java.util.NavigableSet;
import org.bridgehead.core.topology.Names;

/** Which nodes and witness run, and which of them the network keeps apart. One owner. */
final class Wiring {
    private final NavigableSet<String> up = Names.set();
    private final NavigableSet<String> cuts = Names.set();

    void set(String part, boolean runs) {
        if (runs) {
            up.add(part);
        } else {
            up.remove(part);
        }
    }

    void set(String one, String other, boolean mended) {
        if (mended) {
            cuts.remove(pair(one, other));
        } else {
            cuts.add(pair(one, other));
        }
    }

    boolean isUp(String part) {
        return up.contains(part);
    }

    /** Whether both run and the network joins them. */
    boolean joins(String one, String other) {
        return isUp(one) && isUp(other) && !cuts.contains(pair(one, other));
    }

    /** A line end stands in no name. */
    private static String pair(String one, String other) {
        return Names.ORDER.compare(one, other) <= 0 ? one + "\n" + other : other + "\n" + one;
    }
}
