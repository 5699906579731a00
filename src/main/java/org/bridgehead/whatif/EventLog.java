package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.TransportId;

/** Keeps the tracking events, and passes on what is seen. One thread. */
final class EventLog implements Observer.Before {
    private final List<TrackingEvent> all = new ArrayList<>();
    private final TreeMap<TransportId, List<TrackingEvent>> byMessage = new TreeMap<>();
    private final Observer next;

    EventLog(Observer next) {
        this.next = next;
    }

    @Override
    public Observer next() {
        return next;
    }

    @Override
    public void tracked(TrackingEvent event) {
        all.add(event);
        byMessage.computeIfAbsent(event.transportId(), id -> new ArrayList<>()).add(event);
        next.tracked(event);
    }

    /** All events so far; a view. */
    List<TrackingEvent> all() {
        return Collections.unmodifiableList(all);
    }

    /** The events of one message so far; a view. */
    List<TrackingEvent> of(TransportId id) {
        return Collections.unmodifiableList(byMessage.getOrDefault(id, List.of()));
    }
}
