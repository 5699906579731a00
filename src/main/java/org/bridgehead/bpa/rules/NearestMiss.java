package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.Topology;

/**
 * The pair whose way over a certain site is the least longer than its path.
 *
 * @param hops more than on the path; may be negative where the cost decides
 * @param cost more than on the path; may be negative where the hops decide
 */
record NearestMiss(int from, int to, long hops, long cost) {
    /** Ends around the site that are looked at: a clique of thousands has as many. */
    private static final int MOST = 100;

    static Optional<NearestMiss> of(Topology topology, Pairs pairs, int via) {
        Comparator<NearestMiss> byHops = Comparator.comparingLong(NearestMiss::hops);
        Comparator<NearestMiss> byCost = Comparator.comparingLong(NearestMiss::cost);
        Comparator<NearestMiss> order = topology.settings().routing().metric() == Metric.HOPS
                ? byHops.thenComparing(byCost)
                : byCost.thenComparing(byHops);
        SourceTree there = pairs.from(via);
        NearestMiss best = null;
        for (int from : fringe(pairs, there)) {
            SourceTree tree = pairs.from(from);
            for (int at = 1; at < tree.reached(); at++) {
                int to = tree.site(at);
                if (to != via && pairs.isEnd(to)) {
                    NearestMiss miss = new NearestMiss(
                            from,
                            to,
                            (long) there.hops(from) + there.hops(to) - tree.hops(to),
                            there.cost(from) + there.cost(to) - tree.cost(to));
                    best = best == null || order.compare(miss, best) < 0 ? miss : best;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * The first ends met on each way from the site. One of the best pair is among them: an end behind another one on
     * its way to the site can be replaced by that one, and the detour grows no longer.
     */
    private static List<Integer> fringe(Pairs pairs, SourceTree there) {
        boolean[] behind = new boolean[pairs.sites()];
        List<Integer> fringe = new ArrayList<>();
        for (int at = 1; at < there.reached(); at++) {
            int site = there.site(at);
            int before = there.previous(site);
            behind[site] = behind[before] || before != there.source() && pairs.isEnd(before);
            if (!behind[site] && pairs.isEnd(site) && fringe.size() < MOST) {
                fringe.add(site);
            }
        }
        return fringe;
    }

    /** How much longer, in words. */
    String longer() {
        if (hops == 0 && cost == 0) {
            return "as short, but loses by a site name";
        }
        String more = hops == 0 ? "" : Words.count(Math.abs(hops), "hop") + (hops > 0 ? " longer" : " shorter");
        String dearer = cost == 0 ? "" : Math.abs(cost) + (cost > 0 ? " dearer" : " cheaper");
        return more + (more.isEmpty() || dearer.isEmpty() ? "" : " and ") + dearer;
    }
}
