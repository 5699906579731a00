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
    private final SortedMap<String, SortedMap<String, Held>> known = Names.map();

    /** Where and why. */
    record Held(String place, String reason) {}

    HeldMail(RoutingTable routes, DownParts down) {
        this.routes = routes;
        this.down = down;
        RoutingPolicy policy = routes.topology().settings().routing();
        this.shared = policy.onFailure() == OnFailure.HOLD
                && policy.relay() == Relay.EVERY_SITE
                && policy.connectivity() == Connectivity.PATH;
    }

    /** Where mail on this path waits; empty = nothing is known without walking it, or it arrives. */
    Optional<Held> on(SitePath path) {
        return shared ? find(path) : Optional.empty();
    }

    private Optional<Held> find(SitePath path) {
        String to = path.destination();
        SortedMap<String, Held> held = known.computeIfAbsent(to, name -> Names.map());
        List<String> passed = new ArrayList<>();
        Optional<Held> found = Optional.empty();
        for (int at = 0; at < path.hops() && found.isEmpty(); ) {
            String here = path.sites().get(at);
            int next = next(path, at);
            passed.add(here);
            if (held.containsKey(here)) {
                found = Optional.ofNullable(held.get(here));
            } else if (next < 0 || at == 0 && dead(here)) {
                found = walk(here, to);
                if (found.isEmpty()) {
                    return found;
                }
            } else {
                at = next;
            }
        }
        found.ifPresent(result -> passed.forEach(site -> held.put(site, result)));
        return found;
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

    private Optional<Held> walk(String from, String to) {
        return Itinerary.of(routes, down.now(), from, to)
                .flatMap(way ->
                        way.heldAt().map(place -> new Held(place, way.reason().orElseThrow())));
    }
}
