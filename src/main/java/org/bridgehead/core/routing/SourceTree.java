package org.bridgehead.core.routing;

import java.util.Arrays;

/**
 * The chosen paths from one site to all others, as the tree that they form: for passes over all pairs, where a
 * {@link SitePath} for each would cost too much. Sites and links go by number, their place in the name order of
 * {@link org.bridgehead.core.topology.Topology#sites} and {@code links}.
 *
 * <p>Immutable and safe for any thread.
 */
public final class SourceTree {
    private static final int NONE = -1;

    private final SiteGraph graph;
    private final PathTree tree;
    private final int source;
    private final int[] order;

    private SourceTree(SiteGraph graph, PathTree tree, int source) {
        this.graph = graph;
        this.tree = tree;
        this.source = source;
        this.order = order();
    }

    /** The tree of a source by its number. {@code routes} must be a whole table, with nothing left out. */
    public static SourceTree of(RoutingTable routes, int source) {
        return new SourceTree(routes.graph(), routes.tree(source), source);
    }

    private int[] order() {
        int sites = graph.sites();
        int[] firstChild = filled(sites);
        int[] sibling = filled(sites);
        for (int site = sites - 1; site >= 0; site--) {
            int before = tree.previous(site);
            if (before >= 0) {
                sibling[site] = firstChild[before];
                firstChild[before] = site;
            }
        }
        int[] found = new int[sites];
        found[0] = source;
        int count = 1;
        for (int at = 0; at < count; at++) {
            for (int child = firstChild[found[at]]; child != NONE; child = sibling[child]) {
                found[count++] = child;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    /** Where the paths begin. */
    public int source() {
        return source;
    }

    /** How many sites are reached, the source included. */
    public int reached() {
        return order.length;
    }

    /** The sites reached: the source first, each behind the one before it on its path; {@code at} from 0. */
    public int site(int at) {
        return order[at];
    }

    /** Whether links lead to the site. */
    public boolean reaches(int site) {
        return tree.reaches(site);
    }

    /** The site before this one on its path; -1 for the source and for what is not reached. */
    public int previous(int site) {
        return tree.previous(site);
    }

    /** The link crossed last on the path to a site that is reached and not the source. */
    public int link(int site) {
        return graph.linkBetween(tree.previous(site), site);
    }

    /** Links crossed on the path to a site that is reached. */
    public int hops(int site) {
        return graph.hops(tree.distance(site));
    }

    /** Sum of mail costs on the path to a site that is reached. */
    public long cost(int site) {
        return graph.cost(tree.distance(site));
    }

    /**
     * For each site the lowest-named one that could stand before it at the same weight but lost by its name; -1 where
     * there is none. O(sum of the links' member counts).
     */
    public int[] rivals() {
        int[] rivals = filled(graph.sites());
        for (int link = 0; link < graph.links(); link++) {
            int[] nearest = nearestTwo(link);
            for (int member : graph.members(link)) {
                if (nearest[0] != NONE
                        && tree.reaches(member)
                        && tree.distance(member) == tree.distance(nearest[0]) + graph.weight(link)) {
                    offer(rivals, member, nearest[0]);
                    offer(rivals, member, nearest[1]);
                }
            }
        }
        return rivals;
    }

    private void offer(int[] rivals, int site, int candidate) {
        boolean loses = candidate != NONE && candidate != tree.previous(site);
        if (loses && (rivals[site] == NONE || candidate < rivals[site])) {
            rivals[site] = candidate;
        }
    }

    /** The lowest-named two of a link's members that are nearest to the source. */
    private int[] nearestTwo(int link) {
        int[] two = {NONE, NONE};
        long least = PathTree.NEVER;
        for (int member : graph.members(link)) {
            long distance = tree.distance(member);
            if (distance < least) {
                least = distance;
                two[0] = member;
                two[1] = NONE;
            } else if (distance == least && distance != PathTree.NEVER && two[1] == NONE) {
                two[1] = member;
            }
        }
        return two;
    }
}
