package org.bridgehead.junit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.engine.MailOrganization;
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
            lines.addAll(lines(organization.tracking().events().stream()
                    .filter(event -> messages.contains(event.transportId()))
                    .toList()));
        }
        List<String> waiting = waiting(organization);
        if (!waiting.isEmpty()) {
            lines.add("What waits, at " + organization.clock().now() + ":");
            waiting.forEach(line -> lines.add("  " + line));
        }
        return String.join("\n", lines);
    }

    /** Events as lines. */
    static String of(List<TrackingEvent> events) {
        return events.isEmpty() ? "Nothing happened." : "What happened:\n" + String.join("\n", lines(events));
    }

    private static List<String> lines(List<TrackingEvent> events) {
        List<String> lines =
                events.stream().limit(EVENTS).map(Story::line).collect(Collectors.toCollection(ArrayList::new));
        if (events.size() > EVENTS) {
            lines.add("  … and " + (events.size() - EVENTS) + " more");
        }
        return lines;
    }

    private static String line(TrackingEvent event) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "  %s  %-15s %s%s  %s > %s",
                event.time(),
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
