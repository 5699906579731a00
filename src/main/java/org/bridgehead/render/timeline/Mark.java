package org.bridgehead.render.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.whatif.trace.Visit;

/**
 * Events of one visit at one instant that are shown as one sign.
 *
 * @param visit index of the visit
 * @param at when
 * @param sign what is drawn
 * @param events at least one
 * @param times attempts that ended so in a row
 * @param until when the last of them was
 */
record Mark(int visit, Instant at, Sign sign, List<TrackingEvent> events, int times, Instant until) {
    /** What is drawn, with the class it has in the style sheet. */
    enum Sign {
        TAKEN("taken"),
        SORTED("sorted"),
        SENT("sent"),
        DELIVERED("delivered"),
        WAITS("waits"),
        FAILED("failed"),
        REPORT("report"),
        AGAIN("again");

        private final String style;

        Sign(String style) {
            this.style = style;
        }

        String style() {
            return style;
        }

        private static Sign of(Kind kind) {
            return switch (kind) {
                case RECEIVE, SUBMIT -> TAKEN;
                case SEND -> SENT;
                case DELIVER, DUPLICATEDELIVER -> DELIVERED;
                case DEFER -> WAITS;
                case FAIL, POISONMESSAGE, DROP -> FAILED;
                case DSN -> REPORT;
                case RESUBMIT, REDELIVER -> AGAIN;
                default -> SORTED;
            };
        }
    }

    /** The marks of a visit in order; attempts that repeat the one before are counted in it. */
    static List<Mark> of(int index, Visit visit) {
        Map<Instant, Map<Sign, List<TrackingEvent>>> byTime = new LinkedHashMap<>();
        for (TrackingEvent event : visit.events()) {
            byTime.computeIfAbsent(event.time(), at -> new LinkedHashMap<>())
                    .computeIfAbsent(Sign.of(event.event()), sign -> new ArrayList<>())
                    .add(event);
        }
        List<Mark> marks = new ArrayList<>();
        byTime.forEach((at, bySign) -> bySign.forEach((sign, events) -> {
            Mark mark = new Mark(index, at, sign, events, 1, at);
            int last = marks.size() - 1;
            if (bySign.size() == 1 && last >= 0 && marks.get(last).isRepeatedBy(mark)) {
                Mark first = marks.get(last);
                marks.set(last, new Mark(index, first.at, sign, first.events, first.times + 1, at));
            } else {
                marks.add(mark);
            }
        }));
        return marks;
    }

    private boolean isRepeatedBy(Mark other) {
        return sign == Sign.WAITS && other.sign == Sign.WAITS && what().equals(other.what());
    }

    private List<String> what() {
        return events.stream()
                .map(event -> event.recipients() + event.nextHop().orElse("") + event.status())
                .sorted()
                .toList();
    }
}
