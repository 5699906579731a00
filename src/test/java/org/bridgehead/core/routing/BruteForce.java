package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** The routing rules written a second time, as plainly as can be: list every simple path, sort, take the first. */
final class BruteForce {
    private final Topology topology;
    private final List<String> sites;

    /** One simple path. */
    record Path(List<String> sites, List<String> links, long cost) {}

    BruteForce(Topology topology) {
        this.topology = topology;
        this.sites = topology.sites().values().stream().map(site -> site.name()).toList();
    }

    List<String> sites() {
        return sites;
    }

    /** All simple paths, best first. */
    List<Path> paths(String from, String to) {
        List<Path> found = new ArrayList<>();
        extend(new ArrayList<>(List.of(from)), new ArrayList<>(), 0, to, found);
        found.sort(this::compare);
        return found;
    }

    private void extend(List<String> path, List<String> links, long cost, String to, List<Path> found) {
        String here = path.get(path.size() - 1);
        if (here.equals(to)) {
            found.add(new Path(List.copyOf(path), List.copyOf(links), cost));
            return;
        }
        for (String next : sites) {
            SiteLink link = path.contains(next) ? null : cheapest(here, next);
            if (link != null) {
                path.add(next);
                links.add(link.name());
                extend(path, links, cost + costOf(link), to, found);
                path.remove(path.size() - 1);
                links.remove(links.size() - 1);
            }
        }
    }

    private SiteLink cheapest(String one, String other) {
        SiteLink best = null;
        for (SiteLink link : topology.links().values()) {
            if (link.sites().contains(one) && link.sites().contains(other)) {
                if (best == null
                        || costOf(link) < costOf(best)
                        || costOf(link) == costOf(best) && compareNames(link.name(), best.name()) < 0) {
                    best = link;
                }
            }
        }
        return best;
    }

    private static long costOf(SiteLink link) {
        return link.exchangeCost().isPresent() ? link.exchangeCost().getAsInt() : link.cost();
    }

    int compare(Path one, Path other) {
        int figures = compareFigures(one, other);
        if (figures != 0) {
            return figures;
        }
        List<String> a = new ArrayList<>(one.sites());
        List<String> b = new ArrayList<>(other.sites());
        while (!a.isEmpty() && !b.isEmpty()) {
            int names = compareNames(a.remove(a.size() - 1), b.remove(b.size() - 1));
            if (names != 0) {
                return names;
            }
        }
        return 0;
    }

    int compareFigures(Path one, Path other) {
        Comparator<Path> cost = Comparator.comparing(Path::cost);
        Comparator<Path> hops = Comparator.comparing(path -> path.sites().size());
        return topology.settings().routing().metric() == Metric.COST
                ? cost.thenComparing(hops).compare(one, other)
                : hops.thenComparing(cost).compare(one, other);
    }

    /** The word for what tells two paths apart. */
    String rule(Path winner, Path loser) {
        boolean byCost = winner.cost() != loser.cost();
        boolean byHops = winner.sites().size() != loser.sites().size();
        if (topology.settings().routing().metric() == Metric.COST) {
            return byCost ? "cost" : byHops ? "hops" : "name";
        }
        return byHops ? "hops" : byCost ? "cost" : "name";
    }

    private static int compareNames(String one, String other) {
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            int difference = lower(one.charAt(i)) - lower(other.charAt(i));
            if (difference != 0) {
                return difference;
            }
        }
        return one.length() - other.length();
    }

    private static char lower(char letter) {
        return Character.toLowerCase(letter);
    }
}
