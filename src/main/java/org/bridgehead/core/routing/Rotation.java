package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;

/** In which order the equal servers of a next hop are tried: round robin per connection (BEHAVIOUR 1.4.1 to 1.4.4). */
public final class Rotation {
    private Rotation() {}

    /**
     * The order for one connection.
     *
     * @param servers in name order
     * @param turn number of the connection to this next hop, from 0
     * @param balancing {@code ROTATE}: dead servers keep their turn, so the next one carries their share;
     *     {@code HEALTHY}: the turn goes round the living only and the dead come last, to be tried when nobody else
     *     answers
     * @param dead whether a server is known not to answer
     */
    public static List<String> order(List<String> servers, long turn, LoadBalancing balancing, Predicate<String> dead) {
        if (balancing == LoadBalancing.ROTATE) {
            return rotated(servers, turn);
        }
        List<String> alive = Lists.filter(servers, dead.negate());
        if (alive.size() == servers.size()) {
            return rotated(alive, turn);
        }
        List<String> order = new ArrayList<>(rotated(alive, turn));
        order.addAll(rotated(Lists.filter(servers, dead), turn));
        return List.copyOf(order);
    }

    /** The list begun at position {@code turn}, modulo its size. */
    static <T> List<T> rotated(List<T> list, long turn) {
        if (list.size() < 2) {
            return list;
        }
        int first = (int) Math.floorMod(turn, (long) list.size());
        List<T> rotated = new ArrayList<>(list.subList(first, list.size()));
        rotated.addAll(list.subList(0, first));
        return List.copyOf(rotated);
    }
}
