package org.bridgehead.core.topology;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An IP site link. A link of more than two sites is a clique: every pair is adjacent at the link's cost (BEHAVIOUR
 * 1.1.5).
 *
 * @param name unique ignoring case
 * @param sites two or more members
 * @param cost Active Directory cost, 1 to 99999, 100 by default
 * @param exchangeCost replaces {@code cost} for mail when present (BEHAVIOUR 1.1.8)
 * @param maxMessageSize octets; a larger message on a path over this link is refused, absent = unlimited
 * @param bandwidth bits per second, for load figures and simulation
 * @param latency one way, for simulation
 */
public record SiteLink(
        String name,
        List<String> sites,
        int cost,
        OptionalInt exchangeCost,
        OptionalLong maxMessageSize,
        OptionalLong bandwidth,
        Optional<Duration> latency) {
    /** Cost of a link that says nothing. */
    public static final int DEFAULT_COST = 100;

    /** Copies the list. */
    public SiteLink {
        sites = List.copyOf(sites);
        if (sites.size() < 2) {
            throw new IllegalArgumentException("site link " + name + " joins fewer than two sites");
        }
        if (cost < 1 || exchangeCost.orElse(1) < 1) {
            throw new IllegalArgumentException("site link " + name + " has a cost below 1");
        }
    }

    /** A link with a cost and nothing else. */
    public static SiteLink of(String name, List<String> sites, int cost) {
        return new SiteLink(
                name, sites, cost, OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** What mail routing counts: the Exchange cost when set, else the Active Directory cost. */
    public int mailCost() {
        return exchangeCost.orElse(cost);
    }
}
