package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** Why a path is another one after an edit: what was edited, and which rule of BEHAVIOUR 1.2 decides now. */
final class EditReasons {
    private final Topology before;
    private final Topology after;
    private final Metric metric;
    /** The links of each site after the edit. */
    private final SortedMap<String, List<SiteLink>> linksOf = Names.map();

    /** What is to blame, and a sentence about the pair. */
    record Reason(String cause, String why) {}

    EditReasons(Topology before, Topology after) {
        this.before = before;
        this.after = after;
        this.metric = after.settings().routing().metric();
        if (before != after) {
            for (SiteLink link : after.links().values()) {
                link.sites()
                        .forEach(site -> linksOf.computeIfAbsent(site, name -> new ArrayList<>())
                                .add(link));
            }
        }
    }

    /** {@code 3 hops, cost 80}. */
    static String figures(SitePath path) {
        return path.hops() + (path.hops() == 1 ? " hop" : " hops") + ", cost " + path.cost();
    }

    /** No way is left. */
    Reason gone(SitePath old) {
        String cause = cause(List.of(old));
        return new Reason(cause, cause + "; no way is left from " + old.source() + " to " + old.destination());
    }

    /** There is a way where none was. */
    Reason joined(SitePath now) {
        String cause = cause(List.of(now));
        return new Reason(cause, cause + "; a way exists now: " + figures(now));
    }

    /** There is another way. */
    Reason moved(SitePath old, SitePath now) {
        String cause = cause(List.of(old, now));
        return new Reason(
                cause,
                cause + "; "
                        + same(old)
                                .map(way -> compared(now, way))
                                .orElse("the way before is gone, now the best is " + figures(now)));
    }

    private String compared(SitePath now, SitePath old) {
        String hops = now.hops() + " hops against " + old.hops();
        String cost = "cost " + now.cost() + " against " + old.cost();
        boolean hopsDiffer = now.hops() != old.hops();
        boolean costDiffers = now.cost() != old.cost();
        if (metric == Metric.HOPS ? hopsDiffer : !costDiffers && hopsDiffer) {
            return hops + " on the way before" + (costDiffers ? "" : " at equal cost");
        }
        if (costDiffers) {
            return cost + " on the way before" + (hopsDiffer ? "" : " with equal hops");
        }
        return "equal in hops and cost to the way before, so the names decide, from the destination back: "
                + firstDifference(now, old);
    }

    private static String firstDifference(SitePath winner, SitePath loser) {
        int back = 1;
        while (Names.same(fromEnd(winner, back), fromEnd(loser, back))) {
            back++;
        }
        return fromEnd(winner, back) + " comes before " + fromEnd(loser, back);
    }

    private static String fromEnd(SitePath path, int back) {
        return path.sites().get(path.sites().size() - back);
    }

    /** The old way with the costs of today; empty when it does not exist any more. */
    private Optional<SitePath> same(SitePath old) {
        List<String> links = new ArrayList<>();
        long cost = 0;
        for (int at = 1; at < old.sites().size(); at++) {
            Optional<SiteLink> link = best(old.sites().get(at - 1), old.sites().get(at));
            if (link.isEmpty()) {
                return Optional.empty();
            }
            links.add(link.get().name());
            cost += link.get().mailCost();
        }
        return Optional.of(new SitePath(old.sites(), links, cost));
    }

    private Optional<SiteLink> best(String one, String other) {
        SiteLink best = null;
        for (SiteLink link : linksOf.getOrDefault(one, List.of())) {
            boolean joins = link.sites().stream().anyMatch(site -> Names.same(site, other));
            if (joins && (best == null || link.mailCost() < best.mailCost())) {
                best = link;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The first edit that concerns the paths. */
    private String cause(List<SitePath> paths) {
        return paths.stream()
                .flatMap(path -> path.links().stream())
                .flatMap(link -> edit(link).stream())
                .findFirst()
                .or(() -> paths.stream()
                        .flatMap(path -> path.sites().stream())
                        .filter(site -> after.site(site).isEmpty())
                        .map(site -> "site " + site + " is removed")
                        .findFirst())
                .orElseGet(this::general);
    }

    /** What was edited of a link. */
    private Optional<String> edit(String name) {
        SiteLink old = before.links().get(name);
        SiteLink now = after.links().get(name);
        if (old == null || now == null) {
            return Optional.of("link " + name + (old == null ? " is added" : " is removed"));
        }
        if (old.mailCost() != now.mailCost()) {
            return Optional.of("link " + name + " costs " + now.mailCost() + " instead of " + old.mailCost());
        }
        return sites(old).equals(sites(now)) ? Optional.empty() : Optional.of("link " + name + " joins other sites");
    }

    private static TreeSet<String> sites(SiteLink link) {
        TreeSet<String> sites = Names.set();
        sites.addAll(link.sites());
        return sites;
    }

    private String general() {
        Metric old = before.settings().routing().metric();
        return old == metric
                ? "the topology is another one"
                : "the metric is " + metric.keyword() + " instead of " + old.keyword();
    }
}
