package org.bridgehead.whatif;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;

/** The way of one message to one recipient, read from the tracking log alone. */
final class Journey {
    private final List<TrackingEvent> events;

    /** Reads the events of one message, in the order of the log. */
    Journey(List<TrackingEvent> events) {
        this.events = events;
    }

    /** The servers that handled it, first one first; empty when nobody handled it for that recipient. */
    List<String> to(EmailAddress recipient) {
        ArrayDeque<String> servers = new ArrayDeque<>();
        Optional<TrackingEvent> last = last(recipient);
        int hop = last.map(TrackingEvent::hop).orElse(0);
        Optional<String> server = last.map(TrackingEvent::server);
        while (server.isPresent() && hop > 0) {
            servers.addFirst(server.get());
            server = before(server.get(), --hop, recipient).map(TrackingEvent::server);
        }
        return List.copyOf(servers);
    }

    /** Where it got furthest: delivered, or the last server that had it. */
    private Optional<TrackingEvent> last(EmailAddress recipient) {
        Optional<TrackingEvent> best = Optional.empty();
        for (TrackingEvent event : events) {
            boolean counts = event.event() != Kind.RESOLVE
                    && event.event() != Kind.DUPLICATEEXPAND
                    && event.event() != Kind.DUPLICATEREDIRECT
                    && event.event() != Kind.DUPLICATERECEIVE
                    && event.recipients().contains(recipient);
            if (counts && (best.isEmpty() || rank(event) >= rank(best.get()))) {
                best = Optional.of(event);
            }
        }
        return best;
    }

    private static int rank(TrackingEvent event) {
        return event.event() == Kind.DELIVER ? Integer.MAX_VALUE : event.hop();
    }

    /** Who sent it to {@code server}: for that recipient, or for the group that this one came out of. */
    private Optional<TrackingEvent> before(String server, int hop, EmailAddress recipient) {
        List<TrackingEvent> sent = events.stream()
                .filter(event -> event.event() == Kind.SEND
                        && event.hop() == hop
                        && event.nextHop()
                                .filter(next -> Names.same(next, server))
                                .isPresent())
                .toList();
        return sent.stream()
                .filter(event -> event.recipients().contains(recipient))
                .findFirst()
                .or(() -> sent.stream().findFirst());
    }
}
