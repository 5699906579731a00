package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Adds a link under its present number. */
    void put(Link link) {
        byId.put(link.id().value(), link);
        byQueue.computeIfAbsent(link.queue(), queue -> new ArrayList<>(2)).add(link);
    }

    void remove(Link link) {
        byId.remove(link.id().value());
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

    int size() {
        return byId.size();
    }
}
