package org.bridgehead.render.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A network of numbered nodes with a size each and edges with a length each. */
public final class Net {
    private final int places;
    private final double[] halfWidth;
    private final double[] halfHeight;
    private int edges;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private double[] lengths = new double[16];
    private double[] rooms = new double[16];
    private final List<List<Integer>> incident = new ArrayList<>();

    /**
     * Nodes without edges, by half their width and height.
     *
     * @param places how many of them, from the first, may have a position of their own; the others lie between
     */
    public Net(int places, double[] halfWidth, double[] halfHeight) {
        this.places = places;
        this.halfWidth = halfWidth.clone();
        this.halfHeight = halfHeight.clone();
        for (int i = 0; i < halfWidth.length; i++) {
            incident.add(new ArrayList<>());
        }
    }

    /**
     * Adds an edge.
     *
     * @param ends the two nodes
     * @param length how far apart they should lie, 1 = as far as neighbours on the whole
     * @param room what its label needs between them, in pixels
     */
    public void join(int[] ends, double length, double room) {
        if (edges == from.length) {
            from = Arrays.copyOf(from, edges * 2);
            to = Arrays.copyOf(to, edges * 2);
            lengths = Arrays.copyOf(lengths, edges * 2);
            rooms = Arrays.copyOf(rooms, edges * 2);
        }
        from[edges] = ends[0];
        to[edges] = ends[1];
        lengths[edges] = length;
        rooms[edges] = room;
        incident.get(ends[0]).add(edges);
        incident.get(ends[1]).add(edges);
        edges++;
    }

    int places() {
        return places;
    }

    int size() {
        return halfWidth.length;
    }

    int edges() {
        return edges;
    }

    int from(int edge) {
        return from[edge];
    }

    int to(int edge) {
        return to[edge];
    }

    double length(int edge) {
        return lengths[edge];
    }

    double room(int edge) {
        return rooms[edge];
    }

    double halfWidth(int node) {
        return halfWidth[node];
    }

    double halfHeight(int node) {
        return halfHeight[node];
    }

    /** Nodes at the other ends of the edges of one, one for each edge. */
    List<Integer> neighbours(int node) {
        return incident.get(node).stream()
                .map(edge -> from(edge) == node ? to(edge) : from(edge))
                .toList();
    }

    /** Lengths of the shortest ways from a node; infinite to nodes that none leads to. */
    double[] distances(int source) {
        double[] distance = new double[size()];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        distance[source] = 0;
        List<Integer> front = List.of(source);
        while (!front.isEmpty()) {
            front = advance(front, distance);
        }
        return distance;
    }

    private List<Integer> advance(List<Integer> front, double[] distance) {
        List<Integer> next = new ArrayList<>();
        for (int node : front) {
            for (int edge : incident.get(node)) {
                int far = from(edge) == node ? to(edge) : from(edge);
                double way = distance[node] + length(edge);
                if (way < distance[far]) {
                    distance[far] = way;
                    next.add(far);
                }
            }
        }
        return next;
    }

    /** Nodes that edges join, largest part first, then the one with the lowest node. */
    List<List<Integer>> components() {
        boolean[] seen = new boolean[size()];
        List<List<Integer>> components = new ArrayList<>();
        for (int node = 0; node < size(); node++) {
            if (!seen[node]) {
                components.add(component(node, seen));
            }
        }
        components.sort(Comparator.comparing(component -> -component.size()));
        return components;
    }

    private List<Integer> component(int start, boolean[] seen) {
        List<Integer> nodes = new ArrayList<>(List.of(start));
        seen[start] = true;
        for (int i = 0; i < nodes.size(); i++) {
            for (int near : neighbours(nodes.get(i))) {
                if (!seen[near]) {
                    seen[near] = true;
                    nodes.add(near);
                }
            }
        }
        return nodes.stream().sorted().toList();
    }

    /** These nodes, numbered in this order, and the edges between them. */
    Net part(List<Integer> nodes) {
        double[] widths = nodes.stream().mapToDouble(node -> halfWidth[node]).toArray();
        double[] heights = nodes.stream().mapToDouble(node -> halfHeight[node]).toArray();
        int[] number = new int[size()];
        Arrays.fill(number, -1);
        for (int i = 0; i < nodes.size(); i++) {
            number[nodes.get(i)] = i;
        }
        Net part = new Net(nodes.size(), widths, heights);
        for (int edge = 0; edge < edges(); edge++) {
            if (number[from(edge)] >= 0 && number[to(edge)] >= 0) {
                part.join(new int[] {number[from(edge)], number[to(edge)]}, length(edge), room(edge));
            }
        }
        return part;
    }
}
