package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * The changes of one link's mail cost that lead a pair's path over a site (BEHAVIOUR 11, wish 9). Each is proved by
 * routing the changed topology, and comes with the other pairs that it moves.
 *
 * @param before the path as it is
 * @param candidates least change first, then fewest side effects; empty when no single link's cost does it
 */
public record CostSuggestion(SitePath before, List<Candidate> candidates) {
    /** Links whose cost may be changed: 1 to 99999. */
    private static final int DEAREST = 99_999;

    /** Candidates whose side effects are counted. */
    private static final int PROVED = 8;

    /** Corrections of one link's cost before it is given up. */
    private static final int ROUNDS = 12;

    /**
     * One change.
     *
     * @param link whose {@code exchangeCost} changes
     * @param oldCost mail cost before
     * @param newCost mail cost after
     * @param after the pair's path then
     * @param sideEffects other pairs whose path changes, in the order of names
     */
    public record Candidate(String link, int oldCost, int newCost, SitePath after, List<Moved> sideEffects) {
        /** Copies the list. */
        public Candidate {
            sideEffects = List.copyOf(sideEffects);
        }

        /** How far the cost moves. */
        public int change() {
            return Math.abs(newCost - oldCost);
        }
    }

    /**
     * A pair that takes another path.
     *
     * @param before the path now
     * @param after the path then
     */
    public record Moved(SitePath before, SitePath after) {}

    /** Copies the list. */
    public CostSuggestion {
        candidates = List.copyOf(candidates);
    }

    /** Whether the path goes over the site already. */
    public boolean isDone(String via) {
        return crosses(before, via);
    }

    /** Searches; empty when no path joins the pair. */
    public static Optional<CostSuggestion> of(RoutingTable routes, String from, String to, String via) {
        return routes.path(from, to).map(before -> {
            if (crosses(before, via)) {
                return new CostSuggestion(before, List.of());
            }
            return new CostSuggestion(before, new Search(routes, before, via).run());
        });
    }

    private static boolean crosses(SitePath path, String site) {
        return path.sites().stream().anyMatch(stop -> Names.same(stop, site));
    }

    /** A change that works, its side effects not yet counted. */
    private record Found(SiteLink link, int cost, SitePath after, RoutingTable routes) {
        int change() {
            return Math.abs(cost - link.mailCost());
        }
    }

    private static final class Search {
        private final RoutingTable routes;
        private final Topology topology;
        private final SitePath before;
        private final String via;

        Search(RoutingTable routes, SitePath before, String via) {
            this.routes = routes;
            this.topology = routes.topology();
            this.before = before;
            this.via = via;
        }

        List<Candidate> run() {
            Set<String> wanted = new LinkedHashSet<>();
            routes.path(before.source(), via).ifPresent(path -> wanted.addAll(path.links()));
            routes.path(via, before.destination()).ifPresent(path -> wanted.addAll(path.links()));
            List<Found> found = new ArrayList<>();
            for (String link : wanted) {
                if (!before.links().contains(link)) {
                    moved(link, -1).ifPresent(found::add);
                }
            }
            for (String link : before.links()) {
                if (!wanted.contains(link)) {
                    moved(link, 1).ifPresent(found::add);
                }
            }
            return found.stream()
                    .sorted(Comparator.comparingInt(Found::change)
                            .thenComparing(its -> its.link().name(), Names.ORDER))
                    .limit(PROVED)
                    .map(this::proved)
                    .sorted(Comparator.comparingInt(Candidate::change)
                            .thenComparing(its -> its.sideEffects().size())
                            .thenComparing(Candidate::link, Names.ORDER))
                    .toList();
        }

        /**
         * Moves one link's cost until the path crosses the site: each step as far as the way over the site still falls
         * behind, at least by one.
         */
        private Optional<Found> moved(String name, int direction) {
            SiteLink link = Objects.requireNonNull(topology.links().get(name), name);
            long cost = link.mailCost();
            SitePath path = before;
            RoutingTable now = routes;
            for (int round = 0; round < ROUNDS; round++) {
                Optional<Long> gap = gap(now, path);
                if (gap.isEmpty()) {
                    return Optional.empty();
                }
                cost += direction * Math.max(gap.get(), round == 0 ? 0 : 1);
                if (cost < 1 || cost > DEAREST) {
                    return Optional.empty();
                }
                now = RoutingTable.of(with(link, (int) cost));
                path = now.path(before.source(), before.destination()).orElseThrow();
                if (crosses(path, via)) {
                    return Optional.of(new Found(link, (int) cost, path, now));
                }
            }
            return Optional.empty();
        }

        private Optional<Long> gap(RoutingTable now, SitePath path) {
            return now.path(before.source(), via)
                    .flatMap(one -> now.path(via, before.destination()).map(two -> one.cost() + two.cost()))
                    .map(cost -> Math.max(0, cost - path.cost()));
        }

        private Topology with(SiteLink changed, int cost) {
            return topology.withGraph(
                    List.copyOf(topology.sites().values()),
                    topology.links().values().stream()
                            .map(link -> link == changed ? withCost(link, cost) : link)
                            .toList());
        }

        private static SiteLink withCost(SiteLink link, int cost) {
            return new SiteLink(
                    link.name(),
                    link.sites(),
                    link.cost(),
                    OptionalInt.of(cost),
                    link.maxMessageSize(),
                    link.bandwidth(),
                    link.latency());
        }

        private Candidate proved(Found found) {
            List<Moved> effects = new ArrayList<>();
            for (Site from : topology.sites().values()) {
                for (Site to : topology.sites().values()) {
                    Optional<SitePath> was = routes.path(from.name(), to.name());
                    Optional<SitePath> is = found.routes().path(from.name(), to.name());
                    if (was.isPresent() && is.isPresent() && moves(was.get(), is.get())) {
                        effects.add(new Moved(was.get(), is.get()));
                    }
                }
            }
            return new Candidate(found.link().name(), found.link().mailCost(), found.cost(), found.after(), effects);
        }

        private boolean moves(SitePath was, SitePath is) {
            boolean asked =
                    Names.same(was.source(), before.source()) && Names.same(was.destination(), before.destination());
            return !asked && !was.sites().equals(is.sites());
        }
    }
}
