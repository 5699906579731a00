package org.bridgehead.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.Reasons;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.routing.Stop;
import org.bridgehead.core.topology.Names;
import org.jspecify.annotations.Nullable;

/**
 * What {@code route} found out.
 *
 * @param from source
 * @param to destination
 * @param decision the path and why; empty when there is none
 * @param itinerary where the message stops; empty without a path, and for an edge that sends outside by itself
 * @param connector the way out, for destinations outside
 * @param trouble why the message does not arrive; empty = it does
 * @param routes the table that was asked
 */
record RouteAnswer(
        Place from,
        Place to,
        Optional<Decision> decision,
        Optional<Itinerary> itinerary,
        Optional<ConnectorDecision> connector,
        Optional<Trouble> trouble,
        RoutingTable routes) {
    /**
     * Why a message does not arrive.
     *
     * @param text one sentence without its full stop
     * @param heldAt the site where it waits; empty = it is refused, or cannot even be sent
     */
    record Trouble(String text, Optional<String> heldAt) {}

    boolean reachable() {
        return trouble.isEmpty();
    }

    /** Whether the path ends in the site. */
    boolean isLast(String site) {
        return decision.map(way -> Names.same(way.chosen().destination(), site)).orElse(false);
    }

    /** The fields of CONTRACT 3. */
    Map<String, @Nullable Object> fields() {
        Optional<SitePath> path = decision.map(Decision::chosen);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("from", from.name());
        fields.put("to", to.name());
        fields.put("reachable", reachable());
        fields.put("sites", path.map(SitePath::sites).orElse(List.of()));
        fields.put("hops", path.map(SitePath::hops).orElse(null));
        fields.put("cost", path.map(SitePath::cost).orElse(null));
        fields.put("links", path.map(SitePath::links).orElse(List.of()));
        fields.put(
                "stops",
                itinerary.map(Itinerary::stops).orElse(List.of()).stream()
                        .map(this::stop)
                        .toList());
        fields.put("decidedBy", decision.map(chosen -> chosen.rule().keyword()).orElse(null));
        fields.put(
                "alternatives",
                decision.map(Decision::rejected).orElse(List.of()).stream()
                        .map(RouteAnswer::alternative)
                        .toList());
        fields.put("reason", trouble.map(Trouble::text).orElseGet(this::reason));
        fields.put("heldAt", trouble.flatMap(Trouble::heldAt).orElse(null));
        connector.ifPresent(chosen -> fields.put("connector", connector(chosen)));
        return fields;
    }

    /** Whether an edge sends outside without the help of a hub. */
    boolean isStraightOut() {
        return decision.isPresent() && itinerary.isEmpty();
    }

    private String reason() {
        String way = isStraightOut()
                ? ""
                : decision.map(chosen -> Reasons.of(chosen, to.isOutside()) + " ")
                        .orElse("");
        return (way + connector.map(its -> Reasons.of(its, its.chosen())).orElse("")).strip();
    }

    private Map<String, @Nullable Object> stop(Stop stop) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("site", stop.site());
        fields.put("hubs", routes.hubsOf(stop.site()));
        fields.put("mandatory", stop.mandatory());
        fields.put("skippedBecause", stop.skippedBecause().orElse(null));
        return fields;
    }

    private static Map<String, Object> alternative(Decision.Rejected rejected) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sites", rejected.path().sites());
        fields.put("hops", rejected.path().hops());
        fields.put("cost", rejected.path().cost());
        fields.put("lostBy", rejected.lostBy().keyword());
        return fields;
    }

    private static Map<String, Object> connector(ConnectorDecision decision) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", decision.chosen());
        fields.put("decidedBy", decision.decidedBy().keyword());
        fields.put(
                "alternatives",
                decision.alternatives().stream()
                        .map(other -> {
                            Map<String, Object> loser = new LinkedHashMap<>();
                            loser.put("name", other.name());
                            loser.put("lostBy", other.lostBy().keyword());
                            loser.put("because", other.because());
                            return loser;
                        })
                        .toList());
        return fields;
    }
}
