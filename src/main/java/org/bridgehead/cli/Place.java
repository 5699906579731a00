package org.bridgehead.cli;

import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Server;

/**
 * An end of a route as the user named it.
 *
 * @param name as the topology or directory writes it
 * @param site where it is; empty for somebody outside the organisation
 * @param server the server that was named, or that holds the mailbox
 * @param address the address that was named
 */
record Place(String name, Optional<String> site, Optional<Server> server, Optional<EmailAddress> address) {
    /** Whether mail has to leave the organisation to get there. */
    boolean isOutside() {
        return site.isEmpty();
    }
}
