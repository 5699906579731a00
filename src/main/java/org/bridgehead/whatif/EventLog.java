package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.TransportId;

/** Keeps the tracking events. One thread. */
final class EventLog implements Observer {
    private final List<TrackingEvent> all = new ArrayList<>();
    private final Map<TransportId, List<TrackingEvent>> byMessage = new LinkedHashMap<>();

    @Override
    public void tracked(TrackingEvent event) {
        all.add(event);
        byMessage.computeIfAbsent(event.transportId(), id -> new ArrayList<>()).add(event);
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
