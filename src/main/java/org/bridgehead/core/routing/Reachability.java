package org.bridgehead.core.routing;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * What works while parts are down (DECISIONS 2). Down is not removed: paths stay as they are, transfers over lost parts
 * fail; under {@code connectivity: anyPath} only when no links that are left join their ends. The one such function for
 * engine, simulator and what-if.
 */
public final class Reachability {
    private final Topology topology;
    private final NavigableSet<String> links;
    private final NavigableSet<String> sites;
    private final NavigableSet<String> servers;
    private final NavigableSet<String> connectors;
    private final List<String> avoided;
    /** Under {@code anyPath} with lost parts: by site, which of the pieces it is in that the network fell into. */
    private final Optional<Islands> islands;

    private Reachability(Topology topology, Collection<String> down) {
        this.topology = topology;
        this.links = Item.names(down, Item.LINK);
        this.sites = Item.names(down, Item.SITE);
        this.servers = Item.names(down, Item.SERVER);
        this.connectors = Item.names(down, Item.CONNECTOR);
        this.avoided = avoided(topology.settings().routing());
        boolean detours = topology.settings().routing().connectivity() == Connectivity.ANY_PATH;
        this.islands = detours && !(links.isEmpty() && sites.isEmpty())
                ? Optional.of(new Islands(topology, links, sites))
                : Optional.empty();
    }

    private List<String> avoided(RoutingPolicy policy) {
        if (policy.onFailure() == OnFailure.HOLD || policy.connectivity() == Connectivity.ANY_PATH) {
            return List.of();
        }
        return Stream.concat(
                        links.stream().map(name -> Item.LINK + ":" + name),
                        sites.stream().map(name -> Item.SITE + ":" + name))
                .toList();
    }

    /**
     * The state in which exactly these parts are down.
     *
     * @param down {@code link:NAME}, {@code site:NAME} (its servers and its link ends) and {@code server:NAME};
     *     {@code connector:NAME} concerns {@link #darkness} only. Other kinds and unknown names change nothing: a cluster
     *     node or a domain controller that is down ({@code node:}, {@code dc:}) keeps no hub from reaching another
     */
    public static Reachability of(Topology topology, Collection<String> down) {
        return new Reachability(topology, down);
    }

    /** Whether the link carries mail between its sites. */
    public boolean linkUp(String name) {
        return !links.contains(name);
    }

    /** Whether the site has power. */
    public boolean siteUp(String name) {
        return !sites.contains(name);
    }

    /** Whether the server runs: neither it nor its site is down. */
    public boolean serverUp(String name) {
        if (servers.contains(name)) {
            return false;
        }
        return sites.isEmpty()
                || topology.server(name).flatMap(Server::site).map(this::siteUp).orElse(true);
    }

    /**
     * Whether a connection between the two sites gets through: a path exists and no link or site on it is lost, or under
     * {@code anyPath} what is left still joins the two. Down hubs on the way do not block it; whether one answers at the
     * far end is {@link #hubAnswers}.
     */
    public boolean transferWorks(RoutingTable routes, String from, String to) {
        return routes.path(from, to).filter(path -> obstacle(path).isEmpty()).isPresent();
    }

    /**
     * What keeps a connection between the ends of a path from getting through, as {@code kind:NAME}: the first lost part
     * on it. Empty = it gets through; under {@code anyPath} also round lost parts.
     */
    public Optional<String> obstacle(SitePath path) {
        return islands.filter(its -> its.joined(path.source(), path.destination()))
                        .isPresent()
                ? Optional.empty()
                : lostOn(path);
    }

    private Optional<String> lostOn(SitePath path) {
        for (int at = 0; at < path.sites().size(); at++) {
            String site = path.sites().get(at);
            if (at > 0 && !linkUp(path.links().get(at - 1))) {
                return Optional.of(Item.LINK + ":" + path.links().get(at - 1));
            }
            if (!siteUp(site)) {
                return Optional.of(Item.SITE + ":" + site);
            }
        }
        return Optional.empty();
    }

    /** Whether a hub of the site runs. */
    public boolean hubAnswers(RoutingTable routes, String site) {
        return routes.hubsOf(site).stream().anyMatch(this::serverUp);
    }

    /**
     * Why mail that has got to the site of its connector does not get out: the connector is down, or all its source
     * servers there are. No other connector is tried (BEHAVIOUR 1.8.9). Empty = it gets out.
     */
    public Optional<String> darkness(ConnectorDecision way) {
        if (connectors.contains(way.chosen())) {
            return Optional.of(Item.CONNECTOR + ":" + way.chosen() + " is down");
        }
        List<String> sources = way.figures().servers();
        return sources.stream().anyMatch(this::serverUp)
                ? Optional.empty()
                : Optional.of("no source server of " + way.chosen() + " answers (" + String.join(", ", sources) + ")");
    }

    /**
     * The parts that hubs leave out once they have met the failures (DECISIONS 2.4), as {@link Router} takes them: lost
     * links and sites under {@code reroute}; else none.
     */
    public List<String> avoided() {
        return avoided;
    }

    /**
     * The table by which mail travels once the hubs concerned have met the failures: under {@code reroute} without the
     * lost links and sites, unless nothing is left of the way (then it is held on the old path); else as it was. Under
     * {@code anyPath} no hub meets a failure that has a way round, so nothing is learned.
     */
    public RoutingTable learned(RoutingTable routes, String from, String to) {
        RoutingTable rest = routes.without(avoided());
        return rest.path(from, to).isPresent() ? rest : routes;
    }
}
