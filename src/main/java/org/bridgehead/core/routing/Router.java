package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The next hop of each recipient, seen from one hub or edge (BEHAVIOUR 1.7, 1.8).
 *
 * <p>Sizes are octets, 0 when unknown. Avoid lists hold {@code link:NAME} and {@code site:NAME} (DECISIONS 2.4): the
 * way leads round those parts; where there is none round them, it leads through them and the mail is held on it.
 * Immutable and safe for any thread.
 */
public final class Router {
    /** Most ways that are kept. */
    private static final int WAYS = 64;

    private final RoutingTable routes;
    private final Topology topology;
    private final Server self;
    private final String home;
    /** Found when the first mail goes out; two threads may both do so, with equal results. */
    private @Nullable List<Exit> exits;

    /** Slots for ways by the hash of the site's name; unsynchronised, since a way is immutable and can be found again. */
    private final @Nullable Way[] ways = new @Nullable Way[WAYS];

    /** The way to a site, unless the message is too big for a link on it. */
    private record Way(String site, RoutingTable table, Optional<SitePath> path, NextHop hop) {
        NextHop forSize(long size) {
            if (!(hop instanceof NextHop.Sites)) {
                return hop;
            }
            Optional<SiteLink> tooSmall = table.linkTooSmall(path.orElseThrow(), size);
            return tooSmall.isEmpty()
                    ? hop
                    : new NextHop.Rejected(
                            NextHop.Rejected.TOO_BIG,
                            "site link " + tooSmall.get().name() + " on the way to " + site + " refuses this size");
        }
    }

    private Router(RoutingTable routes, Server self) {
        this.routes = routes;
        this.topology = routes.topology();
        this.self = self;
        this.home =
                Exit.siteOf(self).orElseThrow(() -> new IllegalArgumentException(self.name() + " belongs to no site"));
    }

    /**
     * The router of a hub or edge.
     *
     * @throws IllegalArgumentException when the topology has no such server, or it belongs to no site
     */
    public static Router of(RoutingTable routes, String server) {
        return new Router(
                routes,
                routes.topology()
                        .server(server)
                        .orElseThrow(() -> new IllegalArgumentException("no server named " + server)));
    }

    private List<Exit> exits() {
        List<Exit> known = exits;
        if (known == null) {
            known = exits(routes);
            exits = known;
        }
        return known;
    }

    private List<Exit> exits(RoutingTable table) {
        return topology.sendConnectors().values().stream()
                .map(connector -> Exit.of(table, self, home, connector))
                .toList();
    }

    private boolean isEdge() {
        return self.is(Role.EDGE_TRANSPORT);
    }

    /**
     * Towards a mailbox server; for an edge always {@link #inboundFromEdge}.
     *
     * @throws IllegalArgumentException when the topology has no such server
     */
    public NextHop toMailboxServer(String mailboxServer, long size, Collection<String> avoid) {
        if (isEdge()) {
            return inboundFromEdge();
        }
        Server target = server(mailboxServer);
        String site = siteOf(target);
        return Names.same(site, home) ? new NextHop.Mailbox(target.name()) : toSite(site, size, avoid);
    }

    /**
     * Towards a certain hub, such as an expansion server; for an edge always {@link #inboundFromEdge}.
     *
     * @throws IllegalArgumentException when the topology has no such server, or it is this one
     */
    public NextHop toHub(String hub, long size, Collection<String> avoid) {
        if (isEdge()) {
            return inboundFromEdge();
        }
        Server target = server(hub);
        if (Names.same(target.name(), self.name())) {
            throw new IllegalArgumentException(hub + " asks for the way to itself");
        }
        String site = siteOf(target);
        return Names.same(site, home)
                ? new NextHop.Servers("server:" + target.name(), List.of(target.name()))
                : toSite(site, size, avoid);
    }

    /** From an edge into the organisation: any hub of the site it is subscribed to (BEHAVIOUR 6). */
    public NextHop inboundFromEdge() {
        List<String> hubs = routes.hubsOf(home);
        return hubs.isEmpty()
                ? new NextHop.Unreachable(home + " has no hub transport server")
                : new NextHop.Servers("EdgeSync - Inbound to " + home, hubs);
    }

    /** Out of the organisation, by the connector that {@link #decideConnector} names. */
    public NextHop toExternal(EmailAddress address, long size, Collection<String> avoid) {
        ForeignAddress target = ForeignAddress.of(address, topology.settings().defaultDomain());
        ConnectorChoice choice = choose(target, size, avoid);
        if (choice.winner().isPresent()) {
            return through(choice.winner().get(), target, size, avoid);
        }
        if (choice.tooBig()) {
            return new NextHop.Rejected(
                    NextHop.Rejected.TOO_BIG, "every connector for " + address.domain() + " refuses this size");
        }
        if (choice.noPath()) {
            return new NextHop.Unreachable("no path leads to a connector for " + address.domain());
        }
        return target.isSmtp()
                ? new NextHop.Unreachable("a matching connector cannot be found for " + address.domain())
                : new NextHop.Rejected(
                        NextHop.Rejected.NO_ROUTE, "no connector carries addresses of type " + target.type());
    }

