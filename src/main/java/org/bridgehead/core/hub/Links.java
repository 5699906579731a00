package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.queue.DeliveryQueue;

/**
 * The outgoing connections there are, by number and by queue. Kept by the {@link Connections}; owned by the hub's
 * thread.
 */
final class Links {
    private final Numbered<Link> byId = new Numbered<>();

    private final Map<DeliveryQueue, List<Link>> byQueue = new LinkedHashMap<>();

    private int unknown;

    /** Adds a link under its present number. */
    void put(Link link) {
        byId.put(link.id().value(), link);
        unknown += isUnknown(link) ? 1 : 0;
        byQueue.computeIfAbsent(link.queue(), queue -> new ArrayList<>(2)).add(link);
    }

    void remove(Link link) {
        if (byId.remove(link.id().value()) != null && isUnknown(link)) {
            unknown--;
        }
        List<Link> own = byQueue.get(link.queue());
        if (own != null && own.remove(link) && own.isEmpty()) {
            byQueue.remove(link.queue());
        }
    }

    /**
     * The link of this number.
     *
     * @throws IllegalStateException if there is none
     */
    Link get(ConnectionId id) {
        Link link = byId.get(id.value());
        if (link == null) {
            throw new IllegalStateException("no connection " + id);
        }
        return link;
    }

    boolean contains(Link link) {
        return byId.get(link.id().value()) == link;
    }

    /** The connections of a queue in the order of opening; not to be kept. */
    List<Link> of(DeliveryQueue queue) {
        return byQueue.getOrDefault(queue, List.of());
    }

    /** All that are in a state. */
    List<Link> in(Link.State state) {
        return Lists.filter(byId.values(), link -> link.state() == state);
    }

    /** The oldest one in a state. */
    Optional<Link> firstIn(Link.State state) {
        return byId.values().stream().filter(link -> link.state() == state).findFirst();
    }

    /** A link is open now. */
    void opened(Link link, boolean reports) {
        unknown -= isUnknown(link) ? 1 : 0;
        link.open(reports);
    }

    private static boolean isUnknown(Link link) {
        return link.state() == Link.State.OPENING && link.isToUnknown();
    }

    /** How many are being opened to next hops that may not answer. */
    int unknown() {
        return unknown;
    }

    int size() {
        return byId.size();
    }
}
