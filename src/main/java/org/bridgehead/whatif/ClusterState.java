package org.bridgehead.whatif;

import java.util.Optional;
import org.bridgehead.core.mailbox.Quorum;

/**
 * A mailbox server before and after.
 *
 * @param server its name
 * @param site where it stands
 * @param replication {@code none}, {@code lcr}, {@code ccr} or {@code scc}
 * @param quorum votes after
 * @param online whether it serves mailboxes after
 * @param wasOnline whether it did before
 * @param activeBefore the node that served; empty = none did, or there was no such server
 * @param activeAfter the node that serves now; empty = offline
 * @param why one sentence
 */
public record ClusterState(
        String server,
        String site,
        String replication,
        Quorum quorum,
        boolean online,
        boolean wasOnline,
        Optional<String> activeBefore,
        Optional<String> activeAfter,
        String why) {
    /** Whether it went offline. */
    public boolean lost() {
        return wasOnline && !online;
    }

    /** Whether it runs and the next failure stops it. */
    public boolean noMarginLeft() {
        return online && quorum.noMarginLeft();
    }
}
