package org.bridgehead.junit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MessageHandle;
import org.bridgehead.engine.ServerHandle;

/** Tells what happened to messages, for the failure of an assertion. */
final class Story {
    private static final int EVENTS = 200;

    private Story() {}

    /** Everything about the messages that ever concerned {@code recipient}, and what waits now. */
    static String of(MailOrganization organization, EmailAddress recipient) {
        Set<TransportId> messages = new LinkedHashSet<>();
        organization.tracking().concerning(recipient).forEach(event -> messages.add(event.transportId()));
        List<String> lines = new ArrayList<>();
        if (messages.isEmpty()) {
            lines.add("No server has seen a message for " + recipient + ". Was it taken in? send(…) returns what the"
                    + " server said.");
        } else {
            lines.add("What happened to the messages for " + recipient + ":");
            lines.addAll(told(
                    new Routes(organization)::why,
                    organization.tracking().events().stream()
                            .filter(event -> messages.contains(event.transportId()))
                            .toList()));
        }
        addWaiting(organization, lines);
        return String.join("\n", lines);
    }

    /** Events as lines. */
    static String of(List<TrackingEvent> events) {
        return events.isEmpty() ? "Nothing happened." : "What happened:\n" + String.join("\n", told(event -> Optional.empty(), events));
    }

    /** Everything about one message, why it went where it went, and what waits now. */
    static String of(MessageHandle message) {
        List<String> lines = new ArrayList<>();
        List<TrackingEvent> events = message.events();
        lines.add(events.isEmpty()
                ? "No server has seen a message " + message.messageId() + "."
                : "What happened to " + message.messageId() + ":");
        lines.addAll(told(new Routes(message.organization())::why, events));
        addWaiting(message.organization(), lines);
        return String.join("\n", lines);
    }

    private static void addWaiting(MailOrganization organization, List<String> lines) {
        List<String> waiting = waiting(organization);
        if (!waiting.isEmpty()) {
            lines.add("What waits, at " + organization.clock().now() + ":");
            waiting.forEach(line -> lines.add("  " + line));
        }
        List<String> broken = broken(organization);
        if (!broken.isEmpty()) {
            lines.add("What the test has broken: " + String.join(", ", broken));
        }
    }

    /** Lost parts and servers that do not run, as {@code kind:NAME}. */
    static List<String> broken(MailOrganization organization) {
        List<String> broken = new ArrayList<>(organization.down());
        organization.servers().values().stream()
                .filter(server -> !server.isRunning())
                .map(server -> "server:" + server.name())
                .filter(item -> !broken.contains(item.replaceFirst("server:", "dc:")))
                .forEach(broken::add);
        return broken;
    }

    /** A line for each event, and why; what repeats itself is counted. */
    private static List<String> told(Function<TrackingEvent, Optional<String>> why, List<TrackingEvent> events) {
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < events.size() && lines.size() < EVENTS; at++) {
            TrackingEvent event = events.get(at);
            lines.add("  " + event.time() + "  " + words(event));
            why.apply(event).ifPresent(reason -> lines.add("      " + reason));
            int last = at;
            while (last + 1 < events.size() && words(events.get(last + 1)).equals(words(event))) {
                last++;
            }
            if (last > at) {
                lines.add("      and " + (last - at) + " more like it, the last at "
                        + events.get(last).time());
            }
            at = last;
        }
        if (lines.size() >= EVENTS) {
            lines.add("  … and so on, " + events.size() + " events in all");
        }
        return lines;
    }

    /** What an event says, its time apart. */
    private static String words(TrackingEvent event) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-15s %s%s  %s > %s",
                event.event(),
                event.server(),
                event.site().map(site -> " (" + site + ")").orElse(""),
                event.sender().map(EmailAddress::toString).orElse("<>"),
                event.recipients().stream().map(EmailAddress::toString).collect(Collectors.joining(", "))));
        event.nextHop().ifPresent(hop -> line.append("  to ").append(hop));
        add(line, event.status());
        add(line, event.reason());
        return line.toString();
    }

    private static void add(StringBuilder line, String words) {
        if (!words.isEmpty()) {
            line.append("  ").append(words);
        }
    }

    /** The queues that hold something, one line each. */
    static List<String> waiting(MailOrganization organization) {
        List<String> lines = new ArrayList<>();
        for (ServerHandle server : organization.servers().values()) {
            if (server.isRunning() && server.messages() > 0) {
                List<QueueView> queues = server.queues().stream()
                        .filter(queue -> queue.messages() > 0)
                        .toList();
                if (queues.isEmpty()) {
                    lines.add(server.name() + ": " + server.messages() + " put off for a retry of their own");
                }
                queues.forEach(queue -> lines.add(line(queue)));
            }
        }
        return lines;
    }

    private static String line(QueueView queue) {
        return queue.identity() + ": " + queue.messages() + ", " + queue.status()
                + queue.nextRetry().map(at -> ", next try " + at).orElse("")
                + (queue.lastError().isEmpty() ? "" : ", last error: " + queue.lastError());
    }
}
