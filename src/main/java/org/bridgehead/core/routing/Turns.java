package org.bridgehead.core.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;

/**
 * In which order who hands in mail tries the hubs of a site: by turns, as hubs among themselves do (BEHAVIOUR 1.4, 1.7.3).
 * Where load balancing minds health, one that did not answer comes last for a while, and its share is divided among all
 * others. For one thread.
 */
public final class Turns {
    /** By site: how often it was somebody's turn. */
    private final SortedMap<String, Long> turns = Names.map();

    /** Hubs that did not answer, and when each is tried in its turn again. */
    private final SortedMap<String, Instant> dead = Names.map();

    /** Nobody's turn yet. */
    public Turns() {}

    /** The order for one message; takes a turn. */
    public List<String> order(String site, List<String> hubs, LoadBalancing balancing, Instant now) {
        long turn = turns.merge(site, 1L, Long::sum) - 1;
        return Rotation.order(
                hubs, turn, balancing, hub -> dead.getOrDefault(hub, now).isAfter(now));
    }

    /**
     * A hub did not answer.
     *
     * @param rest how long it comes last
     */
    public void failed(String hub, Duration rest, Instant now) {
        dead.put(hub, now.plus(rest));
    }

    /** A hub answered, or has been started. */
    public void answered(String hub) {
        dead.remove(hub);
    }
}
