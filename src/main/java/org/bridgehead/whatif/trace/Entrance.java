package org.bridgehead.whatif.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.core.topology.ReceiveConnector.Permission;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** Where a message enters the organisation (BEHAVIOUR 1.7.3, DECISIONS 3.1). Pure. */
public final class Entrance {
    private Entrance() {}

    /** The hub that mail from a site's mailboxes goes to: the first by name that runs; empty when none does. */
    public static Optional<String> ofSite(Topology topology, List<String> down, String site) {
        Reachability now = Reachability.of(topology, down);
        return topology.servers().values().stream()
                .filter(server -> server.is(Role.HUB_TRANSPORT)
                        && server.site().filter(its -> Names.same(its, site)).isPresent()
                        && now.serverUp(server.name()))
                .map(Server::name)
                .findFirst();
    }

    /** The server that strangers hand mail to: edges first, then by name, one that runs if there is one. */
    public static Optional<String> ofStrangers(Topology topology, List<String> down) {
        Reachability now = Reachability.of(topology, down);
        return topology.servers().values().stream()
                .filter(server -> server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT))
                .filter(server -> takesStrangers(topology, server))
                .min(Comparator.<Server, Boolean>comparing(server -> !now.serverUp(server.name()))
                        .thenComparing(server -> !server.is(Role.EDGE_TRANSPORT))
                        .thenComparing(Server::name, Names.ORDER))
                .map(Server::name);
    }

    private static boolean takesStrangers(Topology topology, Server server) {
        List<ReceiveConnector> own = topology.receiveConnectors().values().stream()
                .filter(connector -> Names.same(connector.server(), server.name()))
                .toList();
        List<Permission> permissions = own.isEmpty()
                ? Admission.defaultPermissions(server)
                : own.stream()
                        .flatMap(connector -> connector.permissions().stream())
                        .toList();
        return permissions.contains(Permission.ANONYMOUS);
    }
}
