package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.Names;

/**
 * Which of the sites on its way a recipient goes to now, by the state of their queues (DECISIONS 2.3). The first
 * candidate is the recipient's home. Looks at the queues of the {@link Queues} that own it, and changes nothing; on the
 * hub's thread.
 */
final class SiteCandidates {
    private final Names.Index<DeliveryQueue> queues;

    /**
     * Over the queues that there are.
     *
     * @param queues live, by name
     */
    SiteCandidates(Names.Index<DeliveryQueue> queues) {
        this.queues = queues;
    }

    /** The hop whose queue the recipient waits in when nobody on its way answers. */
    static NextHop home(NextHop hop) {
        return hop instanceof NextHop.Sites sites
                ? only(sites, sites.candidates().get(0))
                : hop;
    }

    /** The first candidate whose queue does not wait for a retry; home when all do. */
    NextHop firstOpen(NextHop hop) {
        if (!(hop instanceof NextHop.Sites sites)) {
            return hop;
        }
        for (String site : sites.candidates()) {
            DeliveryQueue queue = queues.get(NextHop.Sites.queueOf(site));
            if (queue == null || queue.mayTry() || queue.isSuspended()) {
                return only(sites, site);
            }
        }
        return home(hop);
    }

    /** The next candidate behind {@code failed} that has not failed since {@code round} began. */
    Optional<NextHop.Sites> following(DeliveryQueue failed, NextHop hop, Instant round) {
        if (!(hop instanceof NextHop.Sites sites)) {
            return Optional.empty();
        }
        boolean passed = false;
        for (String site : sites.candidates()) {
            NextHop.Sites candidate = toSite(site);
            if (passed && mayTryInRound(candidate.queueName(), round)) {
                return Optional.of(candidate);
            }
            passed = passed || Names.same(candidate.queueName(), failed.name());
        }
        return Optional.empty();
    }

    private boolean mayTryInRound(String name, Instant round) {
        DeliveryQueue queue = queues.get(name);
        return queue == null
                || !queue.isSuspended()
                        && (queue.mayTry()
                                || queue.lastFailure()
                                        .filter(at -> at.isBefore(round))
                                        .isPresent());
    }

    /** The way to one of its candidates alone; most have no other. */
    private static NextHop.Sites only(NextHop.Sites sites, String site) {
        return sites.candidates().size() == 1 && sites.destination().equals(site) ? sites : toSite(site);
    }

    private static NextHop.Sites toSite(String site) {
        return new NextHop.Sites(List.of(site), site);
    }
}
