package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.SiteLink;

/**
 * Where a message stops on its way from site to site while parts are down, hub by hub as the live servers would do it.
 *
 * <p>This is about the way alone: the two ends count as reached even when they have no hub, which {@link Stop} says; no
 * mail can begin or end there (BEHAVIOUR 1.7.5), as {@link Router} knows.
 *
 * @param path the path the mail follows
 * @param stops source first, in path order; skipped ones say why
 * @param heldAt the site where the message waits; empty = it arrives
 * @param reason why it waits, one sentence; empty = it arrives
 */
public record Itinerary(SitePath path, List<Stop> stops, Optional<String> heldAt, Optional<String> reason) {
    /** What a site without hubs is passed over for. */
    static final String NO_HUB = "no hub transport server";

    /** Copies the list. */
    public Itinerary {
        stops = List.copyOf(stops);
    }

    /** Whether the message reaches the destination. */
    public boolean arrives() {
        return heldAt.isEmpty();
    }

    /** Sites that handle the message, which is Received lines added inside the organisation. */
    public int handled() {
        return (int)
                stops.stream().filter(stop -> stop.skippedBecause().isEmpty()).count();
    }

    /** The way from one site to another; empty when no links join them. */
    public static Optional<Itinerary> of(RoutingTable table, Reachability now, String from, String to) {
        RoutingTable routes = now.learned(table, from, to);
        return routes.path(from, to).map(path -> new Walk(routes, now, path).toTheEnd());
    }

    /**
     * Which site takes a message that waits in {@code here}: the destination, or one closer to it (BEHAVIOUR 1.4.10).
     * Asked again as parts come back, it gives the sites by which held mail creeps forward.
     *
     * @return empty when nobody on the way answers, no way leads there, or the message is there
     */
    public static Optional<String> nextFrom(RoutingTable table, Reachability now, String here, String to) {
        RoutingTable routes = now.learned(table, here, to);
        return routes.path(here, to).filter(path -> path.hops() > 0).flatMap(path -> {
            Walk walk = new Walk(routes, now, path);
            return walk.refusal(here, here).isPresent()
                    ? Optional.empty()
                    : walk.next(here, DeliveryPlan.of(path, routes));
        });
    }

    /** The state of one walk along a path. */
    private static final class Walk {
        private final RoutingTable routes;
        private final Reachability now;
        private final SitePath path;
        private final List<Stop> stops = new ArrayList<>();

        Walk(RoutingTable routes, Reachability now, SitePath path) {
            this.routes = routes;
            this.now = now;
            this.path = path;
        }

        Itinerary toTheEnd() {
            String here = path.source();
            stops.add(new Stop(here, true, lacking(here)));
            Optional<String> bar = refusal(here, here);
            while (bar.isEmpty() && !Names.same(here, path.destination())) {
                DeliveryPlan plan = DeliveryPlan.of(way(here, path.destination()), routes);
                Optional<String> next = next(here, plan);
                if (next.isEmpty()) {
                    String target = plan.stops().get(plan.stops().size() - 1).site();
                    bar = refusal(here, target);
                } else {
                    advance(here, next.get(), plan);
                    here = next.get();
                }
            }
            return new Itinerary(path, stops, bar.isEmpty() ? Optional.empty() : Optional.of(here), bar);
        }

        /**
         * The path between two sites of this one: its part between them, so no search is needed. The way back from a
         * site takes the lowest name among its predecessors on best paths, which the part has in common with the whole;
         * from a site on it there are fewer such predecessors, the chosen one included.
         */
        private SitePath way(String from, String to) {
            int begin = path.sites().indexOf(from);
            int end = path.sites().lastIndexOf(to);
            List<String> links = path.links().subList(begin, end);
            long cost = links.stream()
                    .flatMap(name ->
                            Optional.ofNullable(routes.topology().links().get(name)).stream())
                    .mapToLong(SiteLink::mailCost)
                    .sum();
            return new SitePath(path.sites().subList(begin, end + 1), links, cost);
        }

        /** The first candidate that answers. */
        Optional<String> next(String here, DeliveryPlan plan) {
            return candidates(plan).stream()
                    .filter(site -> refusal(here, site).isEmpty())
                    .findFirst();
        }

        /** Those of the plan, and the destination even without a hub. */
        private List<String> candidates(DeliveryPlan plan) {
            List<String> all = new ArrayList<>(plan.candidates());
            Stop last = plan.stops().get(plan.stops().size() - 1);
            if (lacking(last.site()).isPresent()) {
                boolean direct = routes.topology().settings().routing().relay() == Relay.DIRECT;
                all.add(direct ? 0 : all.size(), last.site());
            }
            return all;
        }

        private Optional<String> lacking(String site) {
            return routes.hubsOf(site).isEmpty() ? Optional.of(NO_HUB) : Optional.empty();
        }

        /** Why mail cannot be handed from one site to a hub in the other. */
        private Optional<String> refusal(String from, String to) {
            Optional<String> lost = now.obstacle(way(from, to));
            if (lost.isPresent()) {
                return lost.map(item -> item + " is down");
            }
            return lacking(to).isPresent() || now.hubAnswers(routes, to)
                    ? Optional.empty()
                    : Optional.of("no hub of " + to + " answers (" + String.join(", ", routes.hubsOf(to)) + ")");
        }

        private void advance(String here, String next, DeliveryPlan plan) {
            for (Stop stop : plan.stops()) {
                if (Names.same(stop.site(), next)) {
                    stops.add(new Stop(stop.site(), stop.mandatory(), lacking(stop.site())));
                    return;
                }
                stops.add(new Stop(
                        stop.site(), stop.mandatory(), stop.skippedBecause().or(() -> refusal(here, stop.site()))));
            }
        }
    }
}
