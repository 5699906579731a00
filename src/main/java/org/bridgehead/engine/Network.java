package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.routing.ControllerReach;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;

/**
 * The wires between the servers: where each one listens, and which links and sites are lost (DECISIONS 2). All real
 * sockets are on one machine, so a cut link is kept up by asking here before a connection is opened. Safe for any
 * thread.
 */
final class Network {
    private final TreeMap<String, InetSocketAddress> addresses = Names.map();
    private final SortedSet<String> down = Names.set();
    /** By {@code kind:NAME}; servers as listeners are called. */
    private final TreeMap<String, Pace> paces = Names.map();

    private Optional<PeerFolder> peers = Optional.empty();
    private RoutingTable routes;
    private Reachability reachability;
    private ControllerReach controllers;

    Network(RoutingTable routes) {
        this.routes = routes;
        this.reachability = Reachability.of(routes.topology(), List.of());
        this.controllers = new ControllerReach(routes, List.of());
    }

    synchronized RoutingTable routes() {
        return routes;
    }

    synchronized void routes(RoutingTable other) {
        routes = other;
        reachability = Reachability.of(other.topology(), down);
        controllers = new ControllerReach(other, down);
    }

    /** The name under which the LMTP door of a mailbox server is known: one server may have both roles. */
    static String mailboxDoor(String server) {
        return server + ".mailbox";
    }

    /** Other processes find listeners, and are found, by files in {@code folder}. */
    synchronized void peers(Path folder) {
        peers = Optional.of(new PeerFolder(folder));
    }

    /** A server listens at {@code address} now. */
    synchronized void listens(String server, InetSocketAddress address) throws IOException {
        addresses.put(server, address);
        if (peers.isPresent()) {
            peers.get().write(server, address);
        }
    }

    /** Where a server listens; a server of another process is looked up anew each time, since it may have moved. */
    Optional<InetSocketAddress> address(String server) throws IOException {
        Optional<PeerFolder> others;
        synchronized (this) {
            InetSocketAddress own = addresses.get(server);
            if (own != null) {
                return Optional.of(own);
            }
            others = peers;
        }
        Optional<InetSocketAddress> there = others.isPresent() ? others.get().read(server) : Optional.empty();
        return there.or(() -> fixed(server));
    }

    /** Where the topology says it listens. */
    private synchronized Optional<InetSocketAddress> fixed(String server) {
        return routes.topology()
                .server(server)
                .map(Server::smtp)
                .filter(at -> at.port() != 0)
                .map(at -> new InetSocketAddress(at.host(), at.port()));
    }

    /** Loses a link or site. */
    synchronized void cut(Item item) {
        down.add(item.toString());
        reachability = Reachability.of(routes.topology(), down);
        controllers = new ControllerReach(routes, down);
    }

    /** Gives it back. */
    synchronized void mend(Item item) {
        down.remove(item.toString());
        reachability = Reachability.of(routes.topology(), down);
        controllers = new ControllerReach(routes, down);
    }

    synchronized SortedSet<String> down() {
        SortedSet<String> copy = Names.set();
        copy.addAll(down);
        return Collections.unmodifiableSortedSet(copy);
    }

    /** What keeps {@code from} from reaching {@code target}; empty = the way is free. */
    synchronized Optional<String> obstacle(String from, Target target) {
        Optional<String> here = siteOf(from);
        Optional<String> there = target instanceof Target.Peer peer
                ? siteOf(peer.server())
                : target instanceof Target.Mailbox mailbox ? siteOf(mailbox.server()) : here;
        if (here.isEmpty() || there.isEmpty()) {
            return Optional.empty();
        }
        Optional<SitePath> path = routes.path(here.get(), there.get());
        return path.isEmpty()
                ? Optional.of("no path to " + there.get())
                : reachability.obstacle(path.get()).map(item -> item + " is down");
    }

    /** How slow a link, a site or a listener is. */
    synchronized Pace pace(Item item) {
        return paces.getOrDefault(item.toString(), Pace.FULL);
    }

    /** It is that slow from now on. */
    synchronized void pace(Item item, Pace pace) {
        if (pace.equals(Pace.FULL)) {
            paces.remove(item.toString());
        } else {
            paces.put(item.toString(), pace);
        }
    }

    /** How slow the way from a server to {@code target} is, the target itself included. */
    synchronized Pace pace(String from, Target target) {
        Optional<String> there = target instanceof Target.Peer peer
                ? Optional.of(peer.server())
                : target instanceof Target.Mailbox mailbox ? Optional.of(mailbox.server()) : Optional.empty();
        if (paces.isEmpty() || there.isEmpty()) {
            return Pace.FULL;
        }
        boolean store = target instanceof Target.Mailbox;
        Pace total = pace(new Item(Item.SERVER, store ? mailboxDoor(there.get()) : there.get()));
        Optional<SitePath> path =
                siteOf(from).flatMap(here -> siteOf(there.get()).flatMap(end -> routes.path(here, end)));
        for (String link : path.map(SitePath::links).orElse(List.of())) {
            total = total.and(pace(new Item(Item.LINK, link)));
        }
        for (String site : path.map(SitePath::sites).orElse(List.of())) {
            total = total.and(pace(new Item(Item.SITE, site)));
        }
        return total;
    }

    /** What keeps servers of a site from a domain controller; empty = the way is free. */
    synchronized Optional<String> obstacle(String site, Server controller) {
        return controllers.obstacle(site, controller);
    }

    /** The hubs in the site of a server; none when it has no site. */
    synchronized List<String> hubsBeside(String server) {
        return siteOf(server).map(routes::hubsOf).map(List::copyOf).orElse(List.of());
    }

    private Optional<String> siteOf(String server) {
        return routes.topology().server(server).flatMap(Network::siteOf);
    }

    private static Optional<String> siteOf(Server server) {
        return server.site().or(server::subscribedSite);
    }
}
