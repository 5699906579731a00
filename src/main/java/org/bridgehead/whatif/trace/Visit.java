package org.bridgehead.whatif.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.Names;

/**
 * A message, or a copy of it, on one server: one entry of that server's spool.
 *
 * @param server name of the server
 * @param site its site; empty on an edge
 * @param message identity in the organisation
 * @param hop how many servers have handled it, this one included
 * @param events there, in the order of the log; at least one
 * @param from index of the visit it came from, among all; empty = handed in from outside, or made here
 */
public record Visit(
        String server,
        Optional<String> site,
        TransportId message,
        int hop,
        List<TrackingEvent> events,
        OptionalInt from) {
    /** Copies the list. */
    public Visit {
        events = List.copyOf(events);
    }

    /** Its first event. */
    public TrackingEvent first() {
        return events.get(0);
    }

    /**
     * The visits that a log tells of, causes before effects: by time, then by hop, then as in the log, in which servers
     * of one instant stand in no particular order.
     */
    public static List<Visit> of(List<TrackingEvent> log) {
        Map<String, List<TrackingEvent>> byEntry = new LinkedHashMap<>();
        for (TrackingEvent event : log) {
            String entry = event.server() + "/" + event.internalId();
            byEntry.computeIfAbsent(entry, key -> new ArrayList<>()).add(event);
        }
        List<List<TrackingEvent>> sorted = new ArrayList<>(byEntry.values());
        sorted.sort(Comparator.<List<TrackingEvent>, java.time.Instant>comparing(
                        events -> events.get(0).time())
                .thenComparing(events -> events.get(0).hop()));
        List<Visit> visits = new ArrayList<>();
        for (List<TrackingEvent> events : sorted) {
            TrackingEvent first = events.get(0);
            visits.add(new Visit(
                    first.server(), first.site(), first.transportId(), first.hop(), events, sender(visits, first)));
        }
        return visits;
    }

    /** Which visit sent what this event received. */
    private static OptionalInt sender(List<Visit> visits, TrackingEvent received) {
        for (int i = 0; i < visits.size(); i++) {
            Visit visit = visits.get(i);
            boolean sent = visit.hop() == received.hop() - 1
                    && visit.message().equals(received.transportId())
                    && visit.events().stream().anyMatch(event -> isSending(event, received));
            if (sent) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isSending(TrackingEvent event, TrackingEvent received) {
        return event.event() == Kind.SEND
                && !event.time().isBefore(received.time())
                && event.nextHop()
                        .filter(next -> Names.same(next, received.server()))
                        .isPresent()
                && event.recipients().containsAll(received.recipients());
    }
}
