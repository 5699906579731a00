package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy;

/**
 * The search along a path for the site closest to its end that takes the message, one probe after the other (BEHAVIOUR
 * 1.4.5 to 1.4.8): first the end itself; when it fails, hop by hop back towards the source, or by halves. Sites without
 * a hub are passed over.
 *
 * <p>By halves (the working model, since no public text gives the sequence): while more than {@value #FEW_HOPS} hops
 * lie between the last site that answered (the source at first) and the first that failed, the site in the middle is
 * probed, or the one with a hub that is closest to it, towards the source among equals. Where it answers, the search
 * goes on behind it, else before it. What is left is tried hop by hop.
 *
 * <p>Hubs hand the message over to the first site that answers, and the search goes on from there ({@link #order()});
 * {@link #answered()} is the same search by one that only looks. As long as every site before the failure answers, both
 * end in the same site.
 *
 * <p>Immutable: each outcome of a probe gives the next state.
 */
public final class BackOffSearch {
    /** Up to so many hops are tried one by one. */
    static final int FEW_HOPS = 4;

    private final Plan plan;
    /** Position of the last site that answered; the source at first. */
    private final int reached;
    /** Position of the first site behind {@code reached} that failed; behind the end at first. */
    private final int failed;
    /** Position to probe now; {@code reached} = the search is over. */
    private final int probe;

    /** What does not change: the sites of the path, and which of them have a hub. */
    private record Plan(List<String> sites, boolean[] hubs, boolean byHalves) {}

    private BackOffSearch(Plan plan, int reached, int failed) {
        this.plan = plan;
        this.reached = reached;
        this.failed = failed;
        this.probe = next();
    }

    /**
     * The search that begins in the first site.
     *
     * @param sites from the source to the end, both included
     * @param withHub those of them that have a hub
     */
    public static BackOffSearch along(List<String> sites, List<String> withHub, RoutingPolicy.BackOff how) {
        boolean[] hubs = new boolean[sites.size()];
        for (int at = 0; at < hubs.length; at++) {
            String site = sites.get(at);
            hubs[at] = withHub.stream().anyMatch(hub -> Names.same(hub, site));
        }
        Plan plan = new Plan(List.copyOf(sites), hubs, how == RoutingPolicy.BackOff.BINARY);
        return new BackOffSearch(plan, 0, sites.size());
    }

    /** The site to try now; empty when the search is over. */
    public Optional<String> probe() {
        return probe == reached ? Optional.empty() : Optional.of(plan.sites.get(probe));
    }

    /**
     * The probed site did not answer.
     *
     * @throws IllegalStateException when the search is over
     */
    public BackOffSearch failed() {
        checkOpen();
        return new BackOffSearch(plan, reached, probe);
    }

    /**
     * The probed site answered.
     *
     * @throws IllegalStateException when the search is over
     */
    public BackOffSearch answered() {
        checkOpen();
        return new BackOffSearch(plan, probe, failed);
    }

    /** The site closest to the end that is known to answer; the source when none does. */
    public String settled() {
        return plan.sites.get(reached);
    }

    /** The probes in their order as long as none answers. */
    public List<String> order() {
        List<String> order = new ArrayList<>();
        BackOffSearch state = this;
        while (state.probe != state.reached) {
            order.add(plan.sites.get(state.probe));
            state = state.failed();
        }
        return List.copyOf(order);
    }

    private void checkOpen() {
        if (probe == reached) {
            throw new IllegalStateException("nothing is left to probe behind " + settled());
        }
    }

    private int next() {
        boolean few = failed - reached <= FEW_HOPS;
        boolean fromTheEnd = failed == plan.sites.size() || few || !plan.byHalves;
        return fromTheEnd ? lastHub() : middleHub();
    }

    /** The last site with a hub before the failed one. */
    private int lastHub() {
        int at = failed - 1;
        while (at > reached && !plan.hubs[at]) {
            at--;
        }
        return at;
    }

    private int middleHub() {
        int middle = (reached + failed) / 2;
        for (int off = 0; off < failed - reached; off++) {
            if (middle - off > reached && plan.hubs[middle - off]) {
                return middle - off;
            }
            if (middle + off < failed && plan.hubs[middle + off]) {
                return middle + off;
            }
        }
        return reached;
    }
}