    /** The choice that {@link #toExternal} makes, with its reasons; empty when no connector can be used. */
    public Optional<ConnectorDecision> decideConnector(EmailAddress address, long size, Collection<String> avoid) {
        return choose(ForeignAddress.of(address, topology.settings().defaultDomain()), size, avoid)
                .decision();
    }

    private ConnectorChoice choose(ForeignAddress address, long size, Collection<String> avoid) {
        List<Exit> seen = avoid.isEmpty() ? exits() : exits(routes.without(avoid));
        ConnectorChoice round = new ConnectorChoice(seen, address, size);
        return round.noPath() ? new ConnectorChoice(exits(), address, size) : round;
    }

    private NextHop through(Exit exit, ForeignAddress address, long size, Collection<String> avoid) {
        SendConnector connector = exit.connector();
        if (!exit.isHere()) {
            return exit.proximity() == 1
                    ? new NextHop.Servers("connector:" + connector.name(), exit.servers())
                    : toSite(exit.path().orElseThrow().destination(), size, avoid);
        }
        if (connector.dns()) {
            return new NextHop.Dns(connector.name(), address.value());
        }
        return connector.camel().isPresent()
                ? new NextHop.Foreign(connector.name(), connector.camel().get())
                : new NextHop.SmartHosts(connector.name(), connector.smartHosts());
    }

    private NextHop toSite(String site, long size, Collection<String> avoid) {
        if (!avoid.isEmpty()) {
            return way(table(site, avoid), site).forSize(size);
        }
        int slot = Math.floorMod(site.hashCode(), ways.length);
        Way known = ways[slot];
        if (known == null || !known.site.equals(site)) {
            known = way(routes, site);
            ways[slot] = known;
        }
        return known.forSize(size);
    }

    private Way way(RoutingTable table, String site) {
        Optional<SitePath> path = table.path(home, site);
        if (path.isEmpty()) {
            return new Way(
                    site, table, path, new NextHop.Unreachable("no site link leads from " + home + " to " + site));
        }
        if (table.hubsOf(site).isEmpty()) {
            return new Way(site, table, path, new NextHop.Unreachable(site + " has no hub transport server"));
        }
        List<String> candidates = DeliveryPlan.of(path.get(), table).candidates();
        return new Way(site, table, path, new NextHop.Sites(candidates, site));
    }

    private RoutingTable table(String site, Collection<String> avoid) {
        RoutingTable round = routes.without(avoid);
        return round.path(home, site).isPresent() ? round : routes;
    }

    /**
     * The same next hops; under direct relay those that share a way have the site where they part as first candidate
     * (BEHAVIOUR 1.5, {@link ForkSites}). Where nobody answers there, every copy goes on by itself.
     *
     * @param hops of one message's recipients, as this router gave them
     * @param avoid as they were asked for with
     */
    public List<NextHop> fanOut(List<NextHop> hops, Collection<String> avoid) {
        if (hops.size() < 2 || topology.settings().routing().relay() != Relay.DIRECT) {
            return hops;
        }
        SortedMap<String, DeliveryPlan> plans = Names.map();
        for (NextHop hop : hops) {
            if (hop instanceof NextHop.Sites sites) {
                plans.computeIfAbsent(sites.candidates().get(0), target -> plan(sites.destination(), avoid));
            }
        }
        if (plans.size() < 2) {
            return hops;
        }
        SortedMap<String, String> forks = ForkSites.of(plans.values());
        return Lists.map(hops, hop -> by(hop, forks));
    }

    private DeliveryPlan plan(String site, Collection<String> avoid) {
        RoutingTable table = table(site, avoid);
        return DeliveryPlan.of(table.path(home, site).orElseThrow(), table);
    }

    private static NextHop by(NextHop hop, SortedMap<String, String> forks) {
        if (!(hop instanceof NextHop.Sites sites)
                || !forks.containsKey(sites.candidates().get(0))) {
            return hop;
        }
        String fork = forks.get(sites.candidates().get(0));
        List<String> candidates = new ArrayList<>(sites.candidates());
        candidates.removeIf(site -> Names.same(site, fork));
        candidates.add(0, fork);
        return new NextHop.Sites(candidates, sites.destination());
    }

    private Server server(String name) {
        return topology.server(name).orElseThrow(() -> new IllegalArgumentException("no server named " + name));
    }

    private static String siteOf(Server server) {
        return Exit.siteOf(server)
                .orElseThrow(() -> new IllegalArgumentException(server.name() + " belongs to no site"));
    }
}
