package org.bridgehead.core.topology;

/**
 * The routing settings of the organisation, preset already applied.
 *
 * @param metric what a shortest path minimises first
 * @param relay where messages stop
 * @param onFailure what a failure on the path leads to
 * @param loadBalancing whether dead servers stay in the rotation
 * @param backOff under {@link Relay#DIRECT}: in which order the sites before an unreachable one are tried
 * @param connectivity what a lost link or site on the path means for connections over it
 */
public record RoutingPolicy(
        Metric metric,
        Relay relay,
        OnFailure onFailure,
        LoadBalancing loadBalancing,
        BackOff backOff,
        Connectivity connectivity) {
    /** Bridgehead's own defaults. */
    public static final RoutingPolicy DEFAULT =
            new RoutingPolicy(Metric.HOPS, Relay.EVERY_SITE, OnFailure.HOLD, LoadBalancing.HEALTHY);

    /** The preset {@code exchange2007}: cost, direct, hold, rotate. */
    public static final RoutingPolicy EXCHANGE_2007 =
            new RoutingPolicy(Metric.COST, Relay.DIRECT, OnFailure.HOLD, LoadBalancing.ROTATE);

    /** A policy with back-off hop by hop, and connections only along the path. */
    public RoutingPolicy(Metric metric, Relay relay, OnFailure onFailure, LoadBalancing loadBalancing) {
        this(metric, relay, onFailure, loadBalancing, BackOff.HOP_BY_HOP, Connectivity.PATH);
    }

    /** The same with another order of back-off. */
    public RoutingPolicy with(BackOff other) {
        return new RoutingPolicy(metric, relay, onFailure, loadBalancing, other, connectivity);
    }

    /** The same with another meaning of lost parts. */
    public RoutingPolicy with(Connectivity other) {
        return new RoutingPolicy(metric, relay, onFailure, loadBalancing, backOff, other);
    }

    /** What a shortest path minimises first; the other one breaks ties, then the site name. */
    public enum Metric {
        /** Site links crossed. */
        HOPS("hops"),
        /** Sum of link costs. */
        COST("cost");

        private final String keyword;

        Metric(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** Where messages stop. */
    public enum Relay {
        /** At each site of the path that has a hub. */
        EVERY_SITE("everySite"),
        /** At hub sites only. */
        DIRECT("direct");

        private final String keyword;

        Relay(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** What a failure on the path leads to. */
    public enum OnFailure {
        /** Queue at the point of failure. */
        HOLD("hold"),
        /** Leave failed parts out of the route. */
        REROUTE("reroute");

        private final String keyword;

        OnFailure(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** Whether dead servers stay in the rotation. */
    public enum LoadBalancing {
        /** They leave it and are probed. */
        HEALTHY("healthy"),
        /** They stay: the successor of a dead one carries its share. */
        ROTATE("rotate");

        private final String keyword;

        LoadBalancing(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** In which order direct relay tries the sites before one that does not answer (BEHAVIOUR 1.4.6 to 1.4.8). */
    public enum BackOff {
        /** From the destination back, site by site. */
        HOP_BY_HOP("hopByHop"),
        /** By halves while more than four hops are left, then site by site. */
        BINARY("binary");

        private final String keyword;

        BackOff(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** What a lost link or site on the path means for connections over it (DECISIONS 2.2). */
    public enum Connectivity {
        /** They fail: connections follow the path of the mail. */
        PATH("path"),
        /** They work as long as any links that are left join the two sites: the network goes round. */
        ANY_PATH("anyPath");

        private final String keyword;

        Connectivity(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }
}
