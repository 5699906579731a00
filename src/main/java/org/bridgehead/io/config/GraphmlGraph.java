package org.bridgehead.io.config;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A GraphML file as it stands, references between its parts resolved. Immutable.
 *
 * @param attributes of the graph by name, any case
 * @param nodes in file order, those of nested graphs included
 * @param edges in file order
 */
record GraphmlGraph(SortedMap<String, String> attributes, List<Node> nodes, List<Edge> edges) {
    GraphmlGraph {
        attributes = Collections.unmodifiableSortedMap(attributes);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * A node.
     *
     * @param id unique in the file
     * @param attributes by name, any case
     * @param group whether it holds a graph of its own
     * @param place where it stands
     */
    record Node(String id, SortedMap<String, String> attributes, boolean group, Place place) {
        Node {
            attributes = Collections.unmodifiableSortedMap(attributes);
        }
    }

    /**
     * An edge, or a hyperedge with any number of ends.
     *
     * @param ends ids of nodes that exist
     * @param directed whether it leads from the first end to the second only
     * @param attributes by name, any case
     * @param place where it stands
     */
    record Edge(List<String> ends, boolean directed, SortedMap<String, String> attributes, Place place) {
        Edge {
            ends = List.copyOf(ends);
            attributes = Collections.unmodifiableSortedMap(attributes);
        }
    }

    /** The first of the names that has a value which is not blank, stripped. */
    static Optional<String> value(SortedMap<String, String> attributes, List<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(attributes.get(name)).stream())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** The edges whose ends exist, the others reported: only the whole file tells, as edges may stand before nodes. */
    static List<Edge> resolved(List<Edge> edges, Set<String> ids, Problems problems) {
        for (Edge edge : edges) {
            edge.ends().stream()
                    .filter(end -> !ids.contains(end))
                    .forEach(end -> problems.error(
                            edge.place(),
                            "there is no node " + Text.quote(end),
                            Text.didYouMean(end, ids, "give the id of a <node>")));
        }
        return edges.stream().filter(edge -> ids.containsAll(edge.ends())).toList();
    }
}
