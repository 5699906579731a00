package org.bridgehead.core.routing;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;

/**
 * One source's view of failures. The chosen paths from a source are one tree (the name rule gives each site one
 * predecessor), so a failure concerns what lies below the failed parts and nothing else: only that is looked at, and
 * under reroute only that is computed anew, from the offers of the sites around it.
 *
 * <p>Arrays of the graph's size are allocated once; a failure costs time in proportion to the sites concerned. One
 * thread.
 *
 * <p>A long file, because its steps share these arrays and their epoch, which are nobody else's business.
 */
final class FailureWalk {
    private static final int NONE = -1;

    private final SiteGraph graph;
    private final boolean reroute;
    private final boolean everySite;
    private final boolean anyPath;
    private final boolean[] mandatory;
    private final boolean[] hubs;
    private final int source;
    private final PathTree tree;
    /** Sites below each other stand together: those below a site are order[first] to order[last - 1]. */
    private final int[] order;

    private final int[] first;
    private final int[] last;
    private final int[] linkUsed;
    private final int[] linkStarts;
    private final int[] linkChildren;

    private final int[] below;
    private final long[] distance;
    private final int[] previous;
    private final int[] reported;
    private final int[] stopped;
    private final int[] gone;
    private final int[] lost;
    private final int[] settled;
    private final int[] moved;
    private final int[] nearestFirst;
    private final LongHeap heap;
    private int epoch;

    /**
     * What a site is to mail on its way.
     *
     * @param mandatory by number: it has a hub and must be stopped at
     * @param hubs by number: it has a hub
     */
    record Roles(boolean[] mandatory, boolean[] hubs) {}

    FailureWalk(SiteGraph graph, RoutingPolicy policy, int source, Roles roles) {
        this.graph = graph;
        this.anyPath = policy.connectivity() == Connectivity.ANY_PATH;
        this.reroute = policy.onFailure() == OnFailure.REROUTE && !anyPath;
        this.everySite = policy.relay() == Relay.EVERY_SITE;
        this.mandatory = roles.mandatory;
        this.hubs = roles.hubs;
        this.source = source;
        int sites = graph.sites();
        tree = new PathTree(graph, source, new boolean[sites]);
        order = new int[sites];
        first = new int[sites];
        last = new int[sites];
        linkUsed = new int[sites];
        linkStarts = new int[graph.links() + 1];
        number();
        linkChildren = new int[linkStarts[graph.links()]];
        fillChildren();
        below = new int[sites];
        distance = new long[sites];
        previous = new int[sites];
        reported = new int[sites];
        stopped = new int[sites];
        gone = new int[sites];
        lost = new int[graph.links()];
        settled = new int[sites];
        moved = new int[sites];
        nearestFirst = new int[sites];
        heap = new LongHeap(16);
    }

    /** Numbers the tree in depth-first order without recursion, and notes the link that leads to each site. */
    private void number() {
        int sites = graph.sites();
        int[] size = new int[sites];
        int[] byDistance = new int[sites];
        int count = 0;
        for (int site = 0; site < sites; site++) {
            linkUsed[site] = NONE;
            if (tree.reaches(site)) {
                byDistance[count++] = site;
            }
        }
        sortByDistance(byDistance, count);
        for (int at = count - 1; at >= 0; at--) {
            int site = byDistance[at];
            size[site]++;
            if (tree.previous(site) >= 0) {
                size[tree.previous(site)] += size[site];
            }
        }
        int[] next = new int[sites];
        for (int at = 0; at < count; at++) {
            int site = byDistance[at];
            int parent = tree.previous(site);
            first[site] = parent < 0 ? 0 : next[parent];
            if (parent >= 0) {
                next[parent] += size[site];
                linkUsed[site] = graph.linkBetween(parent, site);
                linkStarts[linkUsed[site] + 1]++;
            }
            next[site] = first[site] + 1;
            last[site] = first[site] + size[site];
            order[first[site]] = site;
        }
        for (int link = 0; link < graph.links(); link++) {
            linkStarts[link + 1] += linkStarts[link];
        }
    }

