package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.UniqueNames;
import org.bridgehead.io.config.GraphmlGraph.Node;

/** Makes sites of the nodes of a graph: a name that is legal and unique, and a position. One thread. */
final class GraphmlSites {
    private static final List<String> LABELS = List.of("label", "name", "nodelabel", "title");
    private static final List<List<String>> COORDINATES = List.of(
            List.of("Longitude", "Latitude"),
            List.of("lon", "lat"),
            List.of("long", "lat"),
            List.of("lng", "lat"),
            List.of("x", "y"));
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final Pattern NO_NAME = Pattern.compile("(?i)none|null|nan|unknown|n/a|\\?+|-+|\\.+");

    /** Leaves room for the names of servers and links made of it. */
    private static final int LONGEST = 50;

    private final Guesses<Place> guesses;
    private final SortedMap<String, String> behind;
    private final UniqueNames names = new UniqueNames();
    private final Map<String, String> nameOf = new LinkedHashMap<>();

    GraphmlSites(Guesses<Place> guesses, SortedMap<String, String> behind) {
        this.guesses = guesses;
        this.behind = behind;
    }

    /** A site for each node, in their order. */
    List<Site> of(List<Node> nodes) {
        Map<Node, String> later = new LinkedHashMap<>();
        // Who is named first keeps the name, even where a number made for another would be the same.
        for (Node node : nodes) {
            String wanted = wanted(node);
            if (names.reserve(wanted)) {
                nameOf.put(node.id(), wanted);
            } else {
                later.put(node, wanted);
            }
        }
        later.forEach((node, wanted) -> renamed(wanted, node));
        List<Site> sites = new ArrayList<>();
        for (Node node : nodes) {
            sites.add(new Site(nameOf.getOrDefault(node.id(), node.id()), false, List.of(), position(node)));
        }
        return sites;
    }

    private void renamed(String wanted, Node node) {
        String name = names.claim(wanted);
        nameOf.put(node.id(), name);
        guesses.add("names used before get a number", node.place(), Text.quote(wanted) + " becomes " + name);
        behind.put("site:" + name, "called " + wanted + " in the graph, as another is");
    }

    /** The site made of a node. */
    String name(String id) {
        return nameOf.getOrDefault(id, id);
    }

    private String wanted(Node node) {
        Optional<String> label = GraphmlGraph.value(node.attributes(), LABELS);
        String text = clean(label.orElse(""));
        if (text.isEmpty()) {
            String id = "Site " + clean(node.id());
            guesses.add("nodes without a label are called by their id", node.place(), id);
            return shortened(id.strip(), node);
        }
        if (NO_NAME.matcher(text).matches()) {
            guesses.add("labels that look like no name are kept", node.place(), Text.quote(text));
        }
        return shortened(text, node);
    }

    private static String clean(String text) {
        return UNFIT.matcher(text).replaceAll(" ").strip();
    }

    private String shortened(String text, Node node) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return text;
        }
        String kept = text.substring(0, text.offsetByCodePoints(0, LONGEST)).strip();
        guesses.add("labels are cut after " + LONGEST + " characters", node.place(), Text.quote(text));
        return kept;
    }

    private Optional<Position> position(Node node) {
        for (List<String> pair : COORDINATES) {
            Optional<String> x = GraphmlGraph.value(node.attributes(), pair.subList(0, 1));
            Optional<String> y = GraphmlGraph.value(node.attributes(), pair.subList(1, 2));
            if (x.isPresent() && y.isPresent()) {
                Optional<Position> found = x.flatMap(GraphmlSites::coordinate)
                        .flatMap(right -> y.flatMap(GraphmlSites::coordinate).map(up -> new Position(right, up)));
                if (found.isEmpty()) {
                    guesses.add("coordinates that are no numbers are left out", node.place(), x.get() + ", " + y.get());
                }
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Double> coordinate(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(number -> Math.abs(number) <= Position.LIMIT);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
