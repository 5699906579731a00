package org.bridgehead.io.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.UniqueNames;
import org.bridgehead.io.config.GraphmlGraph.Edge;

/**
 * Makes site links of the edges of a graph. Parallel edges stay, because lines fail one by one; the two directions of
 * one line become one link. One thread.
 */
final class GraphmlLinks {
    private static final List<String> COSTS = List.of("cost", "weight", "metric");
    private static final List<String> RATES = List.of("bandwidth", "capacity", "LinkSpeed", "speed");
    private static final List<String> DELAYS = List.of("latency", "delay");
    private static final Map<String, String> UNITS =
            Map.of("k", "kbit/s", "m", "Mbit/s", "g", "Gbit/s", "t", "Tbit/s", "", "bit/s");
    private static final int MOST_COST = 99_999;

    /** The numerator of the formula that Active Directory planners use. */
    private static final double RATE_COST = 1024;

    private final GraphmlSites sites;
    private final Guesses<Place> guesses;
    private final SortedMap<String, String> behind;
    private final UniqueNames names = new UniqueNames();

    /** Directed edges whose other direction has not come, by site names. */
    private final SortedMap<String, Integer> oneWay = Names.map();

    GraphmlLinks(GraphmlSites sites, Guesses<Place> guesses, SortedMap<String, String> behind) {
        this.sites = sites;
        this.guesses = guesses;
        this.behind = behind;
    }

    /** A link for each line, in their order. */
    List<SiteLink> of(List<Edge> edges) {
        List<SiteLink> links = new ArrayList<>();
        for (Edge edge : edges) {
            List<String> ends = edge.ends().stream().map(sites::name).distinct().toList();
            if (ends.size() < 2) {
                guesses.add("lines that end where they begin are left out", edge.place(), String.join("", ends));
            } else if (edge.directed() && isOtherDirection(ends)) {
                guesses.add("two directions of a line become one link", edge.place(), String.join("-", ends));
            } else {
                links.add(link(edge, ends));
            }
        }
        return links;
    }

    private boolean isOtherDirection(List<String> ends) {
        String back = ends.get(1) + "\n" + ends.get(0);
        int waiting = oneWay.getOrDefault(back, 0);
        if (waiting > 0) {
            oneWay.put(back, waiting - 1);
            return true;
        }
        oneWay.merge(ends.get(0) + "\n" + ends.get(1), 1, Integer::sum);
        return false;
    }

    private SiteLink link(Edge edge, List<String> ends) {
        String wanted = ends.size() == 2
                ? String.join("-", ends)
                : String.join("-", ends.subList(0, 2)) + " and " + (ends.size() - 2) + " more";
        String name = names.claim(wanted);
        if (!name.equals(wanted)) {
            guesses.add("parallel lines stay, each a link", edge.place(), name);
            behind.put("link:" + name, "parallel to " + wanted);
        }
        Optional<Long> rate = rate(edge);
        return new SiteLink(
                name,
                ends,
                cost(edge, rate),
                OptionalInt.empty(),
                OptionalLong.empty(),
                SiteReader.asLong(rate),
                latency(edge));
    }

    /** A written cost, or one by the rate of the line, or the default. */
    private int cost(Edge edge, Optional<Long> rate) {
        Optional<String> written = GraphmlGraph.value(edge.attributes(), COSTS);
        Optional<Double> number = written.flatMap(GraphmlLinks::number).filter(cost -> cost > 0);
        if (number.isPresent()) {
            double cost = Math.max(1, Math.min(MOST_COST, Math.rint(number.get())));
            if (cost != number.get()) {
                guesses.add(
                        "costs are made whole, 1 to " + MOST_COST,
                        edge.place(),
                        written.orElse("") + " becomes " + (int) cost);
            }
            return (int) cost;
        }
        written.ifPresent(text -> guesses.add("costs that are no numbers above 0 are left out", edge.place(), text));
        if (rate.isPresent()) {
            return cost(edge, rate.get());
        }
        guesses.add("links of which neither cost nor rate is known cost " + SiteLink.DEFAULT_COST, edge.place(), "");
        return SiteLink.DEFAULT_COST;
    }

    private int cost(Edge edge, long rate) {
        double kilobits = Math.max(10, rate / 1000.0);
        int cost = (int) Math.max(1, Math.rint(RATE_COST / StrictMath.log10(kilobits)));
        guesses.add(
                "costs are worked out from rates as 1024 / log10(kbit/s)",
                edge.place(),
                Quantity.bandwidth(rate) + " costs " + cost);
        return cost;
    }

    /** Bits per second: {@code LinkSpeedRaw} as a number, others with a unit behind or in {@code LinkSpeedUnits}. */
    private Optional<Long> rate(Edge edge) {
        Optional<Long> raw = GraphmlGraph.value(edge.attributes(), List.of("LinkSpeedRaw"))
                .flatMap(GraphmlLinks::number)
                .filter(bits -> bits >= 1 && bits < 1e18)
                .map(Double::longValue);
        return raw.or(() -> GraphmlGraph.value(edge.attributes(), RATES).flatMap(text -> rate(edge, text)));
    }

    private Optional<Long> rate(Edge edge, String text) {
        Optional<Long> rate = Notation.bandwidth(text)
                .or(() -> Optional.ofNullable(edge.attributes().get("LinkSpeedUnits"))
                        .map(unit -> UNITS.get(unit.strip().toLowerCase(Locale.ROOT)))
                        .flatMap(unit -> Notation.bandwidth(text + unit)))
                .filter(bits -> bits > 0);
        if (rate.isEmpty()) {
            guesses.add("rates without a unit such as Mbit/s are left out", edge.place(), Text.quote(text));
        }
        return rate;
    }

    private Optional<Duration> latency(Edge edge) {
        Optional<String> written = GraphmlGraph.value(edge.attributes(), DELAYS);
        Optional<Duration> latency = written.flatMap(text -> number(text)
                .filter(millis -> millis >= 0 && millis < 1e9)
                .map(millis -> {
                    guesses.add("delays without a unit are taken as milliseconds", edge.place(), text);
                    return Duration.ofNanos(Math.round(millis * 1e6));
                })
                .or(() -> Notation.duration(text)));
        if (written.isPresent() && latency.isEmpty()) {
            guesses.add("delays that are no durations are left out", edge.place(), Text.quote(written.get()));
        }
        return latency;
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
