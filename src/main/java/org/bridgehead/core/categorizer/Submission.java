package org.bridgehead.core.categorizer;

import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;

/**
 * How a message came: what limits and restrictions of its sender go by (BEHAVIOUR 2.3, 2.4). Immutable.
 *
 * @param sender who wrote it; empty = the null sender of reports
 * @param authenticated whether the sender proved who it is
 * @param first whether no hub before this one has checked the sender
 * @param size octets at first acceptance
 */
public record Submission(Optional<EmailAddress> sender, boolean authenticated, boolean first, long size) {
    private static final String POSTMASTER = "postmaster";

    /** Reports and the organisation's own mail go to everybody, whatever the restrictions. */
    boolean isExempt() {
        return sender.isEmpty()
                || authenticated && POSTMASTER.equalsIgnoreCase(sender.get().localPart());
    }
}
