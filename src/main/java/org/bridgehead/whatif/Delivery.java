package org.bridgehead.whatif;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;

/**
 * A message in a mailbox, inside or outside.
 *
 * @param id which message
 * @param sender reverse path; empty = a report
 * @param recipient whose mailbox
 * @param at when it arrived
 * @param store the mailbox server, outside host or connector that took it
 * @param again whether the copy was marked as tried before
 * @param servers that handled it, first one first
 */
public record Delivery(
        TransportId id,
        Optional<EmailAddress> sender,
        EmailAddress recipient,
        Instant at,
        String store,
        boolean again,
        List<String> servers) {
    /** Copies the list. */
    public Delivery {
        servers = List.copyOf(servers);
    }
}
