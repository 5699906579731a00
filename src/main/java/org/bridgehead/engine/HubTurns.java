package org.bridgehead.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.bridgehead.core.routing.Turns;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;

/** The {@link Turns} of everybody who hands in mail here. Safe for any thread. */
final class HubTurns {
    private final Supplier<Instant> clock;
    private final Supplier<Duration> rest;
    private final Turns turns = new Turns();

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
        return turns.order(site, hubs, balancing, clock.get());
    }

    /** A hub did not answer. */
    synchronized void failed(String hub) {
        turns.failed(hub, rest.get(), clock.get());
    }

    /** A hub answered, or has been started. */
    synchronized void answered(String hub) {
        turns.answered(hub);
    }
}
