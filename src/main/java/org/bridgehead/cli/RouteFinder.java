package org.bridgehead.cli;

import java.util.List;
import java.util.Optional;
import org.bridgehead.cli.RouteAnswer.Trouble;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.HopLimit;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.Router;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.Clusters;

/** Puts the questions of {@code route} to the routing core, in the order in which a live message would meet them. */
final class RouteFinder {
    private final Topology topology;
    private final RoutingTable routes;
    private final Reachability now;
    private final List<String> down;
    private final long size;

    /** For messages of {@code size} octets while the {@code down} parts are. */
    RouteFinder(Topology topology, List<String> down, long size) {
        this.topology = topology;
        this.routes = RoutingTable.of(topology);
        this.now = Reachability.of(topology, down);
        this.down = down;
        this.size = size;
    }

    RouteAnswer find(Place from, Place to) {
        String source = from.site()
                .orElseThrow(() -> Failure.usage(from.name()
                        + " is outside: mail from there enters by an edge, name that one"
                        + edges().map(name -> ", such as " + name).orElse("")));
        return to.isOutside()
                ? out(from, source, to)
                : within(from, source, to, to.site().orElseThrow());
    }

    private Optional<String> edges() {
        return topology.servers().values().stream()
                .filter(server -> server.is(Role.EDGE_TRANSPORT))
                .map(Server::name)
                .findFirst();
    }

    private RouteAnswer within(Place from, String source, Place to, String target) {
        RoutingTable table = now.learned(routes, source, target);
        Optional<Decision> decision = table.decide(source, target);
        Optional<Itinerary> itinerary = Itinerary.of(routes, now, source, target);
        Optional<Trouble> trouble = decision.isEmpty()
                ? held("no site link leads from " + source + " to " + target, source)
                : trouble(from, to, decision.get().chosen(), itinerary.orElseThrow());
        return new RouteAnswer(from, to, decision, itinerary, Optional.empty(), trouble, routes);
    }

    private Optional<Trouble> trouble(Place from, Place to, SitePath path, Itinerary itinerary) {
        return isDown(from)
                .or(() -> tooBig(path))
                .flatMap(RouteFinder::refused)
                .or(() -> lacksHub(from).or(() -> lacksHub(to)).flatMap(text -> held(text, path.source())))
                .or(() -> itinerary.reason().map(reason -> new Trouble(reason, itinerary.heldAt())))
                .or(() -> tooFar(itinerary.handled() + (isEdge(from) ? 1 : 0)))
                .or(() -> isDown(to).or(() -> isOffline(to)).flatMap(text -> held(text, path.destination())));
    }

    /** Between sites without mailboxes only the way counts. */
    private Optional<String> lacksHub(Place place) {
        boolean concerned =
                place.server().map(server -> server.is(Role.MAILBOX)).orElse(true);
        return place.site()
                .filter(site -> concerned && routes.strandsMailboxes(site))
                .map(site -> site + " has no hub transport server, so mail for or from "
                        + (place.server().isEmpty() ? "its mailboxes" : place.name()) + " cannot be routed");
    }

    private static Optional<Trouble> refused(String text) {
        return Optional.of(new Trouble(text, Optional.empty()));
    }

    private static Optional<Trouble> held(String text, String site) {
        return Optional.of(new Trouble(text, Optional.of(site)));
    }

    private Optional<Trouble> tooFar(int lines) {
        int limit = topology.settings().limits().maxHops();
        return new HopLimit(limit).exceededBy(lines)
                ? refused(HopLimit.STATUS + " the message would collect " + lines
                        + " Received lines, more than limits.maxHops, " + limit + "; the smallest that works is "
                        + lines)
                : Optional.empty();
    }

    private static boolean isEdge(Place place) {
        return place.server().filter(server -> server.is(Role.EDGE_TRANSPORT)).isPresent();
    }

    private Optional<String> isDown(Place place) {
        return place.server()
                .map(Server::name)
                .filter(name -> !now.serverUp(name))
                .map(name -> "server:" + name + " is down");
    }

    /** A cluster can be offline though its server is not named as down: nodes or the witness are (BEHAVIOUR 5). */
    private Optional<String> isOffline(Place place) {
        return place.server()
                .map(Server::name)
                .filter(name -> Clusters.offline(topology, down).contains(name))
                .map(name -> "mailbox server " + name + " is offline");
    }

    private Optional<String> tooBig(SitePath path) {
        long most = topology.settings().limits().maxMessageSize();
        if (size > most) {
            return Optional.of(NextHop.Rejected.TOO_BIG + " the organisation takes messages of up to "
                    + Octets.text(most) + " (limits.maxMessageSize)");
        }
        return routes.linkTooSmall(path, size)
                .map(link -> NextHop.Rejected.TOO_BIG + " link:" + link.name() + " takes messages of up to "
                        + Octets.text(link.maxMessageSize().orElse(0)));
    }

    /** To somebody outside: first the connector, then the way to its site. */
    private RouteAnswer out(Place from, String source, Place to) {
        EmailAddress address = to.address().orElseThrow();
        Optional<String> sender = sender(from, source, address);
        if (sender.isEmpty()) {
            return nowhere(from, to, held(source + " has no hub transport server, so no mail leaves it", source));
        }
        Router router = Router.of(routes, sender.get());
        NextHop next = router.toExternal(address, size, now.avoided());
        Optional<Trouble> refusal = refusal(next, source);
        if (refusal.isPresent()) {
            return nowhere(from, to, refusal);
        }
        ConnectorDecision connector =
                router.decideConnector(address, size, now.avoided()).orElseThrow();
        String target = next instanceof NextHop.Sites sites ? sites.destination() : source;
        RouteAnswer inside = within(
                from, source, new Place(target, Optional.of(target), Optional.empty(), Optional.empty()), target);
        Optional<Trouble> trouble =
                inside.trouble().or(() -> now.darkness(connector).flatMap(text -> held(text, target)));
        boolean straight = isEdge(from) && Names.same(sender.get(), from.name());
        Optional<Itinerary> stops = straight ? Optional.empty() : inside.itinerary();
        return new RouteAnswer(from, to, inside.decision(), stops, Optional.of(connector), trouble, routes);
    }

    /**
     * Who decides on the way out: the server itself; the first hub of its site for all others, and for an edge that hands
     * mail for a domain of ours to its hubs.
     */
    private Optional<String> sender(Place from, String source, EmailAddress address) {
        boolean ours = topology.settings()
                .acceptedDomain(address.domain())
                .filter(domain -> domain.type() != AcceptedDomain.Type.EXTERNAL_RELAY)
                .isPresent();
        return from.server()
                .filter(its -> its.is(Role.HUB_TRANSPORT) || its.is(Role.EDGE_TRANSPORT) && !ours)
                .map(Server::name)
                .or(() -> routes.hubsOf(source).stream().findFirst());
    }

    private RouteAnswer nowhere(Place from, Place to, Optional<Trouble> trouble) {
        return new RouteAnswer(from, to, Optional.empty(), Optional.empty(), Optional.empty(), trouble, routes);
    }

    private static Optional<Trouble> refusal(NextHop next, String source) {
        if (next instanceof NextHop.Rejected rejected) {
            return refused(rejected.status() + " " + rejected.reason());
        }
        return next instanceof NextHop.Unreachable none ? held(none.reason(), source) : Optional.empty();
    }
}
