package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** Another organisation for one that runs: what cannot be, what takes a restart, and the change itself. Keeps nothing. */
final class Reloading {
    private Reloading() {}

    /** Why a topology cannot take the place of the present one; empty = it can. */
    static List<String> obstacles(Plant plant, Topology fresh) {
        List<String> obstacles = new ArrayList<>();
        for (TransportServer running : plant.transportServers()) {
            Optional<Role> before = kind(plant.topology().server(running.name()));
            Optional<Role> after = kind(fresh.server(running.name()));
            if (running.isRunning() && !before.equals(after)) {
                obstacles.add("server " + running.name() + " runs here and is "
                        + after.map(role -> "a " + role.keyword() + " in the file now")
                                .orElse("no hub or edge in the file any more")
                        + "; drain it first: bridgehead server drain " + running.name());
            }
        }
        return obstacles;
    }

    private static Optional<Role> kind(Optional<Server> server) {
        return server.flatMap(known -> known.is(Role.HUB_TRANSPORT)
                ? Optional.of(Role.HUB_TRANSPORT)
                : known.is(Role.EDGE_TRANSPORT) ? Optional.of(Role.EDGE_TRANSPORT) : Optional.empty());
    }

    /** What of a topology only shows after a restart. */
    static List<String> afterRestart(Plant plant, Topology fresh) {
        Topology old = plant.topology();
        List<String> pending = new ArrayList<>();
        for (Server server : fresh.servers().values()) {
            if (plant.runsHere(server.name())) {
                afterRestart(old.server(server.name()), server).ifPresent(pending::add);
            }
        }
        if (!old.receiveConnectors().equals(fresh.receiveConnectors())) {
            pending.add("receiveConnectors: " + names(fresh.receiveConnectors().values()));
        }
        if (!old.settings().limits().equals(fresh.settings().limits())) {
            pending.add("organization.limits: routing and expansion use the new ones, doors the old ones");
        }
        if (!old.settings().secretFile().equals(fresh.settings().secretFile())) {
            pending.add("organization.secretFile");
        }
        if (!old.internet().equals(fresh.internet())) {
            pending.add("internet");
        }
        return pending;
    }

    private static String names(Iterable<ReceiveConnector> connectors) {
        List<String> names = new ArrayList<>();
        connectors.forEach(connector -> names.add(connector.name()));
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static Optional<String> afterRestart(Optional<Server> old, Server server) {
        boolean transport = kind(Optional.of(server)).isPresent();
        boolean embedded = hasEmbedded(server);
        if (old.isEmpty()) {
            return transport || embedded ? Optional.of("server " + server.name() + " is new") : Optional.empty();
        }
        if (transport && kind(old).isEmpty()) {
            return Optional.of("server " + server.name() + " has a new role");
        }
        if (transport && !old.get().smtp().equals(server.smtp())) {
            return Optional.of("server " + server.name() + " listens at " + server.smtp());
        }
        boolean stores = !old.get()
                .mailbox()
                .map(MailboxRole::storageGroups)
                .equals(server.mailbox().map(MailboxRole::storageGroups));
        return (embedded || hasEmbedded(old.get())) && (stores || hasEmbedded(old.get()) != embedded)
                ? Optional.of("server " + server.name() + " has other storage groups or nodes")
                : Optional.empty();
    }

    private static boolean hasEmbedded(Server server) {
        return server.mailbox().stream().flatMap(role -> role.nodes().stream()).anyMatch(MailboxNode::isEmbedded);
    }

    /** Puts servers and people in the place of the present ones. */
    static void change(Plant plant, Organization fresh) {
        plant.people().replace(fresh);
        network(plant, fresh.topology());
    }

    /** Tells the network and all hubs and edges of another topology; those that it does not have keep the old one. */
    static void change(Plant plant, Topology topology) {
        plant.people().replace(topology);
        network(plant, topology);
    }

    private static void network(Plant plant, Topology topology) {
        RoutingTable routes = RoutingTable.of(topology);
        plant.network().routes(routes);
        for (TransportServer server : plant.transportServers()) {
            boolean known = topology.servers().values().stream()
                    .anyMatch(its -> Names.same(its.name(), server.name())
                            && kind(Optional.of(its)).isPresent());
            if (known) {
                server.node()
                        .ifPresent(node -> node.post((hub, now) -> hub.changed(plant.snapshot(server.name()), now)));
            }
        }
    }
}
