package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The best simple paths between two sites in the order of BEHAVIOUR 1.2, by Yen's method run from the destination.
 *
 * <p>Deviating at the destination's end keeps the order exact: what the deviations of one step share is the end of the
 * path, which the name rule compares first, and {@link PathTree} completes it by the same rule. (A k-shortest-paths
 * routine that orders by weight alone leaves equal weights in any order.)
 *
 * <p>Only deviations that can still be among the best are followed: the weight without any detour around the shared
 * end is a lower bound, and those with the lowest come first. O(k h m log m) for paths of h hops at the worst.
 */
final class Alternatives {
    private final SiteGraph graph;
    private final int source;
    private final List<Path> found = new ArrayList<>();
    private final TreeSet<Path> candidates = new TreeSet<>();
    private final PathTree unhindered;

    private Alternatives(SiteGraph graph, int source) {
        this.graph = graph;
        this.source = source;
        this.unhindered = new PathTree(graph, source, new boolean[graph.sites()]);
    }

    /** Paths that end in {@code end} and enter it otherwise than those found before; none weighs less than the bound. */
    private record Deviation(int[] end, boolean[] blocked, boolean[] taken, long bound) {}

    /** Sites of a path and its weight; the natural order is that of the routing rules. */
    record Path(long weight, int[] sites) implements Comparable<Path> {
        @Override
        public int compareTo(Path other) {
            if (weight != other.weight) {
                return Long.compare(weight, other.weight);
            }
            // Equal weights mean equal hops, so both are of one length.
            for (int at = sites.length - 1; at >= 0; at--) {
                int order = Integer.compare(sites[at], other.sites[at]);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        /** The sites from position {@code from} to the destination. */
        int[] end(int from) {
            return Arrays.copyOfRange(sites, from, sites.length);
        }
    }

    /** The {@code count} best paths after {@code winner}, best first; fewer when there are no more. */
    static List<Path> after(SiteGraph graph, Path winner, int count) {
        Alternatives search = new Alternatives(graph, winner.sites()[0]);
        search.found.add(winner);
        while (search.found.size() <= count) {
            search.deviateFrom(search.found.get(search.found.size() - 1), count - search.found.size() + 1);
            if (search.candidates.isEmpty()) {
                break;
            }
            search.found.add(search.candidates.pollFirst());
        }
        return search.found.subList(1, search.found.size());
    }

    /** Adds the deviations of a path that can be among the next {@code wanted} ones. */
    private void deviateFrom(Path path, int wanted) {
        List<Deviation> deviations = new ArrayList<>();
        for (int at = path.sites().length - 1; at > 0; at--) {
            deviations.add(deviation(path.end(at)));
        }
        deviations.sort(Comparator.comparingLong(Deviation::bound));
        for (Deviation deviation : deviations) {
            if (deviation.bound > weightOfCandidate(wanted)) {
                break;
            }
            addBestInto(deviation);
        }
    }

    /** The weight of the candidate so far back in their order; {@link PathTree#NEVER} - 1 while there are fewer. */
    private long weightOfCandidate(int number) {
        return candidates.stream()
                .skip(number - 1L)
                .findFirst()
                .map(Path::weight)
                .orElse(PathTree.NEVER - 1);
    }

    private Deviation deviation(int[] end) {
        boolean[] blocked = new boolean[graph.sites()];
        for (int site : end) {
            blocked[site] = true;
        }
        boolean[] taken = predecessorsTaken(end);
        long begin = entry(end, blocked, taken, unhindered).weight;
        return new Deviation(end, blocked, taken, begin == PathTree.NEVER ? begin : begin + graph.weightOf(end));
    }

    private record Entry(long weight, int site) {}

    /** The best way into the first site of {@code end}, the lowest site among equals. */
    private Entry entry(int[] end, boolean[] blocked, boolean[] taken, PathTree tree) {
        long best = PathTree.NEVER;
        int entry = -1;
        for (int link : graph.linksOf(end[0])) {
            for (int near : graph.members(link)) {
                if (!blocked[near] && !taken[near] && tree.reaches(near)) {
                    long weight = tree.distance(near) + graph.weight(link);
                    if (weight < best || weight == best && near < entry) {
                        best = weight;
                        entry = near;
                    }
                }
            }
        }
        return new Entry(best, entry);
    }

    /** The best path that ends so but enters the end differently from all found before. */
    private void addBestInto(Deviation deviation) {
        int[] end = deviation.end;
        PathTree tree = new PathTree(graph, source, deviation.blocked);
        Entry entry = entry(end, deviation.blocked, deviation.taken, tree);
        if (entry.site >= 0) {
            candidates.add(new Path(entry.weight + graph.weightOf(end), join(tree.pathTo(entry.site), end)));
        }
    }

    private boolean[] predecessorsTaken(int[] end) {
        boolean[] taken = new boolean[graph.sites()];
        for (Path path : found) {
            int at = path.sites().length - end.length;
            if (at > 0 && Arrays.equals(path.end(at), end)) {
                taken[path.sites()[at - 1]] = true;
            }
        }
        return taken;
    }

    private static int[] join(int[] begin, int[] end) {
        int[] path = Arrays.copyOf(begin, begin.length + end.length);
        System.arraycopy(end, 0, path, begin.length, end.length);
        return path;
    }
}
