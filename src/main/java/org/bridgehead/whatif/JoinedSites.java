package org.bridgehead.whatif;

/** Which sites, by number, hang together so far (union by halved paths). One thread. */
final class JoinedSites {
    private final int[] parent;

    JoinedSites(int sites) {
        parent = new int[sites];
        for (int site = 0; site < sites; site++) {
            parent[site] = site;
        }
    }

    /** Joins two sites; whether they did not hang together before. */
    boolean join(int one, int other) {
        int first = root(one);
        int second = root(other);
        parent[first] = second;
        return first != second;
    }

    private int root(int site) {
        int at = site;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