    private void sortByDistance(int[] sites, int count) {
        LongHeap sorter = new LongHeap(count);
        for (int at = 0; at < count; at++) {
            sorter.push(tree.distance(sites[at]), sites[at]);
        }
        for (int at = 0; at < count; at++) {
            sites[at] = sorter.pop();
        }
    }

    private void fillChildren() {
        int[] next = Arrays.copyOf(linkStarts, graph.links());
        for (int site = 0; site < graph.sites(); site++) {
            if (linkUsed[site] != NONE) {
                linkChildren[next[linkUsed[site]]++] = site;
            }
        }
    }

    /** What a walk finds, pair by pair. */
    interface Finder {
        /** Mail to the site does not arrive; {@code cut} = for want of any way or any living hub at an end. */
        void held(int site, boolean cut);

        /** Mail to the site arrives by other sites, with so many more hops. */
        void moved(int site, int extraHops);

        /** Mail to the site arrives as before, though a stop is passed over. */
        void passedOver(int site);
    }

    /** Goes through the destinations that a failure concerns, each once. */
    void walk(Contingency failure, FailureSweep.Components parts, Finder finder) {
        epoch++;
        for (int site : failure.sites()) {
            gone[site] = epoch;
        }
        for (int link : failure.links()) {
            lost[link] = epoch;
        }
        if (gone[source] == epoch) {
            return;
        }
        if (contains(failure.dead(), source)) {
            everythingHeld(finder);
            return;
        }
        markBelow(failure);
        if (reroute) {
            recompute(failure);
        }
        markStopped(failure);
        report(failure, parts, finder);
    }

    private static boolean contains(int[] sites, int site) {
        for (int one : sites) {
            if (one == site) {
                return true;
            }
        }
        return false;
    }

    private void everythingHeld(Finder finder) {
        for (int at = 1; at < last[source]; at++) {
            if (gone[order[at]] != epoch) {
                finder.held(order[at], true);
            }
        }
    }

    /** Marks what lies below failed links and sites, failed sites included. */
    private void markBelow(Contingency failure) {
        for (int link : failure.links()) {
            for (int at = linkStarts[link]; at < linkStarts[link + 1]; at++) {
                mark(below, linkChildren[at], 0);
            }
        }
        for (int site : failure.sites()) {
            if (tree.reaches(site)) {
                mark(below, site, 0);
            }
        }
    }

    /** Marks a site and all below it; {@code skip} 1 leaves the site itself out. Below a marked site all is marked. */
    private void mark(int[] marks, int top, int skip) {
        if (marks[top] == epoch) {
            return;
        }
        for (int at = first[top] + skip; at < last[top]; at++) {
            marks[order[at]] = epoch;
        }
    }

    private void recompute(Contingency failure) {
        eachBelow(failure, site -> {
            distance[site] = PathTree.NEVER;
            previous[site] = NONE;
        });
        eachBelow(failure, this::offerFromAround);
        int count = 0;
        while (!heap.isEmpty()) {
            int site = heap.pop();
            if (settled[site] != epoch) {
                settled[site] = epoch;
                nearestFirst[count++] = site;
                settle(site);
            }
        }
        for (int at = 0; at < count; at++) {
            choosePrevious(nearestFirst[at]);
        }
    }

    private void eachBelow(Contingency failure, IntConsumer action) {
        for (int link : failure.links()) {
            for (int at = linkStarts[link]; at < linkStarts[link + 1]; at++) {
                each(linkChildren[at], action);
            }
        }
        for (int site : failure.sites()) {
            if (tree.reaches(site)) {
                each(site, action);
            }
        }
    }

    private void each(int top, IntConsumer action) {
        for (int at = first[top]; at < last[top]; at++) {
            if (gone[order[at]] != epoch) {
                action.accept(order[at]);
            }
        }
    }

    private void offerFromAround(int site) {
        long best = PathTree.NEVER;
        for (int link : graph.linksOf(site)) {
            if (lost[link] != epoch) {
                for (int near : graph.members(link)) {
                    if (below[near] != epoch && tree.reaches(near)) {
                        best = Math.min(best, tree.distance(near) + graph.weight(link));
                    }
                }
            }
        }
        if (best < distance[site]) {
            distance[site] = best;
            heap.push(best, site);
        }
    }

