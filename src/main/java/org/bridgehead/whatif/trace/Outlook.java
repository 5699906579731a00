package org.bridgehead.whatif.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RetrySettings;
import org.bridgehead.core.topology.Settings;

/**
 * What the future has for a recipient that waits, if nothing else happens: the plan is played on until it would be given
 * up. Immutable.
 *
 * @param attempts times of the attempts to come at the server where it waits, first one first
 * @param delayReport when the sender hears of the delay; empty = has heard, or never does
 * @param expiry when it is given up; empty = not in the time looked at
 */
public record Outlook(List<Instant> attempts, Optional<Instant> delayReport, Optional<Instant> expiry) {
    private static final Duration MARGIN = Duration.ofHours(1);

    /** Different gaps that a ladder has: glitches, transient failures, all others (BEHAVIOUR 3.2). */
    private static final int STEPS = 3;

    /** Copies the list. */
    public Outlook {
        attempts = List.copyOf(attempts);
    }

    /** The events to come after a trace, until everything that waits has been given up. */
    static List<TrackingEvent> events(Trace trace) {
        Settings settings = trace.topology().settings();
        Duration most = Stream.of(settings.retry(), settings.edgeRetry())
                .map(RetrySettings::expiration)
                .max(Duration::compareTo)
                .orElseThrow()
                .plus(MARGIN);
        Rehearsal future = new Rehearsal(trace.plan()).play().advanceBy(most);
        List<TrackingEvent> all = future.organization().log();
        return List.copyOf(all.subList(trace.events().size(), all.size()));
    }

    /**
     * Reads them for one recipient.
     *
     * @param future as {@link #events} gave it
     */
    static Outlook of(List<TrackingEvent> future, Trace.Recipient held) {
        List<Instant> attempts = new ArrayList<>();
        Optional<Instant> expiry = Optional.empty();
        Optional<Instant> report = Optional.empty();
        String message = "";
        for (TrackingEvent event : future) {
            boolean its = event.transportId().equals(held.id())
                    && event.recipients().contains(held.fate().recipient())
                    && held.server()
                            .filter(server -> Names.same(server, event.server()))
                            .isPresent();
            if (its
                    && event.event() == Kind.DEFER
                    && (attempts.isEmpty() || !last(attempts).equals(event.time()))) {
                attempts.add(event.time());
            }
            if (its && event.event() == Kind.FAIL) {
                expiry = Optional.of(event.time());
            }
            message = its ? event.messageId().text() : message;
        }
        for (TrackingEvent event : future) {
            boolean tells = event.event() == Kind.DSN
                    && event.reason().endsWith(message)
                    && !expiry.filter(end -> !event.time().isBefore(end)).isPresent();
            report = tells && !message.isEmpty() && report.isEmpty() ? Optional.of(event.time()) : report;
        }
        return new Outlook(attempts, report, expiry);
    }

    private static Instant last(List<Instant> times) {
        return times.get(times.size() - 1);
    }

    /** The ladder in words: the next attempt, then the gaps as they grow. */
    String ladder(Instant start) {
        StringBuilder out = new StringBuilder(Words.clock(start, attempts.get(0)));
        int at = 0;
        for (int step = 0; step < STEPS && at < attempts.size() - 1; step++) {
            int end = at + 1;
            while (end < attempts.size() - 1 && gap(end).equals(gap(at))) {
                end++;
            }
            boolean last = step == STEPS - 1 || end == attempts.size() - 1;
            out.append(step == 0 ? ", then every " : ", every ")
                    .append(Words.span(gap(at)))
                    .append(last ? "" : " to " + Words.clock(start, attempts.get(end)));
            at = end;
        }
        return out.toString();
    }

    private Duration gap(int at) {
        return Duration.between(attempts.get(at), attempts.get(at + 1));
    }
}
