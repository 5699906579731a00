package org.bridgehead.whatif.trace;

import java.time.Duration;
import org.bridgehead.core.topology.Topology;

/** Something that happens to the organisation while a message is traced. */
public sealed interface Incident {
    /** How long after the start; not negative. */
    Duration at();

    /** What happens, for people: no full stop. */
    String words();

    /**
     * A part fails (DECISIONS 2.1).
     *
     * @param at how long after the start
     * @param item {@code kind:NAME}
     */
    record Down(Duration at, String item) implements Incident {
        @Override
        public String words() {
            return item + " goes down";
        }
    }

    /**
     * A part works again.
     *
     * @param at how long after the start
     * @param item {@code kind:NAME}
     */
    record Up(Duration at, String item) implements Incident {
        @Override
        public String words() {
            return item + " works again";
        }
    }

    /**
     * Something that is neither: told, and of no consequence for which way mail goes.
     *
     * @param at how long after the start
     * @param words what
     */
    record Other(Duration at, String words) implements Incident {}

    /**
     * The topology changes; all servers learn it at once.
     *
     * @param at how long after the start
     * @param edit as it was written
     * @param topology the whole of it, changed
     */
    record Change(Duration at, String edit, Topology topology) implements Incident {
        @Override
        public String words() {
            return "changed: " + edit;
        }
    }
}
