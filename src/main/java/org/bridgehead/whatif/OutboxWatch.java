package org.bridgehead.whatif;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Watches Outboxes: a letter leaves only when a hub has just said that it took it, or its sender is told that none will,
 * and in the end none is left where there is a hub. One thread.
 */
final class OutboxWatch {
    private final List<Violation> violations;
    private final Set<String> waiting = new LinkedHashSet<>();

    OutboxWatch(List<Violation> violations) {
        this.violations = violations;
    }

    void stays(String server, long number) {
        waiting.add(name(server, number));
    }

    void left(String server, long number, boolean accounted) {
        if (!waiting.remove(name(server, number)) || !accounted) {
            violations.add(new Violation(
                    "nothing leaves an Outbox untaken",
                    name(server, number) + " left, and no hub has said that it took it, nor is its sender told"));
        }
    }

    /** Everything was mended long ago. */
    void ended(List<String> overdue) {
        overdue.forEach(server -> violations.add(new Violation(
                "Outboxes are empty in the end", waiting.size() + " letters wait, some of them with " + server)));
    }

    private static String name(String server, long number) {
        return server + " letter " + number;
    }
}