    private void settle(int site) {
        for (int link : graph.linksOf(site)) {
            if (lost[link] != epoch) {
                long through = distance[site] + graph.weight(link);
                for (int near : graph.members(link)) {
                    if (below[near] == epoch && gone[near] != epoch && through < distance[near]) {
                        distance[near] = through;
                        heap.push(through, near);
                    }
                }
            }
        }
    }

    private long distanceNow(int site) {
        return below[site] == epoch ? gone[site] == epoch ? PathTree.NEVER : distance[site] : tree.distance(site);
    }

    private void choosePrevious(int site) {
        int lowest = Integer.MAX_VALUE;
        for (int link : graph.linksOf(site)) {
            if (lost[link] != epoch) {
                for (int near : graph.members(link)) {
                    long there = distanceNow(near);
                    if (near < lowest && there != PathTree.NEVER && there + graph.weight(link) == distance[site]) {
                        lowest = near;
                    }
                }
            }
        }
        previous[site] = lowest;
        boolean differs = lowest != tree.previous(site) || below[lowest] == epoch && moved[lowest] == epoch;
        moved[site] = differs ? epoch : 0;
    }

    /** Marks sites behind a mandatory stop without a living hub, on the paths that held before the failure. */
    private void markStopped(Contingency failure) {
        for (int site : failure.dead()) {
            if (mandatory[site] && tree.reaches(site)) {
                mark(stopped, site, 1);
            }
        }
    }

    private void report(Contingency failure, FailureSweep.Components parts, Finder finder) {
        eachConcerned(failure, site -> {
            if (reported[site] == epoch || site == source || gone[site] == epoch) {
                return;
            }
            reported[site] = epoch;
            if (anyPath) {
                reportJoined(site, failure, parts, finder);
                return;
            }
            boolean dead = contains(failure.dead(), site);
            boolean rerouted = reroute && below[site] == epoch && distance[site] != PathTree.NEVER;
            boolean cut = below[site] == epoch && !rerouted;
            boolean behind = rerouted ? newWayStops(site, failure) : stopped[site] == epoch;
            if (dead || cut || behind) {
                finder.held(site, dead || (reroute ? cut : !parts.joined(failure, source, site)));
            } else if (rerouted && moved[site] == epoch) {
                finder.moved(site, graph.hops(distance[site]) - graph.hops(tree.distance(site)));
            } else if (everySite && failure.dead().length > 0 && passes(site, failure)) {
                finder.passedOver(site);
            }
        });
    }

    /** Under {@code anyPath} the network itself goes round failures, so what counts is who is left joined to the source. */
    private void reportJoined(int site, Contingency failure, FailureSweep.Components parts, Finder finder) {
        boolean cut = contains(failure.dead(), site) || !parts.joined(failure, source, site);
        boolean stuck = cut;
        boolean passed = false;
        for (int at = tree.previous(site); at >= 0 && at != source; at = tree.previous(at)) {
            boolean silent = hubs[at] && (contains(failure.dead(), at) || !parts.joined(failure, source, at));
            stuck |= silent && mandatory[at];
            passed |= silent;
        }
        if (stuck) {
            finder.held(site, cut);
        } else if (passed && everySite) {
            finder.passedOver(site);
        }
    }

    private void eachConcerned(Contingency failure, IntConsumer action) {
        eachBelow(failure, action);
        for (int site : failure.dead()) {
            if (tree.reaches(site)) {
                each(site, action);
            }
        }
    }

    private int previousNow(int site) {
        return reroute && below[site] == epoch ? previous[site] : tree.previous(site);
    }

    private boolean newWayStops(int site, Contingency failure) {
        if (failure.dead().length == 0) {
            return false;
        }
        for (int at = previousNow(site); at >= 0; at = previousNow(at)) {
            if (at != source && mandatory[at] && contains(failure.dead(), at)) {
                return true;
            }
        }
        return false;
    }

    private boolean passes(int site, Contingency failure) {
        for (int at = previousNow(site); at >= 0; at = previousNow(at)) {
            if (at != source && contains(failure.dead(), at)) {
                return true;
            }
        }
        return false;
    }
}
