package org.bridgehead.engine;

import java.time.Instant;
import org.bridgehead.core.mailbox.NodeState;

/**
 * A machine of a mailbox server, for faults. An embedded one really dies; of a real one, which lives on its own, this is
 * what an operator says about it. Safe for any thread.
 */
public interface NodeHandle {
    /**
     * How much of a node's logs the other node does not have when it dies.
     *
     * @param logs generations, the open one included; 0 = nothing is lost
     */
    record Unshipped(int logs) {
        /** Checks the range. */
        public Unshipped {
            if (logs < 0) {
                throw new IllegalArgumentException("logs are counted from 0: " + logs);
            }
        }
    }

    /** For {@link #lose}: so many logs. */
    static Unshipped logs(int count) {
        return new Unshipped(count);
    }

    /** Its name. */
    String name();

    /** The mailbox server it belongs to. */
    String server();

    /** What it is at the moment. */
    NodeState state();

    /** It dies at once. What the other node has by then, it has. */
    void fail();

    /**
     * It dies at once, and what the other node has ends at {@code copiedUntil}: for real nodes, whose copies nobody here
     * sees; hubs are asked for what they delivered since. Of embedded ones that is known, this is {@link #fail()}.
     */
    default void fail(Instant copiedUntil) {
        fail();
    }

    /**
     * It dies at once, and the other node lacks exactly so many of its logs: as if they had not been shipped in time.
     * {@code node.lose(logs(3))}. On a node that does not host the mailboxes the same as {@link #fail}.
     */
    void lose(Unshipped logs);

    /** It starts again, as a passive node when the other one has taken over. */
    void start();
}
