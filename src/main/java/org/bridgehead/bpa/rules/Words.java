package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.Topology;

/** Figures and names in sentences. */
final class Words {
    private static final int SHOWN = 3;

    private Words() {}

    /** {@code 1 hub}, {@code 2 hubs}. */
    static String count(long number, String one) {
        return number + " " + (number == 1 ? one : one.endsWith("s") ? one + "es" : one + "s");
    }

    /** {@code Lyon}, {@code Lyon and Paris}, {@code Lyon, Paris, Rome and 9 others}. */
    static String some(List<String> names) {
        if (names.size() > SHOWN + 1) {
            return String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " others";
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }

    /** A name as an argument of a command. */
    static String argument(String name) {
        return name.matches("[\\w.:/@=-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    /** A command that looks for a cost which leads a pair's mail over a site. */
    static String suggest(String from, String to, String via) {
        return "`bridgehead suggest TOPOLOGY --from " + argument(from) + " --to " + argument(to) + " --via "
                + argument(via) + "`";
    }

    /** What a path costs, the metric's own measure first. */
    static String distance(Topology topology, int hops, long cost) {
        return topology.settings().routing().metric() == Metric.HOPS
                ? count(hops, "hop") + ", cost " + cost
                : "cost " + cost + ", " + count(hops, "hop");
    }
}
