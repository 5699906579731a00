package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.Router;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** Where mail of each site leaves, seen from the first hub of the site. Immutable, safe for any thread. */
final class Exits {
    /** A name that no connector can mean (RFC 6761), so that only wildcards fit. */
    private static final String ANY_DOMAIN = "elsewhere.invalid";

    private final RoutingTable routes;
    private final NavigableMap<String, Router> routers = Names.map();
    /** Sites where source servers of some connector stand. */
    private final NavigableSet<String> sourceSites = Names.set();

    private final NavigableSet<String> own;
    private final Map<String, Map<String, Exit>> plain = Names.map();

    /** The connector that carries mail, and the site of its source servers; the site may be unknown. */
    record Exit(String connector, Optional<String> site) {}

    Exits(RoutingTable routes) {
        this.routes = routes;
        Topology topology = routes.topology();
        for (SendConnector connector : topology.sendConnectors().values()) {
            connector.sourceServers().forEach(name -> siteOf(topology, name).ifPresent(sourceSites::add));
        }
        if (!sourceSites.isEmpty()) {
            for (String site : topology.sites().keySet()) {
                routes.hubsOf(site).stream().findFirst().ifPresent(hub -> routers.put(site, Router.of(routes, hub)));
            }
        }
        own = spaces(topology);
        for (String site : routers.keySet()) {
            Map<String, Exit> chosen = new LinkedHashMap<>();
            own.forEach(space -> choose(site, space, List.of()).ifPresent(exit -> chosen.put(space, exit)));
            plain.put(site, chosen);
        }
    }

    /** Where a server stands, an edge where it is subscribed. */
    static Optional<String> siteOf(Topology topology, String server) {
        return topology.server(server).flatMap(its -> its.site().or(its::subscribedSite));
    }

    RoutingTable routes() {
        return routes;
    }

    /** All address spaces of connectors as {@code TYPE:PATTERN}. */
    static NavigableSet<String> spaces(Topology topology) {
        NavigableSet<String> spaces = new TreeSet<>();
        for (SendConnector connector : topology.sendConnectors().values()) {
            for (AddressSpace space : connector.addressSpaces()) {
                spaces.add(space.type().toUpperCase(Locale.ROOT) + ":"
                        + space.pattern().toLowerCase(Locale.ROOT));
            }
        }
        return spaces;
    }

    /** Sites that have a hub, and so can send. */
    Collection<String> sites() {
        return routers.keySet();
    }

    /** The exit while nothing is down; empty when no connector carries such mail from there. */
    Optional<Exit> exit(String site, String space) {
        Optional<Exit> known = Optional.ofNullable(
                plain.getOrDefault(site, Collections.emptyMap()).get(space));
        return known.isPresent() || own.contains(space) || !routers.containsKey(site)
                ? known
                : choose(site, space, List.of());
    }

    /** The exit that hubs choose once they go round lost parts (DECISIONS 2.4). */
    Optional<Exit> exitAvoiding(String site, String space, DownParts down) {
        boolean concerned = sourceSites.stream()
                .flatMap(source -> routes.path(site, source).stream())
                .anyMatch(down::crossedBy);
        return concerned ? choose(site, space, down.avoidable()) : exit(site, space);
    }

    private Optional<Exit> choose(String site, String space, List<String> avoid) {
        Router router = Optional.ofNullable(routers.get(site)).orElseThrow();
        EmailAddress probe = probe(space);
        return router.decideConnector(probe, 0, avoid)
                .map(ConnectorDecision::chosen)
                .map(name -> new Exit(name, exitSite(router.toExternal(probe, 0, avoid), site)));
    }

    private static Optional<String> exitSite(NextHop hop, String here) {
        if (hop instanceof NextHop.Sites sites) {
            return Optional.of(sites.destination());
        }
        return hop instanceof NextHop.Unreachable || hop instanceof NextHop.Rejected
                ? Optional.empty()
                : Optional.of(here);
    }

    /** The path to an exit. */
    Optional<SitePath> path(String from, Exit exit) {
        return exit.site().flatMap(site -> routes.path(from, site));
    }

    /** The connector's source servers in the exit's site. */
    List<String> sources(Exit exit) {
        Topology topology = routes.topology();
        List<String> sources = new ArrayList<>();
        for (String name : Objects.requireNonNull(topology.sendConnectors().get(exit.connector()))
                .sourceServers()) {
            Optional<String> site = siteOf(topology, name);
            if (site.isPresent()
                    && exit.site().filter(its -> Names.same(its, site.get())).isPresent()) {
                topology.server(name).map(Server::name).ifPresent(sources::add);
            }
        }
        return sources;
    }

    /** An address that only this space, and wider ones, fit. */
    private EmailAddress probe(String space) {
        int colon = space.indexOf(':');
        String type = space.substring(0, colon);
        String pattern = space.substring(colon + 1);
        String text;
        if (type.equals("SMTP")) {
            text = "postmaster@"
                    + (pattern.equals("*")
                            ? ANY_DOMAIN
                            : pattern.startsWith("*.") ? "any" + pattern.substring(1) : pattern);
        } else {
            text = "IMCEA" + type + "-" + encapsulated(pattern.replace("*", "0")) + "@"
                    + routes.topology().settings().defaultDomain();
        }
        try {
            return EmailAddress.parse(text);
        } catch (AddressSyntaxException e) {
            throw new IllegalStateException("no address stands for " + space, e);
        }
    }

    /** In the notation of BEHAVIOUR 2.2. */
    private static String encapsulated(String value) {
        StringBuilder text = new StringBuilder();
        for (char c : value.toCharArray()) {
            boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-';
            text.append(c == '/' ? "_" : plain ? String.valueOf(c) : String.format(Locale.ROOT, "+%02X", (int) c));
        }
        return text.toString();
    }
}
