package org.bridgehead.core.routing;

import java.util.Arrays;

/**
 * The chosen paths from one site to every other (Dijkstra over links, then one pass for the names).
 *
 * <p>A link is relaxed once, by the first of its sites that is settled: all its pairs weigh the same, so no later
 * member can do better. The predecessor of a site is the lowest-numbered among those on a path of least weight, which
 * makes the walk back from the destination take the lowest name at each step (BEHAVIOUR 1.2 step 3).
 *
 * <p>O(m log m) for m = sum of the links' member counts.
 */
final class PathTree {
    static final long NEVER = Long.MAX_VALUE;
    private static final int NONE = -1;

    private final SiteGraph graph;
    private final long[] distance;
    private final int[] previous;
    /** Whether several paths share the least weight, or the least value of the first criterion. */
    private final boolean[] tied;

    private final boolean[] tiedFirst;

    /** Paths that keep clear of the {@code blocked} sites, of which the source is none. */
    PathTree(SiteGraph graph, int source, boolean[] blocked) {
        this.graph = graph;
        int sites = graph.sites();
        distance = new long[sites];
        previous = new int[sites];
        tied = new boolean[sites];
        tiedFirst = new boolean[sites];
        int[] settled = settle(source, blocked);
        choosePrevious();
        inherit(settled);
    }

    private int[] settle(int source, boolean[] blocked) {
        Arrays.fill(distance, NEVER);
        boolean[] done = new boolean[distance.length];
        boolean[] relaxed = new boolean[graph.links()];
        int[] order = new int[distance.length];
        int count = 0;
        LongHeap heap = new LongHeap(distance.length);
        distance[source] = 0;
        heap.push(0, source);
        while (!heap.isEmpty()) {
            int site = heap.pop();
            if (!done[site]) {
                done[site] = true;
                order[count++] = site;
                relaxLinks(site, blocked, relaxed, heap);
            }
        }
        return Arrays.copyOf(order, count);
    }

    private void relaxLinks(int site, boolean[] blocked, boolean[] relaxed, LongHeap heap) {
        for (int link : graph.linksOf(site)) {
            if (!relaxed[link]) {
                relaxed[link] = true;
                long through = distance[site] + graph.weight(link);
                for (int member : graph.members(link)) {
                    if (through < distance[member] && !blocked[member]) {
                        distance[member] = through;
                        heap.push(through, member);
                    }
                }
            }
        }
    }

    /** Links come in name order and the first with the lowest predecessor stays, so ties end at the lowest name. */
    private void choosePrevious() {
        Arrays.fill(previous, NONE);
        int[] previousFirst = new int[previous.length];
        Arrays.fill(previousFirst, NONE);
        for (int link = 0; link < graph.links(); link++) {
            long nearest = nearest(link);
            if (nearest != NEVER) {
                offer(link, nearest, graph.weight(link), 1, previous, tied);
                long radix = graph.radix();
                offer(link, nearest / radix, graph.weight(link) / radix, radix, previousFirst, tiedFirst);
            }
        }
    }

    private long nearest(int link) {
        long nearest = NEVER;
        for (int member : graph.members(link)) {
            nearest = Math.min(nearest, distance[member]);
        }
        return nearest;
    }

    /** Offers the nearest members of a link as predecessors to the members that are best reached over it. */
    private void offer(int link, long nearest, long weight, long unit, int[] chosen, boolean[] several) {
        int lowest = NONE;
        boolean more = false;
        for (int member : graph.members(link)) {
            if (distance[member] != NEVER && distance[member] / unit == nearest) {
                more = lowest != NONE;
                lowest = lowest == NONE ? member : lowest;
            }
        }
        for (int member : graph.members(link)) {
            if (distance[member] != NEVER && distance[member] / unit == nearest + weight) {
                several[member] |= more || chosen[member] != NONE && chosen[member] != lowest;
                if (chosen[member] == NONE || lowest < chosen[member]) {
                    chosen[member] = lowest;
                }
            }
        }
    }

    private void inherit(int[] settled) {
        for (int site : settled) {
            if (previous[site] != NONE) {
                tied[site] |= tied[previous[site]];
                tiedFirst[site] |= tiedFirst[previous[site]];
            }
        }
    }

    boolean reaches(int site) {
        return distance[site] != NEVER;
    }

    /** The packed weight of the chosen path, or {@link #NEVER}. */
    long distance(int site) {
        return distance[site];
    }

    /** The site before this one on the chosen path; negative for the source and for what it does not reach. */
    int previous(int site) {
        return previous[site];
    }

    /** The sites of the chosen path, both ends included. */
    int[] pathTo(int site) {
        int length = 0;
        for (int at = site; at != NONE; at = previous[at]) {
            length++;
        }
        int[] path = new int[length];
        for (int at = site; at != NONE; at = previous[at]) {
            path[--length] = at;
        }
        return path;
    }

    /** What told the chosen path from the next best one. */
    Rule rule(int site, Bridges bridges) {
        if (tied[site]) {
            return Rule.NAME;
        }
        if (tiedFirst[site]) {
            return graph.secondRule();
        }
        return bridges.areAll(pathTo(site)) ? Rule.ONLY : graph.firstRule();
    }
}
