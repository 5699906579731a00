package org.bridgehead.bpa;

import java.util.List;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;

/**
 * What rules look at.
 *
 * @param organization servers and people
 * @param routes the paths of its topology
 */
public record Subject(Organization organization, RoutingTable routes) {
    /** The subject of an organisation. */
    public static Subject of(Organization organization) {
        return new Subject(organization, RoutingTable.of(organization.topology()));
    }

    /** The servers' part. */
    public Topology topology() {
        return organization.topology();
    }

    /** The people's part. */
    public DirectoryDefinition directory() {
        return organization.directory();
    }

    /** The sites with a mailbox server, in name order. */
    public List<String> mailboxSites() {
        return topology().sites().values().stream()
                .map(Site::name)
                .filter(site -> !topology().serversOf(site, Role.MAILBOX).isEmpty())
                .toList();
    }
}
