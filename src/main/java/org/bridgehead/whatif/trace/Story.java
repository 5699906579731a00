package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.whatif.trace.Chapter.Line;

/**
 * What the servers did and why, in the order of cause and effect. Attempts that repeat each other are told once.
 * Immutable.
 *
 * @param visits of the messages and reports to servers
 * @param chapters in order
 */
public record Story(List<Visit> visits, List<Chapter> chapters) {
    /** Copies the lists. */
    public Story {
        visits = List.copyOf(visits);
        chapters = List.copyOf(chapters);
    }

    /** Tells what a trace found. */
    public static Story of(Trace trace) {
        List<Visit> visits = Visit.of(trace.events());
        Teller teller = new Teller(trace, new Grounds(trace.plan()));
        List<Chapter> chapters = new ArrayList<>();
        for (int i = 0; i < visits.size(); i++) {
            chapters.addAll(chapters(trace, teller, i, visits.get(i)));
        }
        // Stable: what happens at one instant keeps the order of the visits.
        chapters.sort(Comparator.comparing(Chapter::at).thenComparing(Chapter::report));
        return new Story(visits, chapters);
    }

    private static List<Chapter> chapters(Trace trace, Teller teller, int index, Visit visit) {
        Map<Instant, List<TrackingEvent>> byTime = new TreeMap<>();
        for (TrackingEvent event : visit.events()) {
            byTime.computeIfAbsent(event.time(), at -> new ArrayList<>()).add(event);
        }
        Map<Instant, Chapter> chapters = new LinkedHashMap<>();
        Repeated repeated = new Repeated();
        for (Map.Entry<Instant, List<TrackingEvent>> part : byTime.entrySet()) {
            Instant at = part.getKey();
            List<TrackingEvent> events = part.getValue();
            if (repeated.takes(events)) {
                Chapter first = Objects.requireNonNull(chapters.get(repeated.since()));
                chapters.put(repeated.since(), again(first, at, repeated.times(), teller.again(repeated.times(), at)));
            } else {
                List<Line> lines = teller.lines(events, event -> event.equals(visit.first()));
                chapters.put(
                        at,
                        new Chapter(
                                at,
                                at,
                                index,
                                visit.server(),
                                visit.site(),
                                visit.message(),
                                isReport(trace, visit),
                                visit.hop(),
                                lines));
            }
        }
        return List.copyOf(chapters.values());
    }

    /** What is none of the messages comes from nobody, or is one of them in an Outbox, where it goes by another name. */
    private static boolean isReport(Trace trace, Visit visit) {
        return !trace.messages().contains(visit.message())
                && visit.events().get(0).sender().isEmpty();
    }

    private static Chapter again(Chapter first, Instant until, int times, String words) {
        List<Line> lines = new ArrayList<>(first.lines());
        if (times > 1) {
            lines.remove(lines.size() - 1);
        }
        lines.add(Line.of(Chapter.Tone.WAITS, words));
        return new Chapter(
                first.at(),
                until,
                first.visit(),
                first.server(),
                first.site(),
                first.message(),
                first.report(),
                first.hop(),
                lines);
    }

    /** Recognises attempts that end as the one before. */
    private static final class Repeated {
        private List<String> before = List.of();
        private Instant since = Instant.EPOCH;
        private int times;

        boolean takes(List<TrackingEvent> events) {
            List<String> deferred = events.stream()
                    .filter(event -> event.event() == Kind.DEFER)
                    // The reason names the server tried last, which goes by turns.
                    .map(event -> event.recipients() + event.nextHop().orElse("") + event.status())
                    .sorted()
                    .toList();
            boolean alone = deferred.size() == events.size();
            if (alone && deferred.equals(before)) {
                times++;
                return true;
            }
            // The first attempt stands among other events of its chapter.
            before = deferred;
            since = events.get(0).time();
            times = 0;
            return false;
        }

        Instant since() {
            return since;
        }

        int times() {
            return times;
        }
    }
}
