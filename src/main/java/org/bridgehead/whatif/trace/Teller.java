package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Server;
import org.bridgehead.whatif.trace.Chapter.Line;
import org.bridgehead.whatif.trace.Chapter.Tone;

/** Puts tracking events into words, with the grounds of what was decided. */
final class Teller {
    /** Lines of one kind in one chapter before the rest is counted only. */
    private static final int SHOWN = 5;

    /** What the log says before the name of a server that a message came from. */
    private static final String SERVER = "server ";

    private final Trace trace;
    private final Grounds grounds;

    Teller(Trace trace, Grounds grounds) {
        this.trace = trace;
        this.grounds = grounds;
    }

    /**
     * The lines of one chapter.
     *
     * @param events of one visit at one instant
     * @param isFirst whether the visit begins with an event
     */
    List<Line> lines(List<TrackingEvent> events, Predicate<TrackingEvent> isFirst) {
        List<Line> lines = new ArrayList<>();
        Set<Kind> done = new LinkedHashSet<>();
        if (!isFirst.test(events.get(0)) && events.get(0).event() == Kind.SEND) {
            lines.add(Line.of(Tone.TAKEN, "tries again"));
        }
        for (TrackingEvent event : events) {
            if (isListed(event.event())) {
                if (done.add(event.event())) {
                    listed(
                            lines,
                            events.stream()
                                    .filter(other -> other.event() == event.event())
                                    .toList());
                }
            } else {
                lines.add(line(event));
            }
        }
        return lines;
    }

    private static boolean isListed(Kind kind) {
        return kind == Kind.RESOLVE
                || kind == Kind.DUPLICATEEXPAND
                || kind == Kind.DUPLICATEREDIRECT
                || kind == Kind.REDIRECT
                || kind == Kind.EXPAND;
    }

    private static void listed(List<Line> lines, List<TrackingEvent> events) {
        int shown = events.size() > SHOWN + 1 ? SHOWN : events.size();
        events.subList(0, shown).forEach(event -> lines.add(Line.of(Tone.DECIDED, listed(event))));
        if (shown < events.size()) {
            lines.add(Line.of(Tone.DECIDED, "… and " + (events.size() - shown) + " more of that kind"));
        }
    }

    private static String listed(TrackingEvent event) {
        String who = Words.people(event.recipients());
        return switch (event.event()) {
            case RESOLVE -> who + " " + event.reason();
            case REDIRECT -> who + " is forwarded " + event.reason();
            case EXPAND -> "expands the group " + event.reason() + " (" + who + ")";
            default -> who + " is met again, one copy is enough: " + event.reason();
        };
    }

    private Line line(TrackingEvent event) {
        String who = Words.people(event.recipients());
        return switch (event.event()) {
            case RECEIVE -> Line.of(Tone.TAKEN, "takes it from " + source(event) + ", for " + who);
            case DUPLICATERECEIVE ->
                Line.of(Tone.DECIDED, "is handed it once more, for " + who + ", and has it: one copy is enough");
            case SUBMIT ->
                Line.of(Tone.SENT, "hands it in at " + event.nextHop().orElse("a hub") + ", for " + who);
            case TRANSFER -> Line.of(Tone.DECIDED, "splits it: " + event.reason());
            case SEND -> sent(event);
            case DELIVER ->
                Line.of(Tone.DELIVERED, "delivers to " + event.nextHop().orElse("the mailbox server") + ": " + who);
            case DEFER -> waits(event);
            case FAIL ->
                Line.of(
                        Tone.FAILED,
                        "gives up " + who + ": " + event.status() + " " + event.reason()
                                + event.nextHop()
                                        .map(by -> " (said " + by + ")")
                                        .orElse(""));
            case DSN -> Line.of(Tone.REPORTED, "writes to " + who + ": " + event.reason());
            case RESUBMIT -> Line.of(Tone.DECIDED, "takes " + who + " up again: " + event.reason());
            case AGENTINFO -> Line.of(Tone.DECIDED, "for " + who + ": " + event.reason());
            case DROP -> Line.of(Tone.DECIDED, "drops " + who + ": " + event.reason());
            default -> Line.of(Tone.DECIDED, event.event() + " " + who + " " + event.reason());
        };
    }

    private static String source(TrackingEvent received) {
        return received.reason().startsWith(SERVER)
                ? received.reason().substring(SERVER.length())
                : received.sender().map(EmailAddress::toString).orElse("a client");
    }

    private Line sent(TrackingEvent event) {
        String next = event.nextHop().orElse("?");
        Optional<Server> server =
                grounds.circumstances().routes(event.time()).topology().server(next);
        List<String> because = new ArrayList<>();
        var destinations = grounds.byDestination(event);
        boolean first = true;
        for (var group : destinations.entrySet()) {
            Optional<Course> course = grounds.course(event, group.getValue().get(0));
            if (course.isEmpty() || because.size() > SHOWN) {
                continue;
            }
            because.add(goal(group.getValue(), course.get()));
            because.addAll(rest(course.get()));
            if (first) {
                because.addAll(grounds.whyThere(event, course.get()));
            }
            first = false;
        }
        String place = server.map(its -> its.site()
                        .map(site -> " in " + site)
                        .or(() -> its.subscribedSite().map(site -> " at the edge of " + site))
                        .orElse(""))
                .orElse(" outside");
        return new Line(
                Tone.SENT, "hands it to " + next + place + ", for " + Words.people(event.recipients()), because);
    }

    private String goal(List<EmailAddress> whose, Course course) {
        List<String> why = grounds.why(course);
        String to = Words.people(whose) + " to " + course.destination();
        return why.isEmpty() ? to : to + " " + why.get(0);
    }

    private List<String> rest(Course course) {
        List<String> why = grounds.why(course);
        return why.isEmpty() ? why : why.subList(1, why.size());
    }

    private Line waits(TrackingEvent event) {
        List<String> because = new ArrayList<>();
        for (var group : grounds.byDestination(event).entrySet()) {
            Optional<Course> course = grounds.course(event, group.getValue().get(0));
            course.filter(its -> !grounds.why(its).isEmpty()).ifPresent(its -> {
                because.add(goal(group.getValue(), its));
                because.addAll(rest(its));
            });
        }
        return new Line(
                Tone.WAITS,
                "keeps " + Words.people(event.recipients())
                        + event.nextHop().map(queue -> " in queue " + queue).orElse("") + ": " + event.status() + " "
                        + event.reason(),
                because);
    }

    /** Says that attempts ended as the first one. */
    String again(int times, Instant last) {
        return "tries " + Words.count(times, "more time", "more times") + ", the last at "
                + Words.clock(trace.plan().start(), last) + ": no change";
    }
}
