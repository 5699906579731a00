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
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

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
                .or(() -> isDown(to).flatMap(text -> held(text, path.destination())));
    }

    /** Between plain sites only the way counts; a mailbox needs a hub beside it. */
    private Optional<String> lacksHub(Place place) {
        return place.server()
                .filter(server -> server.is(Role.MAILBOX))
                .flatMap(server -> place.site())
                .filter(site -> routes.hubsOf(site).isEmpty())
                .map(site -> site + " has no hub transport server, so mail for or from " + place.name()
                        + " cannot be routed");
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

    private Optional<String> tooBig(SitePath path) {
        long most = topology.settings().limits().maxMessageSize();
        if (size > most) {
            return Optional.of(NextHop.Rejected.TOO_BIG + " the organisation takes messages of up to " + most
                    + " bytes (limits.maxMessageSize)");
        }
        return routes.linkTooSmall(path, size)
                .map(link -> NextHop.Rejected.TOO_BIG + " link:" + link.name() + " takes messages of up to "
                        + link.maxMessageSize().orElse(0) + " bytes");
    }

    /** To somebody outside: first the connector, then the way to its site. */
    private RouteAnswer out(Place from, String source, Place to) {
        EmailAddress address = to.address().orElseThrow();
        String server = from.server()
                .filter(its -> its.is(Role.HUB_TRANSPORT) || its.is(Role.EDGE_TRANSPORT))
                .map(Server::name)
                .or(() -> routes.hubsOf(source).stream().findFirst())
                .orElseThrow(() -> Failure.usage(source + " has no hub transport server to send from"));
        Router router = Router.of(routes, server);
        Optional<ConnectorDecision> connector = router.decideConnector(address, size, List.of());
        NextHop next = router.toExternal(address, size, List.of());
        String target = next instanceof NextHop.Sites sites ? sites.destination() : source;
        RouteAnswer inside = within(
                from, source, new Place(target, Optional.of(target), Optional.empty(), Optional.empty()), target);
        Optional<Trouble> trouble = refusal(next, source)
                .or(inside::trouble)
                .or(() -> connector.flatMap(this::isDown).flatMap(text -> held(text, target)));
        return new RouteAnswer(from, to, inside.decision(), inside.itinerary(), connector, trouble, routes);
    }

    private static Optional<Trouble> refusal(NextHop next, String source) {
        if (next instanceof NextHop.Rejected rejected) {
            return refused(rejected.status() + " " + rejected.reason());
        }
        return next instanceof NextHop.Unreachable none ? held(none.reason(), source) : Optional.empty();
    }

    private Optional<String> isDown(ConnectorDecision decision) {
        String item = "connector:" + decision.chosen();
        return down.contains(item) ? Optional.of(item + " is down") : Optional.empty();
    }
}
