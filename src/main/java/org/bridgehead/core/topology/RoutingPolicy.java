package org.bridgehead.core.topology;

/**
 * The routing settings of the organisation, preset already applied.
 *
 * @param metric what a shortest path minimises first
 * @param relay where messages stop
 * @param onFailure what a failure on the path leads to
 * @param loadBalancing whether dead servers stay in the rotation
 */
public record RoutingPolicy(Metric metric, Relay relay, OnFailure onFailure, LoadBalancing loadBalancing) {
    /** Bridgehead's own defaults. */
    public static final RoutingPolicy DEFAULT =
            new RoutingPolicy(Metric.HOPS, Relay.EVERY_SITE, OnFailure.HOLD, LoadBalancing.HEALTHY);

    /** The preset {@code exchange2007}: cost, direct, hold, rotate. */
    public static final RoutingPolicy EXCHANGE_2007 =
            new RoutingPolicy(Metric.COST, Relay.DIRECT, OnFailure.HOLD, LoadBalancing.ROTATE);

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
}
