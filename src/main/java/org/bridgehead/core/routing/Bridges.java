package org.bridgehead.core.routing;

import java.util.Arrays;

/**
 * The hops that nothing can replace (Tarjan's low points, one depth-first search): a path is the only one exactly when
 * each of its hops is a bridge of the site graph.
 *
 * <p>A link of three or more sites stands as a star, which is connected as its clique is; the clique's own hops lie on
 * triangles and are never bridges. The search keeps its own stack: a chain of 10,000 sites overflows the recursion of
 * JGraphT's BiconnectivityInspector.
 */
final class Bridges {
    private static final int NONE = -1;

    private final SiteGraph graph;
    /** Per node, sites first and then links: the node it was found from, when it was found, how far back it reaches. */
    private final int[] parent;

    private final int[] found;
    private final int[] low;

    Bridges(SiteGraph graph) {
        this.graph = graph;
        int nodes = graph.sites() + graph.links();
        parent = new int[nodes];
        found = new int[nodes];
        low = new int[nodes];
        Arrays.fill(parent, NONE);
        Arrays.fill(found, NONE);
        int[] next = new int[nodes];
        for (int site = 0; site < graph.sites(); site++) {
            if (found[site] == NONE) {
                search(site, next);
            }
        }
    }

    /** Finds all that hangs together with {@code root}; {@code next} is each node's next neighbour to look at. */
    private void search(int root, int[] next) {
        int now = 0;
        int node = root;
        found[node] = low[node] = now++;
        while (node != NONE) {
            if (next[node] < degree(node)) {
                int near = neighbour(node, next[node]++);
                if (near != NONE && found[near] == NONE) {
                    parent[near] = node;
                    found[near] = low[near] = now++;
                    node = near;
                } else if (near != NONE && near != parent[node]) {
                    low[node] = Math.min(low[node], found[near]);
                }
            } else {
                if (parent[node] != NONE) {
                    low[parent[node]] = Math.min(low[parent[node]], low[node]);
                }
                node = parent[node];
            }
        }
    }

    private int degree(int node) {
        return node < graph.sites() ? graph.linksOf(node).length : graph.members(node - graph.sites()).length;
    }

    /** The other site of a link of two, the centre of a larger one's star. */
    private int neighbour(int node, int at) {
        if (node >= graph.sites()) {
            return graph.members(node - graph.sites())[at];
        }
        int link = graph.linksOf(node)[at];
        int[] members = graph.members(link);
        if (members.length < 2) {
            return NONE;
        }
        return members.length > 2 ? graph.sites() + link : members[0] + members[1] - node;
    }

    /** Whether every hop of the path is a bridge. */
    boolean areAll(int[] path) {
        for (int i = 1; i < path.length; i++) {
            if (!leadsTo(path[i - 1], path[i]) && !leadsTo(path[i], path[i - 1])) {
                return false;
            }
        }
        return true;
    }

    private boolean leadsTo(int one, int other) {
        return parent[other] == one && low[other] > found[one];
    }
}
