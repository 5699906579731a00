package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bridgehead.core.routing.FailureSweep;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Topology;

/**
 * An organisation before and after: parts that fail, settings that change, or both (DECISIONS 2.5).
 *
 * <p>Pairs are the ordered pairs of distinct sites that exist before and after, without those that begin or end in a
 * failed site. Lists of pairs are in name order. Immutable.
 *
 * @param pairs how many were compared
 * @param changed whose mail does not arrive, or arrives by other sites than before
 * @param unreachable those of {@code changed} that no way joins any more, or of which an end has hubs and none answers
 * @param passedOver whose mail arrives by the same sites but skips stops that it made before
 * @param newStops whose mail arrives by the same sites but makes stops that it did not make before
 * @param mustStop whose mail stops as before at sites that have become hub sites: while those are silent, it waits now
 * @param mayPass the reverse: whose mail may pass over sites that were hub sites before
 * @param connectors send connectors that fail, change, or are chosen for other mail than before
 * @param clusters mailbox servers in another state than before
 * @param sitesGone sites that exist only before
 * @param sitesNew sites that exist only after
 */
public record Comparison(
        long pairs,
        List<Changed> changed,
        List<Pair> unreachable,
        List<OtherStops> passedOver,
        List<OtherStops> newStops,
        List<OtherStops> mustStop,
        List<OtherStops> mayPass,
        List<ConnectorChange> connectors,
        List<ClusterState> clusters,
        List<String> sitesGone,
        List<String> sitesNew) {
    /**
     * Two sites.
     *
     * @param from source
     * @param to destination
     */
    public record Pair(String from, String to) {}

    /**
     * A pair whose mail goes another way, or nowhere.
     *
     * @param from source
     * @param to destination
     * @param before sites of the path before; empty = there was none
     * @param after sites of the path after; absent = mail does not arrive
     * @param heldAt where it waits; absent = it arrives, or comes back to its sender for its many stops (5.4.6)
     * @param cause the part or the setting to blame, the same words for all pairs that it concerns
     * @param why one sentence about this pair
     */
    public record Changed(
            String from,
            String to,
            List<String> before,
            Optional<List<String>> after,
            Optional<String> heldAt,
            String cause,
            String why) {
        /** Copies the lists. */
        public Changed {
            before = List.copyOf(before);
            after = after.map(List::copyOf);
        }
    }

    /**
     * A pair whose mail stops elsewhere on an unchanged path.
     *
     * @param from source
     * @param to destination
     * @param sites stops that were given up, or that are new, in path order
     */
    public record OtherStops(String from, String to, List<String> sites) {
        /** Copies the list. */
        public OtherStops {
            sites = List.copyOf(sites);
        }
    }

    /** Copies the lists. */
    public Comparison {
        changed = List.copyOf(changed);
        unreachable = List.copyOf(unreachable);
        passedOver = List.copyOf(passedOver);
        newStops = List.copyOf(newStops);
        mustStop = List.copyOf(mustStop);
        mayPass = List.copyOf(mayPass);
        connectors = List.copyOf(connectors);
        clusters = List.copyOf(clusters);
        sitesGone = List.copyOf(sitesGone);
        sitesNew = List.copyOf(sitesNew);
    }

    /**
     * Compares.
     *
     * @param down parts of {@code after} that have failed: {@code site:}, {@code link:}, {@code server:},
     *     {@code connector:} and {@code node:}; other kinds and unknown names change nothing
     */
    public static Comparison of(Topology before, Topology after, List<String> down) {
        return before == after ? Base.of(after).failing(down) : edited(before, after, new DownParts(after, down));
    }

    private static Comparison edited(Topology before, Topology after, DownParts down) {
        RoutingTable was = RoutingTable.of(before);
        RoutingTable is = RoutingTable.of(after);
        PairComparison pairs = new PairComparison(was, is, down);
        pairs.compareAll();
        return pairs.with(
                new ConnectorComparison(new Exits(was), new Exits(is), down, pairs.heldMail()).changes(),
                Clusters.changed(before, after, down));
    }

    /** Whether mail waits or is lost because of what changed. */
    public boolean isBad() {
        Predicate<Changed> held = pair -> pair.after().isEmpty();
        return !unreachable.isEmpty()
                || changed.stream().anyMatch(held)
                || connectors.stream().anyMatch(ConnectorChange::stopsMail)
                || clusters.stream().anyMatch(ClusterState::lost);
    }

    /** Pairs whose mail neither arrives nor waits, but comes back to its sender; part of {@link #held}. */
    public long returned() {
        return changed.stream()
                .filter(pair -> pair.after().isEmpty() && pair.heldAt().isEmpty())
                .count();
    }

    /** Pairs whose mail does not arrive; part of {@link #changed}. */
    public long held() {
        return changed.stream().filter(pair -> pair.after().isEmpty()).count();
    }

    /**
     * One topology under many failures: what does not depend on the failure is worked out once. Safe for any thread.
     */
    public static final class Base {
        private final RoutingTable routes;
        private final Exits exits;

        private Base(RoutingTable routes) {
            this.routes = routes;
            this.exits = new Exits(routes);
        }

        /** A topology in which nothing has failed. */
        public static Base of(Topology topology) {
            return new Base(RoutingTable.of(topology));
        }

        /** As {@link #of(Topology)}, with a table that exists already. */
        public static Base of(RoutingTable routes) {
            return new Base(routes);
        }

        /** The paths while nothing has failed. */
        public RoutingTable routes() {
            return routes;
        }

        /** The topology against itself with failed parts. */
        public Comparison failing(List<String> items) {
            return failingEach(List.of(items)).get(0);
        }

        /** As {@link #failing} for each failure, faster than one by one; all results are in memory at the end. */
        public List<Comparison> failingEach(List<List<String>> failures) {
            Map<PairComparison.Scope, List<Integer>> alike = new LinkedHashMap<>();
            for (int at = 0; at < failures.size(); at++) {
                alike.computeIfAbsent(PairComparison.scope(routes, down(failures.get(at))), key -> new ArrayList<>())
                        .add(at);
            }
            List<Integer> first =
                    alike.values().stream().map(same -> same.get(0)).toList();
            FailureSweep.Visits visits = FailureSweep.of(
                            routes, site -> 1, first.stream().map(failures::get).toList())
                    .visits();
            SortedMap<Integer, Comparison> results = new TreeMap<>();
            int number = 0;
            for (List<Integer> same : alike.values()) {
                PairComparison pairs = new PairComparison(routes, routes, down(failures.get(same.get(0))));
                if (pairs.mayDiffer()) {
                    visits.affected(number, (from, to, changed) -> pairs.compare(from, to));
                }
                same.forEach(at -> results.put(at, finished(pairs, down(failures.get(at)))));
                number++;
            }
            return List.copyOf(results.values());
        }

        private DownParts down(List<String> items) {
            return new DownParts(routes.topology(), items);
        }

        private Comparison finished(PairComparison pairs, DownParts down) {
            return pairs.with(
                    new ConnectorComparison(exits, exits, down, pairs.heldMail()).changes(),
                    Clusters.changed(routes.topology(), routes.topology(), down));
        }
    }
}
