package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Names;

/** What was known and what was down, at each moment of a plan. Immutable but for routes worked out when asked for. */
final class Circumstances {
    private record Since(Instant from, RoutingTable routes, Reachability now) {}

    private final List<Since> periods = new ArrayList<>();

    Circumstances(TracePlan plan) {
        NavigableSet<String> down = Names.set();
        RoutingTable routes = RoutingTable.of(plan.topology());
        periods.add(since(plan.start(), routes, down));
        for (Incident incident : plan.incidents()) {
            if (incident instanceof Incident.Down its) {
                down.add(its.item());
            } else if (incident instanceof Incident.Up its) {
                down.remove(its.item());
            } else if (incident instanceof Incident.Change its) {
                routes = RoutingTable.of(its.topology());
            }
            periods.add(since(plan.start().plus(incident.at()), routes, down));
        }
    }

    private static Since since(Instant from, RoutingTable routes, NavigableSet<String> down) {
        return new Since(from, routes, Reachability.of(routes.topology(), List.copyOf(down)));
    }

    /** The routes of a moment. */
    RoutingTable routes(Instant at) {
        return at(at).routes();
    }

    /** What worked at a moment. */
    Reachability now(Instant at) {
        return at(at).now();
    }

    private Since at(Instant moment) {
        Since found = periods.get(0);
        for (Since period : periods) {
            found = period.from().isAfter(moment) ? found : period;
        }
        return found;
    }
}
