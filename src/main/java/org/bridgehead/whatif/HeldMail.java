package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;

/**
 * Where mail waits, as {@link Itinerary} says, asked for many pairs. The end of a chosen path is itself the chosen path,
 * so mail that has got to the next stop fares as mail that begins there: each stop is worked out once per destination.
 * That holds where hubs learn nothing and stop at every site; elsewhere every pair is walked. One thread.
 */
final class HeldMail {
    private final RoutingTable routes;
    private final DownParts down;
    private final boolean shared;
    private final SortedMap<String, SortedMap<String, Fate>> known = Names.map();

    /** Where and why. */
    record Held(String place, String reason) {}

    /**
     * What becomes of mail.
     *
     * @param held where it waits; empty = it arrives
     * @param stops the sites between the ends that handle it; empty when it waits
     */
    record Fate(Optional<Held> held, List<String> stops) {
        static final Fate ARRIVES = new Fate(Optional.empty(), List.of());

        /** That of mail which stops in {@code site} first. */
        Fate after(String site) {
            if (held.isPresent()) {
                return this;
            }
            List<String> longer = new ArrayList<>(List.of(site));
            longer.addAll(stops);
            return new Fate(held, longer);
        }
    }

    HeldMail(RoutingTable routes, DownParts down) {
        this.routes = routes;
        this.down = down;
        RoutingPolicy policy = routes.topology().settings().routing();
        this.shared = policy.onFailure() == OnFailure.HOLD
                && policy.relay() == Relay.EVERY_SITE
                && policy.connectivity() == Connectivity.PATH;
    }

    /** What becomes of mail on this path; empty = it has to be walked. */
    Optional<Fate> on(SitePath path) {
        return shared ? Optional.of(find(path)) : Optional.empty();
    }

    private Fate find(SitePath path) {
        SortedMap<String, Fate> fates = known.computeIfAbsent(path.destination(), name -> Names.map());
        List<Integer> stops = new ArrayList<>();
        Fate found = null;
        int at = 0;
        while (at < path.hops() && found == null) {
            String here = path.sites().get(at);
            int next = next(path, at);
            found = fates.get(here);
            if (found == null && (next < 0 || at == 0 && dead(here))) {
                found = walk(here, path.destination());
                fates.put(here, found);
            } else if (found == null) {
                stops.add(at);
                at = next;
            }
        }
        stops.add(at);
        return handedBack(path, stops, found == null ? Fate.ARRIVES : found, fates);
    }

    /** From the last stop back to the first: mail that gets from one to the next fares as what begins there. */
    private static Fate handedBack(SitePath path, List<Integer> stops, Fate end, SortedMap<String, Fate> fates) {
        Fate fate = end;
        for (int i = stops.size() - 2; i >= 0; i--) {
            int next = stops.get(i + 1);
            fate = next == path.hops() ? fate : fate.after(path.sites().get(next));
            fates.put(path.sites().get(stops.get(i)), fate);
        }
        return fate;
    }

    /** The position of the next stop if mail gets there without any stop being passed over; else negative. */
    private int next(SitePath path, int from) {
        for (int at = from + 1; at < path.sites().size(); at++) {
            String site = path.sites().get(at);
            if (down.linkDown(path.links().get(at - 1)) || down.siteDown(site)) {
                return -1;
            }
            if (at == path.hops() || !routes.hubsOf(site).isEmpty()) {
                return dead(site) ? -1 : at;
            }
        }
        return -1;
    }

    private boolean dead(String site) {
        return !routes.hubsOf(site).isEmpty() && !down.now().hubAnswers(routes, site);
    }

    private Fate walk(String from, String to) {
        Itinerary way = Itinerary.of(routes, down.now(), from, to).orElseThrow();
        Optional<Held> held =
                way.heldAt().map(place -> new Held(place, way.reason().orElseThrow()));
        return new Fate(held, held.isPresent() ? List.of() : StopComparison.handled(way));
    }
}
