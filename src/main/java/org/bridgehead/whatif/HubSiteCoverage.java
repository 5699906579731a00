package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Site;

/**
 * Which pairs of sites a hub site would catch: those whose chosen path crosses it. One off the path is ignored without a
 * word (BEHAVIOUR 1.3.3).
 *
 * @param site the hub site, or the site that might become one
 * @param caught pairs whose mail stops there
 * @param missed pairs whose mail goes another way
 */
public record HubSiteCoverage(String site, List<Caught> caught, List<Missed> missed) {
    /**
     * A pair whose path crosses the site.
     *
     * @param path the chosen one
     */
    public record Caught(SitePath path) {}

    /**
     * A pair whose path does not.
     *
     * @param path the chosen one
     * @param detour hops and cost that the way over the site would add; empty = there is none
     */
    public record Missed(SitePath path, Optional<Detour> detour) {}

    /**
     * What a way over the site costs more than the chosen path.
     *
     * @param hops may be negative where cost decides first
     * @param cost may be negative where hops decide first
     */
    public record Detour(int hops, long cost) {}

    /** Copies the lists. */
    public HubSiteCoverage {
        caught = List.copyOf(caught);
        missed = List.copyOf(missed);
    }

    /** All connected ordered pairs of other sites, in the order of names. */
    public static HubSiteCoverage of(RoutingTable routes, String site) {
        List<String> others = routes.topology().sites().values().stream()
                .map(Site::name)
                .filter(name -> !Names.same(name, site))
                .toList();
        List<Caught> caught = new ArrayList<>();
        List<Missed> missed = new ArrayList<>();
        for (String from : others) {
            Optional<SitePath> first = routes.path(from, site);
            for (String to : others) {
                if (!Names.same(from, to)) {
                    routes.path(from, to).ifPresent(path -> {
                        if (path.sites().stream().anyMatch(stop -> Names.same(stop, site))) {
                            caught.add(new Caught(path));
                        } else {
                            missed.add(new Missed(path, detour(path, first, routes.path(site, to))));
                        }
                    });
                }
            }
        }
        return new HubSiteCoverage(site, caught, missed);
    }

    private static Optional<Detour> detour(SitePath direct, Optional<SitePath> first, Optional<SitePath> second) {
        return first.flatMap(one -> second.map(
                two -> new Detour(one.hops() + two.hops() - direct.hops(), one.cost() + two.cost() - direct.cost())));
    }
}
