package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.HopLimit;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.routing.Stop;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Site;
import org.bridgehead.whatif.Comparison.OtherStops;

/** Where mail stops on paths that stay as they are, before and after. Collects; one thread. */
final class StopComparison {
    private static final Comparator<OtherStops> BY_NAME =
            Comparator.comparing(OtherStops::from, Names.ORDER).thenComparing(OtherStops::to, Names.ORDER);

    private final RoutingTable was;
    private final RoutingTable is;
    private final List<OtherStops> passedOver = new ArrayList<>();
    private final List<OtherStops> newStops = new ArrayList<>();
    private final List<OtherStops> mustStop = new ArrayList<>();
    private final List<OtherStops> mayPass = new ArrayList<>();

    StopComparison(RoutingTable was, RoutingTable is) {
        this.was = was;
        this.is = is;
    }

    /** Compares one path, given the sites between its ends at which mail stops now. */
    void compare(SitePath path, List<String> now) {
        List<String> old = planned(was, path);
        note(passedOver, path, minus(old, now));
        note(newStops, path, minus(now, old));
        if (was != is && everySite(was) && everySite(is)) {
            note(mustStop, path, minus(mandatory(is, path), mandatory(was, path)));
            note(mayPass, path, minus(mandatory(was, path), mandatory(is, path)));
        }
    }

    private static void note(List<OtherStops> list, SitePath path, List<String> sites) {
        if (!sites.isEmpty()) {
            list.add(new OtherStops(path.source(), path.destination(), sites));
        }
    }

    private static List<String> minus(List<String> all, List<String> without) {
        return all.stream()
                .filter(site -> without.stream().noneMatch(other -> Names.same(site, other)))
                .toList();
    }

    private static boolean everySite(RoutingTable routes) {
        return routes.topology().settings().routing().relay() == Relay.EVERY_SITE;
    }

    /** The sites between the ends that mail must not pass. */
    private static List<String> mandatory(RoutingTable routes, SitePath path) {
        return inner(path).stream()
                .filter(site -> !routes.hubsOf(site).isEmpty())
                .filter(site -> routes.topology().site(site).map(Site::hubSite).orElse(false))
                .toList();
    }

    /** The sites between the ends at which mail stops while nothing is down. */
    static List<String> planned(RoutingTable routes, SitePath path) {
        return everySite(routes)
                ? inner(path).stream()
                        .filter(site -> !routes.hubsOf(site).isEmpty())
                        .toList()
                : mandatory(routes, path);
    }

    private static List<String> inner(SitePath path) {
        return path.sites().subList(1, Math.max(1, path.hops()));
    }

    /** The sites between the ends at which mail does stop. */
    static List<String> handled(Itinerary way) {
        return way.stops().stream()
                .filter(stop -> stop.skippedBecause().isEmpty())
                .map(Stop::site)
                .filter(site -> !Names.same(site, way.path().source())
                        && !Names.same(site, way.path().destination()))
                .toList();
    }

    /** What mail on a path fails with for want of Received lines (DECISIONS 2.6); empty = it does not. */
    static Optional<String> tooFar(RoutingTable routes, SitePath path, List<String> stops) {
        int limit = routes.topology().settings().limits().maxHops();
        int ends = hub(routes, path.source()) + hub(routes, path.destination());
        int lines = stops.size() + ends;
        return new HopLimit(limit).exceededBy(lines)
                ? Optional.of(HopLimit.STATUS + " the message would collect " + lines
                        + " Received lines, more than limits.maxHops, " + limit + "; the smallest that works is "
                        + lines)
                : Optional.empty();
    }

    private static int hub(RoutingTable routes, String site) {
        return routes.hubsOf(site).isEmpty() ? 0 : 1;
    }

    List<OtherStops> passedOver() {
        return sorted(passedOver);
    }

    List<OtherStops> newStops() {
        return sorted(newStops);
    }

    List<OtherStops> mustStop() {
        return sorted(mustStop);
    }

    List<OtherStops> mayPass() {
        return sorted(mayPass);
    }

    private static List<OtherStops> sorted(List<OtherStops> list) {
        return list.stream().sorted(BY_NAME).toList();
    }
}
