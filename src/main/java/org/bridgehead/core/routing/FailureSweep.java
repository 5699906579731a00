package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import org.bridgehead.core.topology.Site;
import org.jspecify.annotations.Nullable;

/**
 * Failures and what each does to all pairs of sites, by the structure of the routes: see {@link FailureWalk}. Equal to
 * asking {@link Itinerary} for every pair under every failure (a property test), and faster by orders of magnitude.
 *
 * <p>Immutable and safe for any thread: work on different ranges of sources can run side by side, and is added up by
 * {@link Tally#add}. Memory: a few arrays of the graph's size per source at work, and eight numbers per failure.
 */
public final class FailureSweep {
    private final RoutingTable routes;
    private final SiteGraph graph;
    private final long[] weights;
    private final FailureWalk.Roles roles;
    private final List<Contingency> failures;

    private FailureSweep(RoutingTable routes, ToLongFunction<String> weight, List<Contingency> failures) {
        this.routes = routes;
        this.graph = routes.graph();
        this.failures = failures;
        weights = new long[graph.sites()];
        boolean[] mandatory = new boolean[graph.sites()];
        boolean[] hubs = new boolean[graph.sites()];
        for (int site = 0; site < graph.sites(); site++) {
            String name = graph.siteNames[site];
            weights[site] = weight.applyAsLong(name);
            hubs[site] = !routes.hubsOf(name).isEmpty();
            mandatory[site] = hubs[site]
                    && routes.topology().site(name).map(Site::hubSite).orElse(false);
        }
        roles = new FailureWalk.Roles(mandatory, hubs);
    }

    /**
     * A sweep over failures.
     *
     * @param weight of a site, such as its number of mailboxes; not negative
     * @param failures each a list of {@code link:}, {@code site:} and {@code server:} items; other kinds do no harm to
     *     routes
     */
    public static FailureSweep of(
            RoutingTable routes, ToLongFunction<String> weight, List<? extends Collection<String>> failures) {
        SiteGraph graph = routes.graph();
        List<Contingency> parsed = new ArrayList<>(failures.size());
        failures.forEach(down -> parsed.add(Contingency.of(parsed.size(), graph, routes, down)));
        return new FailureSweep(routes, weight, parsed);
    }

    /** Number of sources, for splitting the work. */
    public int sources() {
        return graph.sites();
    }

    /** What was counted for some of the sources. Not thread-safe. */
    public static final class Tally {
        private static final int COUNTS = 7;
        private final long[] counts;

        private Tally(int failures) {
            counts = new long[failures * COUNTS];
        }

        private void count(int failure, int what, long amount) {
            counts[failure * COUNTS + what] += amount;
        }

        private long get(int failure, int what) {
            return counts[failure * COUNTS + what];
        }

