package org.bridgehead.bpa;

import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
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
        return List.copyOf(sitesWith(Role.MAILBOX));
    }

    /** The sites where a server with {@code role} stands, in name order. */
    public NavigableSet<String> sitesWith(Role role) {
        NavigableSet<String> sites = Names.set();
        for (Server server : topology().servers().values()) {
            if (server.is(role)) {
                server.site().flatMap(topology()::site).map(Site::name).ifPresent(sites::add);
            }
        }
        return sites;
    }
}
