package org.bridgehead.cli;

import java.util.TreeMap;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;

/** How many mailboxes live where. */
final class Mailboxes {
    private Mailboxes() {}

    /** By site; sites without any are not in it. */
    static TreeMap<String, Long> bySite(Organization organization) {
        TreeMap<String, Long> counts = Names.map();
        for (RecipientDefinition recipient : organization.directory().recipients()) {
            if (recipient.entry() instanceof DirectoryEntry.Mailbox mailbox) {
                organization
                        .topology()
                        .server(mailbox.database().server())
                        .flatMap(Server::site)
                        .ifPresent(site -> counts.merge(site, 1L, Long::sum));
            }
        }
        return counts;
    }
}
