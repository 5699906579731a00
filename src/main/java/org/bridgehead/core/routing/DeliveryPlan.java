package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Site;

/**
 * Which sites of a path the source offers a message to, and in what order (BEHAVIOUR 1.3, 1.4.6, DECISIONS 2.3).
 *
 * <p>{@code everySite}: the next site with a hub, then the ones behind it, up to the first hub site. {@code direct}:
 * the first hub site, or the destination, then back from there towards here, hop by hop or by halves ({@link BackOffSearch}).
 * The site that takes the message makes a plan of its own, so mail creeps forward as parts come back (1.4.10).
 *
 * @param stops the sites after the source in path order, up to the first one that is mandatory
 * @param candidates sites in trying order, each with a hub; empty when there is none or the path stays in its site
 */
public record DeliveryPlan(List<Stop> stops, List<String> candidates) {
    /** Copies the lists. */
    public DeliveryPlan {
        stops = List.copyOf(stops);
        candidates = List.copyOf(candidates);
    }

    /** The plan for a path of {@code routes} under its policy. */
    public static DeliveryPlan of(SitePath path, RoutingTable routes) {
        boolean direct = routes.topology().settings().routing().relay() == Relay.DIRECT;
        List<Stop> stops = new ArrayList<>();
        List<String> candidates = new ArrayList<>();
        boolean open = true;
        for (int at = 1; at < path.sites().size() && open; at++) {
            String site = path.sites().get(at);
            boolean hub = !routes.hubsOf(site).isEmpty();
            boolean mandatory = at == path.hops() || hub && isHubSite(routes, site);
            if (hub) {
                candidates.add(site);
            }
            stops.add(new Stop(site, mandatory, skip(hub, direct && !mandatory)));
            open = !mandatory;
        }
        return new DeliveryPlan(stops, direct ? backwards(path, candidates, routes) : candidates);
    }

    private static List<String> backwards(SitePath path, List<String> onTheWay, RoutingTable routes) {
        RoutingPolicy.BackOff how = routes.topology().settings().routing().backOff();
        if (how == RoutingPolicy.BackOff.BINARY && !onTheWay.isEmpty()) {
            int target = path.sites().indexOf(onTheWay.get(onTheWay.size() - 1));
            return BackOffSearch.along(path.sites().subList(0, target + 1), onTheWay, how)
                    .order();
        }
        Collections.reverse(onTheWay);
        return onTheWay;
    }

    /** The stops that have a hub, in path order. */
    public List<String> onTheWay() {
        return stops.stream()
                .filter(stop -> !stop.skippedBecause().equals(Optional.of(Itinerary.NO_HUB)))
                .map(Stop::site)
                .toList();
    }

    private static boolean isHubSite(RoutingTable routes, String site) {
        return routes.topology().site(site).map(Site::hubSite).orElse(false);
    }

    private static Optional<String> skip(boolean hub, boolean passed) {
        if (!hub) {
            return Optional.of(Itinerary.NO_HUB);
        }
        return passed ? Optional.of("passed by direct relay") : Optional.empty();
    }
}
