package org.bridgehead.whatif;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.bridgehead.core.hub.ConnectOutcome;
import org.bridgehead.core.hub.Snapshot;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** The servers, the wires between them, what of both is down, and what was scripted to go wrong. */
final class World {
    private final SortedMap<String, VirtualServer> servers = Names.map();
    private final TreeSet<String> down = Names.set();
    private final Map<String, ArrayDeque<Mishap>> mishaps = Names.map();
    private final long seed;
    private RoutingTable routes;
    private Reachability reachability;

    World(Topology topology, long seed) {
        this.seed = seed;
        this.routes = RoutingTable.of(topology);
        this.reachability = Reachability.of(topology, down);
        addServers();
    }

    private void addServers() {
        for (Server server : topology().servers().values()) {
            if (server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT)) {
                servers.computeIfAbsent(server.name(), name -> new VirtualServer(name, Dice.of(seed, name)));
            }
        }
    }

    Topology topology() {
        return routes.topology();
    }

    RoutingTable routes() {
        return routes;
    }

    /** Replaces the topology; servers that it does not have end. */
    void topology(Topology other) {
        routes = RoutingTable.of(other);
        reachability = Reachability.of(other, down);
        addServers();
        servers.values().removeIf(server -> other.server(server.name()).isEmpty());
    }

    SortedMap<String, VirtualServer> servers() {
        return Collections.unmodifiableSortedMap(servers);
    }

    /** A hub or edge by name, any case. */
    VirtualServer server(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no hub or edge " + name));
    }

    Optional<VirtualServer> find(String name) {
        return Optional.ofNullable(servers.get(name));
    }

    Snapshot snapshot(String server) {
        return Snapshot.of(routes, server);
    }

    void down(String item) {
        down.add(item);
        reachability = Reachability.of(topology(), down);
    }

    void up(String item) {
        down.remove(item);
        reachability = Reachability.of(topology(), down);
    }

    /** Whether the process of a server of the organisation has what it needs to run. */
    boolean mayRun(String server) {
        return reachability.serverUp(server);
    }

    void script(String target, Mishap mishap) {
        mishaps.computeIfAbsent(target, name -> new ArrayDeque<>()).addLast(mishap);
    }

    /** What goes wrong now; a refusal of connections waits for a connection, everything else for a message. */
    Optional<Mishap> mishap(String target, boolean connecting) {
        ArrayDeque<Mishap> next = mishaps.get(target);
        if (next == null || next.isEmpty() || next.getFirst() instanceof Mishap.RefuseConnection != connecting) {
            return Optional.empty();
        }
        return Optional.of(next.removeFirst());
    }

    /** Opens a connection, if the way is free and somebody is there. */
    ConnectOutcome connect(String from, Target target) {
        Optional<String> obstacle = obstacle(from, target);
        if (obstacle.isPresent()) {
            return new ConnectOutcome.Unreachable(obstacle.get());
        }
        return mishap(target.displayName(), true)
                .map(mishap -> (Mishap.RefuseConnection) mishap)
                .<ConnectOutcome>map(no -> new ConnectOutcome.Refused(no.status(), no.reply()))
                .orElseGet(ConnectOutcome.Ready::new);
    }

    /** What keeps a server from reaching a target; empty = nothing. */
    Optional<String> obstacle(String from, Target target) {
        return wayIsBarred(from, target)
                .or(() -> isThere(target) ? Optional.empty() : Optional.of(target.displayName() + " does not answer"));
    }

    private boolean isThere(Target target) {
        if (target instanceof Target.Peer peer) {
            return find(peer.server()).filter(VirtualServer::isRunning).isPresent();
        }
        if (target instanceof Target.Mailbox mailbox) {
            return reachability.serverUp(mailbox.server());
        }
        return !down.contains("host:" + target.displayName());
    }

    private Optional<String> wayIsBarred(String from, Target target) {
        Optional<String> here = siteOf(from);
        Optional<String> there = target instanceof Target.Peer peer
                ? siteOf(peer.server())
                : target instanceof Target.Mailbox mailbox ? siteOf(mailbox.server()) : here;
        if (here.isEmpty() || there.isEmpty()) {
            return Optional.empty();
        }
        return routes.path(here.get(), there.get())
                .map(path -> reachability.obstacle(path).map(item -> item + " is down"))
                .orElseGet(() -> Optional.of("no path to " + there.get()));
    }

    private Optional<String> siteOf(String server) {
        return topology().server(server).flatMap(known -> known.site().or(known::subscribedSite));
    }

    /** Which life of its process a target is in. */
    int lifeOf(Target target) {
        return target instanceof Target.Peer peer ? server(peer.server()).life() : 0;
    }
}
