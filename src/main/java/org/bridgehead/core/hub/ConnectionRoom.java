package org.bridgehead.core.hub;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.Shares;
import org.bridgehead.core.topology.ConnectionLimits;

/**
 * Which queue may open another connection (BEHAVIOUR 3.2): as many as its next hop takes, within the limits for one next
 * hop and for the server. Next hops that do not answer never have all of the latter: half of it is for those that do. Who
 * finds no room waits for its turn. Owned by the hub's thread.
 */
final class ConnectionRoom {
    /** Copies waiting per connection being opened before another one is opened beside it. */
    private static final int BACKLOG_PER_OPENING = 10;

    private final Desk desk;
    private final Links links;
    /** Queues that found no room, the first one first. */
    private final Set<DeliveryQueue> waiting = new LinkedHashSet<>();

    ConnectionRoom(Desk desk, Links links) {
        this.desk = desk;
        this.links = links;
    }

    private ConnectionLimits limits() {
        return desk.snapshot().settings().connections();
    }

    /** The connections that a queue may have, and how its copies share them. */
    Shares shares(DeliveryQueue queue) {
        return new Shares(Math.min(queue.window().size(), limits().maxPerNextHop()), limits().byPriority());
    }

    /** Whether another connection would be used, and the next hop takes it. */
    boolean wantsMore(DeliveryQueue queue) {
        Shares shares = shares(queue);
        if (links.of(queue).size() >= shares.connections()) {
            return false;
        }
        int opening = 0;
        for (Link link : links.of(queue)) {
            if (link.state() == Link.State.OPENING && !link.isProbe()) {
                opening++;
            }
        }
        int startable = queue.startable(shares);
        return opening == 0 ? startable > 0 : startable > opening * BACKLOG_PER_OPENING;
    }

    /** Whether the server may have another connection for a queue; when not, the queue waits for it. */
    boolean has(DeliveryQueue queue) {
        int forUnknown = Math.max(1, limits().maxOutbound() / 2);
        boolean room = !isFull() && (queue.isAnswering() || links.unknown() < forUnknown);
        if (!room) {
            waiting.add(queue);
        }
        return room;
    }

    /** Takes the queue that has waited longest. */
    Optional<DeliveryQueue> next() {
        Optional<DeliveryQueue> first = waiting.stream().findFirst();
        first.ifPresent(waiting::remove);
        return first;
    }

    /** Whether the server has as many connections as it may. */
    boolean isFull() {
        return links.size() >= limits().maxOutbound();
    }

    /** How many wait. */
    int waiting() {
        return waiting.size();
    }

    /** A message was answered over a connection of a queue. */
    void answered(DeliveryQueue queue) {
        queue.window(queue.window().answered(links.of(queue).size(), limits().maxPerNextHop()));
    }

    /** A connection of a queue was not had, or broke, or its server is in trouble. */
    void refused(DeliveryQueue queue) {
        queue.window(queue.window().refused(links.of(queue).size()));
    }
}
