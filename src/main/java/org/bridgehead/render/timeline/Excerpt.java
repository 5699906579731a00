package org.bridgehead.render.timeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.whatif.trace.Trace;

/** As much of a trace of many messages as a picture can show: one message of each course, the first that took it. */
final class Excerpt {
    /** Messages that are drawn at most. */
    private static final int MOST = 12;

    private Excerpt() {}

    /** The trace itself, or what is drawn of it. */
    static Trace of(Trace trace) {
        if (trace.messages().size() <= MOST) {
            return trace;
        }
        Map<TransportId, StringBuilder> courses = new LinkedHashMap<>();
        trace.messages().forEach(id -> courses.put(id, new StringBuilder()));
        for (TrackingEvent event : trace.events()) {
            StringBuilder course = courses.get(event.transportId());
            if (course != null) {
                course.append(event.server())
                        .append(' ')
                        .append(event.event())
                        .append(event.nextHop())
                        .append('\n');
            }
        }
        Map<String, TransportId> first = new LinkedHashMap<>();
        courses.forEach((id, course) -> first.putIfAbsent(course.toString(), id));
        return only(trace, first.values().stream().limit(MOST).toList());
    }

    private static Trace only(Trace trace, List<TransportId> chosen) {
        TreeSet<TransportId> kept = new TreeSet<>(chosen);
        TreeSet<String> names = new TreeSet<>();
        trace.events().stream()
                .filter(event -> kept.contains(event.transportId()))
                .forEach(event -> names.add(event.messageId().text()));
        trace.events().stream()
                .filter(event -> event.event() == Kind.DSN
                        && names.stream().anyMatch(name -> event.reason().endsWith(name)))
                .forEach(event -> kept.add(event.transportId()));
        List<Integer> places = new ArrayList<>();
        chosen.forEach(id -> places.add(trace.messages().indexOf(id)));
        return new Trace(
                trace.plan(),
                trace.end(),
                trace.topology(),
                trace.down(),
                chosen,
                trace.events().stream()
                        .filter(event -> kept.contains(event.transportId()))
                        .toList(),
                places.stream().map(trace.forecasts()::get).toList(),
                List.of(),
                trace.scenario());
    }
}
