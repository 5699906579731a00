package org.bridgehead.core.routing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * Sites and links as int arrays. Sites and links are numbered in name order, so the lowest name is the lowest number. A
 * link of many sites stays one link; its pairs are never spelled out, so a thousand members cost a thousand entries.
 *
 * <p>Each link weighs its cost and one hop packed into one {@code long}, the metric's first criterion in the upper part;
 * sums of weights compare exactly as (first, second) pairs do.
 */
final class SiteGraph {
    final String[] siteNames;
    final String[] linkNames;
    private final Names.Lookup<Integer> siteNumbers;
    private final long[] costs;
    private final long[] weights;
    private final int[][] members;
    private final int[][] linksOf;
    private final Metric metric;
    private final long radix;

    /** The graph without the named links and without the links' ends in the named sites. */
    SiteGraph(Topology topology, NavigableSet<String> lostLinks, NavigableSet<String> lostSites) {
        metric = topology.settings().routing().metric();
        siteNames = topology.sites().values().stream().map(site -> site.name()).toArray(String[]::new);
        SortedMap<String, Integer> numbers = Names.map();
        for (int i = 0; i < siteNames.length; i++) {
            numbers.put(siteNames[i], i);
        }
        siteNumbers = Names.Lookup.of(numbers);
        List<SiteLink> links = topology.links().values().stream()
                .filter(link -> !lostLinks.contains(link.name()))
                .toList();
        linkNames = links.stream().map(SiteLink::name).toArray(String[]::new);
        costs = links.stream().mapToLong(SiteLink::mailCost).toArray();
        members = links.stream().map(link -> numbers(link.sites(), lostSites)).toArray(int[][]::new);
        linksOf = invert(members, siteNames.length);
        radix = radixFor(costs);
        weights = new long[costs.length];
        for (int link = 0; link < costs.length; link++) {
            weights[link] = metric == Metric.HOPS ? radix + costs[link] : costs[link] * radix + 1;
        }
    }

    /** In ascending order, each once. */
    private int[] numbers(Collection<String> names, NavigableSet<String> lost) {
        int[] numbers = new int[names.size()];
        int count = 0;
        for (String name : names) {
            if (lost.isEmpty() || !lost.contains(name)) {
                numbers[count++] = site(name);
            }
        }
        Arrays.sort(numbers, 0, count);
        int distinct = 0;
        for (int at = 0; at < count; at++) {
            if (distinct == 0 || numbers[at] != numbers[distinct - 1]) {
                numbers[distinct++] = numbers[at];
            }
        }
        return Arrays.copyOf(numbers, distinct);
    }

    private static int[][] invert(int[][] members, int sites) {
        int[] counts = new int[sites];
        for (int[] link : members) {
            for (int site : link) {
                counts[site]++;
            }
        }
        int[][] linksOf = new int[sites][];
        for (int site = 0; site < sites; site++) {
            linksOf[site] = new int[counts[site]];
        }
        for (int link = members.length - 1; link >= 0; link--) {
            for (int site : members[link]) {
                linksOf[site][--counts[site]] = link;
            }
        }
        return linksOf;
    }

    /** One more than the greatest value of the second criterion on any simple path. */
    private long radixFor(long[] costs) {
        long dearest = 1;
        for (long cost : costs) {
            dearest = Math.max(dearest, cost);
        }
        long longest = siteNames.length + 1L;
        long most = Math.multiplyExact(dearest, longest);
        Math.multiplyExact(most, longest);
        return metric == Metric.HOPS ? most : longest;
    }

    /** A sum of weights divided by this is its first criterion. */
    long radix() {
        return radix;
    }

    /** The links crossed by a path of that weight. */
    int hops(long weight) {
        return (int) (metric == Metric.HOPS ? weight / radix : weight % radix);
    }

    /** The sum of link costs on a path of that weight. */
    long cost(long weight) {
        return metric == Metric.HOPS ? weight % radix : weight / radix;
    }

    int sites() {
        return siteNames.length;
    }

    int links() {
        return linkNames.length;
    }

    /** The number of the site, or -1. */
    int site(String name) {
        Integer number = siteNumbers.get(name);
        return number == null ? -1 : number;
    }

    /** Sites of a link in name order. */
    int[] members(int link) {
        return members[link];
    }

    /** Links of a site in name order. */
    int[] linksOf(int site) {
        return linksOf[site];
    }

    long weight(int link) {
        return weights[link];
    }

    /** What told a path of weight {@code winner} from another one. */
    Rule rule(long winner, long loser) {
        if (winner / radix != loser / radix) {
            return firstRule();
        }
        return winner != loser ? secondRule() : Rule.NAME;
    }

    Rule firstRule() {
        return metric == Metric.HOPS ? Rule.HOPS : Rule.COST;
    }

    Rule secondRule() {
        return metric == Metric.HOPS ? Rule.COST : Rule.HOPS;
    }

    /** The best link that joins two neighbours: the lightest, then the lowest name. */
    int linkBetween(int one, int other) {
        int best = -1;
        for (int link : linksOf[one]) {
            boolean joins = Arrays.binarySearch(members[link], other) >= 0;
            if (joins && (best < 0 || weights[link] < weights[best])) {
                best = link;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException(siteNames[one] + " and " + siteNames[other] + " share no link");
        }
        return best;
    }

    /** The weight of a path given by its sites. */
    long weightOf(int[] path) {
        long sum = 0;
        for (int i = 1; i < path.length; i++) {
            sum += weights[linkBetween(path[i - 1], path[i])];
        }
        return sum;
    }

    /** A path given by its sites, with names. */
    SitePath named(int[] path) {
        String[] sites = new String[path.length];
        String[] links = new String[path.length - 1];
        long cost = 0;
        for (int i = 0; i < path.length; i++) {
            sites[i] = siteNames[path[i]];
            if (i > 0) {
                int link = linkBetween(path[i - 1], path[i]);
                links[i - 1] = linkNames[link];
                cost += costs[link];
            }
        }
        return new SitePath(List.of(sites), List.of(links), cost);
    }
}
