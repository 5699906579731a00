package org.bridgehead.engine;

import java.util.List;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;

/**
 * What a lossy mount took from one storage group, and what the hubs were asked for. An immutable value.
 *
 * @param group which
 * @param lostLogs log generations that the surviving copy does not have
 * @param lost messages in them, in the order of delivery
 * @param lostDeletions messages that users had removed and that are back
 * @param window from and to when delivered mail was asked for again
 * @param requests numbers of the requests, one for each hub of the site
 */
public record GroupLoss(
        StorageGroupId group,
        long lostLogs,
        List<LostMail> lost,
        long lostDeletions,
        RedeliveryWindow window,
        List<Long> requests) {
    /** Copies the lists. */
    public GroupLoss {
        lost = List.copyOf(lost);
        requests = List.copyOf(requests);
    }
}
