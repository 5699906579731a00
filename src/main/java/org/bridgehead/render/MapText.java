package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Topology;

/** What stands above and below a picture. */
final class MapText {
    private MapText() {}

    /** The organisation and its size. */
    static String heading(Topology topology) {
        return topology.settings().name() + ": " + counted(topology.sites().size(), "site") + ", "
                + counted(topology.links().size(), "link");
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** How mail is routed. */
    static String settings(Topology topology) {
        RoutingPolicy policy = topology.settings().routing();
        return "metric: " + policy.metric().keyword() + " · relay: "
                + policy.relay().keyword() + " · onFailure: "
                + policy.onFailure().keyword();
    }

    /** The chosen way, why, and the others; none without a route. */
    static List<String> route(MapMarks marks) {
        List<String> lines = new ArrayList<>();
        marks.route().ifPresent(route -> {
            Optional<Decision> decision = route.decision();
            lines.add(route.title()
                    + decision.map(way -> ": " + way(way.chosen())).orElse(""));
            lines.addAll(route.reason().lines().toList());
            List<Decision.Rejected> rejected = decision.map(Decision::rejected).orElse(List.of());
            for (int i = 0; i < rejected.size(); i++) {
                Decision.Rejected other = rejected.get(i);
                lines.add("Not taken " + Marks.letter(i + 1) + ": " + way(other.path()) + ", lost by "
                        + other.lostBy().keyword());
            }
        });
        lines.removeIf(String::isBlank);
        return lines;
    }

    /** Failed parts, the send connectors, and what a star means. */
    static List<String> notes(Topology topology, MapMarks marks) {
        List<String> lines = new ArrayList<>();
        if (!marks.down().isEmpty()) {
            lines.add("Down: " + String.join(", ", marks.down()));
        }
        if (!topology.sendConnectors().isEmpty()) {
            lines.add("Ways out: "
                    + String.join(
                            ", ",
                            topology.sendConnectors().values().stream()
                                    .map(connector -> connector.name() + " ("
                                            + String.join(", ", connector.sourceServers()) + ")")
                                    .toList()));
        }
        return lines;
    }

    private static String way(SitePath path) {
        return String.join(" > ", path.sites()) + ", " + counted(path.hops(), "hop") + ", cost " + path.cost();
    }
}
