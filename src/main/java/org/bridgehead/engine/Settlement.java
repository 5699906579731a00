package org.bridgehead.engine;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.mail.EmailAddress;

/**
 * How a message ended: no server of the organisation has anything left to do of it. Whoever is not named here has it, or
 * it has left the organisation for them.
 *
 * @param failed status and words by recipient: those that the sender got a report about; members of a group, too
 */
public record Settlement(SortedMap<EmailAddress, String> failed) {
    /** Copies the map. */
    public Settlement {
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
    }
}
