package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.Names;
import org.bridgehead.io.config.GraphmlGraph.Edge;
import org.bridgehead.io.config.GraphmlGraph.Node;

/**
 * Reads GraphML, element by element: plain files as well as those of yEd, whose labels and positions stand in elements
 * of its own. Unknown elements are skipped, whatever their depth. One thread, one file.
 */
final class GraphmlReader {
    private static final int MOST_NODES = 200_000;
    private static final int MOST_EDGES = 1_000_000;
    private static final int MOST_DEPTH = 64;
    private static final int LONGEST_VALUE = 10_000;

    private final XMLStreamReader xml;
    private final Problems problems;
    private final Guesses<Place> guesses;
    private final GraphmlKeys keys = new GraphmlKeys();
    private final SortedMap<String, String> attributes = Names.map();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private int depth;

    GraphmlReader(XMLStreamReader xml, Problems problems, Guesses<Place> guesses) {
        this.xml = xml;
        this.problems = problems;
        this.guesses = guesses;
    }

    /** The whole document. Edges to nowhere and the like go to the problems and are left out. */
    GraphmlGraph read() throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            // Comments and processing instructions may stand before the first element.
        }
        if (!xml.getLocalName().equals("graphml")) {
            problems.error(place("(file)"), "the file is " + element() + ", not <graphml>", "give a GraphML file");
            return new GraphmlGraph(attributes, List.of(), List.of());
        }
        while (opens()) {
            switch (xml.getLocalName()) {
                case "key" -> key();
                case "graph" -> graph();
                default -> skip();
            }
        }
        return new GraphmlGraph(
                attributes, List.copyOf(nodes.values()), GraphmlGraph.resolved(edges, nodes.keySet(), problems));
    }

    /** Goes to the next child element; at the end of the element around it, to that end, and answers false. */
    private boolean opens() throws XMLStreamException {
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
                return false;
            }
        }
    }

    private void skip() throws XMLStreamException {
        deeper();
        while (opens()) {
            skip();
        }
        depth--;
    }

    private void deeper() throws XMLStreamException {
        if (++depth > MOST_DEPTH) {
            throw new XMLStreamException("elements nested deeper than " + MOST_DEPTH, xml.getLocation());
        }
    }

    private void key() throws XMLStreamException {
        String id = attribute("id").orElse("");
        String name = attribute("attr.name").or(() -> attribute("yfiles.type")).orElse(id);
        String holder = attribute("for").orElse("all");
        Optional<String> silent = Optional.empty();
        while (opens()) {
            if (xml.getLocalName().equals("default")) {
                silent = Optional.of(text(Names.map()));
            } else {
                skip();
            }
        }
        keys.put(id, new GraphmlKeys.Key(name, holder, silent));
    }

    private void graph() throws XMLStreamException {
        deeper();
        boolean directed = attribute("edgedefault").filter("directed"::equals).isPresent();
        while (opens()) {
            switch (xml.getLocalName()) {
                case "node" -> node();
                case "edge" -> edge(directed);
                case "hyperedge" -> hyperedge();
                case "data" -> data(attributes);
                default -> skip();
            }
        }
        depth--;
    }

    private void node() throws XMLStreamException {
        deeper();
        String id = attribute("id").orElse("");
        Place place = place("node " + Text.quote(id));
        SortedMap<String, String> its = keys.silent("node");
        boolean group = false;
        while (opens()) {
            switch (xml.getLocalName()) {
                case "data" -> data(its);
                case "graph" -> {
                    group = true;
                    graph();
                }
                case "port" -> {
                    guesses.add("ports are left out; edges end at their nodes", place, "");
                    skip();
                }
                default -> skip();
            }
        }
        depth--;
        add(new Node(id, its, group, place));
    }

    private void add(Node node) throws XMLStreamException {
        Node first = nodes.putIfAbsent(node.id(), node);
        if (first != null) {
            problems.error(
                    node.place(),
                    "the id is used twice, first on line " + first.place().line(),
                    "ids of nodes are unique: rename or remove one");
        }
        if (nodes.size() > MOST_NODES) {
            throw new XMLStreamException("more than " + MOST_NODES + " nodes", xml.getLocation());
        }
    }

    private void edge(boolean directedHere) throws XMLStreamException {
        List<String> ends =
                List.of(attribute("source").orElse(""), attribute("target").orElse(""));
        boolean directed = attribute("directed").map(Boolean::parseBoolean).orElse(directedHere);
        Place place = place("edge " + Text.quote(String.join("-", ends)));
        SortedMap<String, String> its = keys.silent("edge");
        while (opens()) {
            if (xml.getLocalName().equals("data")) {
                data(its);
            } else {
                skip();
            }
        }
        add(new Edge(ends, directed, its, place));
    }

    private void hyperedge() throws XMLStreamException {
        Place place = place("hyperedge");
        List<String> ends = new ArrayList<>();
        SortedMap<String, String> its = keys.silent("hyperedge");
        while (opens()) {
            if (xml.getLocalName().equals("endpoint")) {
                attribute("node").filter(id -> !ends.contains(id)).ifPresent(ends::add);
            }
            if (xml.getLocalName().equals("data")) {
                data(its);
            } else {
                skip();
            }
        }
        add(new Edge(ends, false, its, place));
    }

    private void add(Edge edge) throws XMLStreamException {
        edges.add(edge);
        if (edges.size() > MOST_EDGES) {
            throw new XMLStreamException("more than " + MOST_EDGES + " edges", xml.getLocation());
        }
    }

    private void data(SortedMap<String, String> holder) throws XMLStreamException {
        String id = attribute("key").orElse("");
        String value = text(holder);
        if (!value.isBlank()) {
            holder.put(keys.name(id), value);
        }
    }

    /** The text of an element; what yEd says in elements inside it goes to {@code drawn} as label, x and y. */
    private String text(SortedMap<String, String> drawn) throws XMLStreamException {
        deeper();
        StringBuilder text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                drawing(drawn);
            } else if (xml.hasText() && event != XMLStreamConstants.COMMENT && text.length() < LONGEST_VALUE) {
                text.append(xml.getText());
            }
        }
        depth--;
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text.toString();
    }

    private void drawing(SortedMap<String, String> drawn) throws XMLStreamException {
        String element = xml.getLocalName();
        if (element.equals("Geometry")) {
            attribute("x").ifPresent(x -> drawn.putIfAbsent("x", x));
            // Downwards on a screen, upwards on a map.
            attribute("y").ifPresent(y -> drawn.putIfAbsent("y", y.startsWith("-") ? y.substring(1) : "-" + y));
        }
        String inside = text(drawn);
        if ((element.equals("NodeLabel") || element.equals("EdgeLabel")) && !inside.isBlank()) {
            drawn.putIfAbsent("label", inside);
        }
    }

    private Optional<String> attribute(String name) {
        return Optional.ofNullable(xml.getAttributeValue(null, name));
    }

    private String element() {
        return "<" + xml.getLocalName() + ">";
    }

    private Place place(String what) {
        return new Place(
                Math.max(1, xml.getLocation().getLineNumber()),
                Math.max(1, xml.getLocation().getColumnNumber()),
                what);
    }
}
