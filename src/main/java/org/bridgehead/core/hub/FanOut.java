package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.Names;

/**
 * Delayed fan-out under direct relay (BEHAVIOUR 1.5): recipients whose paths begin alike share one copy as far as the
 * last site they have in common, or the last one before it that has a hub. From there each goes its own way. Where
 * nobody answers at the fork, every copy goes on by itself.
 *
 * <p>Under {@code everySite} the next site is the first candidate anyway, and recipients share it without this.
 */
final class FanOut {
    private FanOut() {}

    /**
     * The same next hops, some of them with a fork as first candidate.
     *
     * @param hops under direct relay: candidates are the sites with hubs from the target back towards here
     */
    static List<NextHop> delayed(List<NextHop> hops) {
        TreeMap<String, NextHop.Sites> targets = Names.map();
        for (NextHop hop : hops) {
            if (hop instanceof NextHop.Sites sites) {
                targets.putIfAbsent(sites.candidates().get(0), sites);
            }
        }
        TreeMap<String, String> forks = Names.map();
        find(List.copyOf(targets.values()), 0, forks);
        return hops.stream().map(hop -> by(hop, forks)).toList();
    }

    /**
     * Paths from one source form a tree, so those that share their site at {@code depth} share all before it.
     *
     * @param forks target site to fork site, filled
     */
    private static void find(List<NextHop.Sites> sharing, int depth, Map<String, String> forks) {
        Map<String, List<NextHop.Sites>> branches = new LinkedHashMap<>();
        for (NextHop.Sites hop : sharing) {
            String branch = depth < hop.candidates().size() ? onPath(hop, depth) : "";
            branches.computeIfAbsent(branch, site -> new ArrayList<>()).add(hop);
        }
        if (depth > 0 && branches.size() > 1) {
            String fork = onPath(sharing.get(0), depth - 1);
            sharing.forEach(hop -> forks.put(hop.candidates().get(0), fork));
            return;
        }
        branches.forEach((site, hops) -> {
            if (hops.size() > 1 && !site.isEmpty()) {
                find(hops, depth + 1, forks);
            }
        });
    }

    private static String onPath(NextHop.Sites hop, int depth) {
        return hop.candidates().get(hop.candidates().size() - 1 - depth);
    }

    private static NextHop by(NextHop hop, Map<String, String> forks) {
        if (!(hop instanceof NextHop.Sites sites)
                || !forks.containsKey(sites.candidates().get(0))) {
            return hop;
        }
        String fork = forks.get(sites.candidates().get(0));
        List<String> candidates = new ArrayList<>(sites.candidates());
        candidates.removeIf(site -> Names.same(site, fork));
        candidates.addAll(0, Collections.singletonList(fork));
        return new NextHop.Sites(candidates, sites.destination());
    }
}
