package org.bridgehead.core.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;

/**
 * Compares what happened in two worlds that played the same scenario (DECISIONS 6.3): for each message (by Message-ID),
 * recipient and server the ordered list of events. Not compared: times, numbers and identities that each world gives by
 * itself, words behind an enhanced status, and the octets of delivery and journal reports, which a simulation does not write. Reports
 * are matched by who reports on what, messages that were given a Message-ID by who took them in which order. Pure.
 */
public final class EventComparison {
    /**
     * A story that the two worlds tell differently.
     *
     * @param subject message, recipient and server
     * @param one its events in the first world, as lines
     * @param other its events in the second world
     */
    public record Difference(String subject, List<String> one, List<String> other) {
        /** Copies the lists. */
        public Difference {
            one = List.copyOf(one);
            other = List.copyOf(other);
        }

        /** Both stories in one: common lines behind two blanks, those of one world behind {@code -} or {@code +}. */
        @Override
        public String toString() {
            return subject + "\n"
                    + new LineComparison(one, other)
                            .lines().stream().map(line -> "    " + line).collect(Collectors.joining("\n"));
        }
    }

    /** A reply code may stand before the status and words behind it; the status is what counts. */
    private static final Pattern STATUS_AND_WORDS =
            Pattern.compile("(?:[245]\\d\\d )?\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b.*");

    private final Map<String, String> reports = new TreeMap<>();
    private final Map<String, String> unnamed = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, List<String>> stories = new TreeMap<>();

    private EventComparison(List<TrackingEvent> events) {
        events.forEach(this::name);
        events.forEach(this::tell);
    }

    /** Message-IDs that a server made contain identities of its world. */
    private void name(TrackingEvent event) {
        String text = event.messageId().text();
        if (event.tellsOfReport()) {
            reports.put(text, numbered(event.reason() + " by " + event.server()));
        } else if (event.event() == Kind.RECEIVE
                && text.startsWith("<" + event.transportId() + "@")
                && !unnamed.containsKey(text)
                && !reports.containsKey(text)) {
            unnamed.put(text, numbered("without Message-ID, taken by " + event.server()));
        }
    }

    private String numbered(String what) {
        return what + " no. " + counts.merge(what, 1, Integer::sum);
    }

    /** The stories that differ, in the order of their subjects; empty = the worlds agree. */
    public static List<Difference> between(List<TrackingEvent> one, List<TrackingEvent> other) {
        Map<String, List<String>> first = new EventComparison(one).stories;
        Map<String, List<String>> second = new EventComparison(other).stories;
        TreeSet<String> subjects = new TreeSet<>(first.keySet());
        subjects.addAll(second.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String subject : subjects) {
            Difference both = new Difference(
                    subject, first.getOrDefault(subject, List.of()), second.getOrDefault(subject, List.of()));
            if (!both.one().equals(both.other())) {
                differences.add(both);
            }
        }
        return differences;
    }

    /** The differences for people. */
    public static String text(List<Difference> differences) {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }

    private void tell(TrackingEvent event) {
        String text = event.messageId().text();
        String message = reports.getOrDefault(text, unnamed.getOrDefault(text, text));
        List<String> recipients =
                event.recipients().stream().map(EmailAddress::key).toList();
        for (String recipient : recipients.isEmpty() ? List.of("(nobody)") : recipients) {
            stories.computeIfAbsent(
                            message + " to " + recipient + " at " + event.server(), subject -> new ArrayList<>())
                    .add(line(event));
        }
    }

    private String line(TrackingEvent event) {
        boolean report = reports.containsKey(event.messageId().text());
        return event.event() + " " + event.source() + " in " + event.site().orElse("(edge)") + " from "
                + event.sender().map(EmailAddress::key).orElse("<>") + " to "
                + event.nextHop().orElse("-") + " hop " + event.hop() + " "
                + (report ? "(report)" : event.bytes() + " octets") + " [" + withoutWords(event.status()) + "] "
                + withoutWords(event.reason());
    }

    private static String withoutWords(String text) {
        return STATUS_AND_WORDS.matcher(text).replaceFirst("$1");
    }
}
