package org.bridgehead.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.bridgehead.core.routing.Rotation;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;

/**
 * In which order who hands in mail tries the hubs of a site: by turns, as hubs among themselves do (BEHAVIOUR 1.4, 1.7.3).
 * Where load balancing minds health, one that did not answer comes last for a while, and its share is divided among all
 * others. Safe for any thread.
 */
final class HubTurns {
    private final Supplier<Instant> clock;
    private final Supplier<Duration> rest;
    /** By site: how often it was somebody's turn. */
    private final SortedMap<String, Long> turns = Names.map();

    /** Hubs that did not answer, and when each is tried in its turn again. */
    private final SortedMap<String, Instant> dead = Names.map();

    /**
     * Nobody's turn yet.
     *
     * @param rest of a hub that did not answer
     */
    HubTurns(Supplier<Instant> clock, Supplier<Duration> rest) {
        this.clock = clock;
        this.rest = rest;
    }

    /** The order for one message; takes a turn. */
    synchronized List<String> order(String site, List<String> hubs, LoadBalancing balancing) {
        Instant now = clock.get();
        long turn = turns.merge(site, 1L, Long::sum) - 1;
        return Rotation.order(
                hubs, turn, balancing, hub -> dead.getOrDefault(hub, now).isAfter(now));
    }

    /** A hub did not answer. */
    synchronized void failed(String hub) {
        dead.put(hub, clock.get().plus(rest.get()));
    }

    /** A hub answered, or has been started. */
    synchronized void answered(String hub) {
        dead.remove(hub);
    }
}
