package org.bridgehead.whatif;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.bridgehead.core.hub.BuiltInInternet;
import org.bridgehead.core.hub.ConnectOutcome;
import org.bridgehead.core.hub.Snapshot;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Mishaps;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** The servers, the wires between them, what of both is down, and what was scripted to go wrong. */
final class World {
    /** What there is of mailbox servers. */
    interface Stores {
        /** None at all. */
        Stores NONE = new Stores() {
            @Override
            public boolean isOpen(String server) {
                return false;
            }

            @Override
            public int life(String server) {
                return 0;
            }
        };

        /** Whether a node of a mailbox server hosts its mailboxes. */
        boolean isOpen(String server);

        /** How often it has stopped. */
        int life(String server);
    }

    private final SortedMap<String, VirtualServer> servers = Names.map();
    private final TreeSet<String> down = Names.set();
    private final Mishaps mishaps = new Mishaps();
    /** What servers that answer slowly take more, for each answer. */
    private final SortedMap<String, Duration> lags = Names.map();

    private Stores stores = Stores.NONE;

    private final long seed;
    /** What each server knows of the present topology. */
    private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();

    /** Counts what {@link #changed}. */
    private long state = 1;

    /** What is between two machines, as far as somebody has asked since a part went down or came up. */
    private final Map<String, Map<String, Optional<String>>> barriers = new LinkedHashMap<>();

    private RoutingTable routes;
    private Reachability reachability;
    private Names.Lookup<VirtualServer> serverNamed;
    private BuiltInInternet internet;

    World(Topology topology, long seed) {
        this.seed = seed;
        this.routes = RoutingTable.of(topology);
        this.reachability = Reachability.of(topology, down);
        this.internet = BuiltInInternet.of(topology.internet());
        addServers();
        this.serverNamed = Names.Lookup.of(servers);
    }

    private void addServers() {
        for (Server server : topology().servers().values()) {
            if (server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT)) {
                servers.computeIfAbsent(server.name(), name -> new VirtualServer(name, Dice.of(seed, name)));
            }
        }
    }

    /** The mailbox servers are these. */
    void stores(Stores its) {
        stores = its;
    }

    /** From which all chance comes. */
    long seed() {
        return seed;
    }

    Topology topology() {
        return routes.topology();
    }

    /** The name system outside. */
    BuiltInInternet internet() {
        return internet;
    }

    RoutingTable routes() {
        return routes;
    }

    /** Replaces the topology; servers that it does not have end. */
    void topology(Topology other) {
        routes = RoutingTable.of(other);
        internet = BuiltInInternet.of(other.internet());
        snapshots.clear();
        reachable(Reachability.of(other, down));
        addServers();
        servers.values().removeIf(server -> other.server(server.name()).isEmpty());
        serverNamed = Names.Lookup.of(servers);
    }

    SortedMap<String, VirtualServer> servers() {
        return Collections.unmodifiableSortedMap(servers);
    }

    /** A hub or edge by name, any case. */
    VirtualServer server(String name) {
        VirtualServer server = serverNamed.get(name);
        if (server == null) {
            throw new IllegalArgumentException("no hub or edge " + name);
        }
        return server;
    }

    Snapshot snapshot(String server) {
        return snapshots.computeIfAbsent(server, name -> Snapshot.of(routes, name));
    }

    void down(String item) {
        down.add(item);
        reachable(Reachability.of(topology(), down));
    }

    void up(String item) {
        down.remove(item);
        reachable(Reachability.of(topology(), down));
    }

    private void reachable(Reachability now) {
        reachability = now;
        barriers.clear();
        changed();
    }

    /** A server or a part went down or came up. */
    void changed() {
        state++;
    }

    /** Whether a connection of a server cannot be used any more; found out once for each state of the world. */
    boolean isBroken(String server, VirtualServer.Connection connection) {
        if (connection.soundAt() == state) {
            return false;
        }
        boolean broken =
                obstacle(server, connection.target()).isPresent() || lifeOf(connection.target()) != connection.life();
        if (!broken) {
            connection.soundAt(state);
        }
        return broken;
    }

    /** Whether the process of a server of the organisation has what it needs to run. */
    boolean mayRun(String server) {
        return reachability.serverUp(server);
    }

    void script(String target, Mishap mishap) {
        mishaps.script(target, mishap);
    }

    /** What was scripted to go wrong. */
    Mishaps mishaps() {
        return mishaps;
    }

    /** From now on each answer of a server takes so much longer. */
    void lag(String server, Duration delay) {
        if (delay.isZero()) {
            lags.remove(server);
        } else {
            lags.put(server, delay);
        }
    }

    /** How much longer an answer of a target takes; those outside are as fast as ever. */
    Duration lag(Target target) {
        if (lags.isEmpty() || !(target instanceof Target.Peer || target instanceof Target.Mailbox)) {
            return Duration.ZERO;
        }
        return lags.getOrDefault(
                target instanceof Target.Mailbox mailbox ? mailbox.server() : target.displayName(), Duration.ZERO);
    }

    /** Opens a connection, if the way is free and somebody is there. */
    ConnectOutcome connect(String from, Target target) {
        Optional<String> obstacle = obstacle(from, target);
        if (obstacle.isPresent()) {
            return new ConnectOutcome.Unreachable(obstacle.get());
        }
        return mishaps.atConnection(target.displayName())
                .<ConnectOutcome>map(no -> new ConnectOutcome.Refused(
                        no.status(), no.spoken().map(Reply::toString).orElseThrow()))
                .orElseGet(() -> new ConnectOutcome.Ready(!(target instanceof Target.Foreign)));
    }

    /** What keeps a server from reaching a target; empty = nothing. */
    Optional<String> obstacle(String from, Target target) {
        Optional<String> barrier = target instanceof Target.Peer peer
                ? barrier(from, peer.server())
                : barrier(from, target instanceof Target.Mailbox mailbox ? mailbox.server() : from);
        if (barrier.isPresent()) {
            return barrier;
        }
        return isThere(target) ? Optional.empty() : Optional.of(target.displayName() + " does not answer");
    }

    /** What keeps a server from another machine of the organisation that is neither hub nor edge; empty = nothing. */
    Optional<String> obstacle(String from, String machine) {
        return barrier(from, machine)
                .or(() -> mayRun(machine) ? Optional.empty() : Optional.of(machine + " does not answer"));
    }

    private boolean isThere(Target target) {
        if (target instanceof Target.Peer peer) {
            VirtualServer server = serverNamed.get(peer.server());
            return server != null && server.isRunning();
        }
        if (target instanceof Target.Mailbox mailbox) {
            return stores.isOpen(mailbox.server());
        }
        return down.isEmpty() || !down.contains("host:" + target.displayName());
    }

    private Optional<String> barrier(String from, String to) {
        Map<String, Optional<String>> ways = barriers.get(from);
        Optional<String> known = ways == null ? null : ways.get(to);
        if (known == null) {
            known = findBarrier(from, to);
            barriers.computeIfAbsent(from, any -> new LinkedHashMap<>()).put(to, known);
        }
        return known;
    }

    private Optional<String> findBarrier(String from, String to) {
        Optional<String> here = siteOf(from);
        Optional<String> there = siteOf(to);
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
        if (target instanceof Target.Peer peer) {
            return server(peer.server()).life();
        }
        return target instanceof Target.Mailbox mailbox ? stores.life(mailbox.server()) : 0;
    }
}