        /** Adds what was counted for other sources. */
        public void add(Tally other) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += other.counts[i];
            }
        }
    }

    private static final int CHANGED = 0;
    private static final int HELD = 1;
    private static final int CUT = 2;
    private static final int HOPS = 3;
    private static final int PASSED = 4;
    private static final int HELD_WEIGHT = 5;
    private static final int CUT_WEIGHT = 6;

    /** Nothing counted yet. */
    public Tally tally() {
        return new Tally(failures.size());
    }

    /** Counts the pairs that begin in the sources from {@code from} to before {@code to}. */
    public Tally count(int from, int to) {
        Tally tally = tally();
        Components parts = new Components(graph, failures.size());
        for (int source = from; source < to; source++) {
            FailureWalk walk = walk(source);
            for (int at = 0; at < failures.size(); at++) {
                walk.walk(failures.get(at), parts, new Counter(tally, at, source));
            }
        }
        return tally;
    }

    private FailureWalk walk(int source) {
        return new FailureWalk(graph, routes.topology().settings().routing(), source, roles);
    }

    private final class Counter implements FailureWalk.Finder {
        private final Tally tally;
        private final int failure;
        private final int source;

        Counter(Tally tally, int failure, int source) {
            this.tally = tally;
            this.failure = failure;
            this.source = source;
        }

        @Override
        public void held(int site, boolean cut) {
            long weight = weights[source] * weights[site];
            tally.count(failure, CHANGED, 1);
            tally.count(failure, HELD, 1);
            tally.count(failure, HELD_WEIGHT, weight);
            tally.count(failure, CUT, cut ? 1 : 0);
            tally.count(failure, CUT_WEIGHT, cut ? weight : 0);
        }

        @Override
        public void moved(int site, int extraHops) {
            tally.count(failure, CHANGED, 1);
            tally.count(failure, HOPS, extraHops);
        }

        @Override
        public void passedOver(int site) {
            tally.count(failure, PASSED, 1);
        }
    }

    /** The damage of each failure, in their order, from the counts for all sources. */
    public List<Damage> damages(Tally tally) {
        List<Damage> damages = new ArrayList<>(failures.size());
        for (int at = 0; at < failures.size(); at++) {
            Contingency failure = failures.get(at);
            long left = graph.sites() - (long) failure.sites().length;
            damages.add(new Damage(
                    failure.down(),
                    left * (left - 1),
                    tally.get(at, CHANGED),
                    tally.get(at, HELD),
                    tally.get(at, CUT),
                    tally.get(at, HOPS),
                    tally.get(at, PASSED),
                    tally.get(at, HELD_WEIGHT),
                    tally.get(at, CUT_WEIGHT)));
        }
        return damages;
    }

    /** All at once, in this thread. */
    public List<Damage> damages() {
        return damages(count(0, sources()));
    }

    /** For visiting the pairs that failures concern. */
    public Visits visits() {
        return new Visits();
    }

    /** Goes through failures one by one. Memory: some twenty arrays of the graph's size per source. One thread. */
    public final class Visits {
        private final @Nullable FailureWalk[] walks = new @Nullable FailureWalk[graph.sites()];
        private final Components parts = new Components(graph, failures.size());

        private Visits() {}

        /** Visits the pairs that a failure, by its place among them, concerns: sources in name order. */
        public void affected(int failure, PairVisitor visitor) {
            for (int source = 0; source < walks.length; source++) {
                FailureWalk walk = walks[source];
                if (walk == null) {
                    walk = walk(source);
                    // Of a single failure nothing is needed again, and large networks have large walks.
                    walks[source] = failures.size() > 1 ? walk : null;
                }
                walk.walk(failures.get(failure), parts, new Visit(visitor, graph.siteNames[source]));
            }
        }
    }

    private final class Visit implements FailureWalk.Finder {
        private final PairVisitor visitor;
        private final String from;

        Visit(PairVisitor visitor, String from) {
            this.visitor = visitor;
            this.from = from;
        }

        @Override
        public void held(int site, boolean cut) {
            visitor.pair(from, graph.siteNames[site], true);
        }

        @Override
        public void moved(int site, int extraHops) {
            visitor.pair(from, graph.siteNames[site], true);
        }

        @Override
        public void passedOver(int site) {
            visitor.pair(from, graph.siteNames[site], false);
        }
    }

    /** Which sites hang together without the lost parts; remembered as far as memory of fixed size allows. One thread. */
    static final class Components {
        /** Bound on what is remembered: numbers over all failures, 4 octets each. */
        private static final int KEPT = 8_000_000;

        private final SiteGraph graph;
        /** By slot: a label for each site, of the failure that owns the slot. */
        private final int[] @Nullable [] labels;

        private final int[] owners;
        private final boolean[] linkSeen;
        private final int[] open;

        Components(SiteGraph graph, int failures) {
            this.graph = graph;
            labels = new int[Math.max(1, Math.min(failures, KEPT / Math.max(1, graph.sites())))][];
            owners = new int[labels.length];
            linkSeen = new boolean[graph.links()];
            open = new int[graph.sites()];
        }

        /** Whether a way is left between two sites. */
        boolean joined(Contingency failure, int one, int other) {
            int slot = failure.number() % labels.length;
            int[] label = labels[slot];
            if (label == null || owners[slot] != failure.number()) {
                label = compute(failure);
                labels[slot] = label;
                owners[slot] = failure.number();
            }
            return label[one] == label[other];
        }

        private int[] compute(Contingency failure) {
            int[] label = new int[graph.sites()];
            Arrays.fill(linkSeen, false);
            for (int link : failure.links()) {
                linkSeen[link] = true;
            }
            int next = 1;
            for (int site : failure.sites()) {
                label[site] = next++;
            }
            for (int site = 0; site < graph.sites(); site++) {
                if (label[site] == 0) {
                    spread(label, site, next++);
                }
            }
            return label;
        }

        private void spread(int[] label, int start, int number) {
            int size = 0;
            label[start] = number;
            open[size++] = start;
            while (size > 0) {
                for (int link : graph.linksOf(open[--size])) {
                    if (!linkSeen[link]) {
                        linkSeen[link] = true;
                        for (int near : graph.members(link)) {
                            if (label[near] == 0) {
                                label[near] = number;
                                open[size++] = near;
                            }
                        }
                    }
                }
            }
        }
    }
}
