package org.bridgehead.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a test left behind.
 *
 * @param threads names of threads still alive
 * @param ports listeners that did not let go of their port
 * @param bugs servers that had stopped by a bug
 * @param mail mail that waits though nothing keeps it from going
 */
record Leftovers(List<String> threads, List<String> ports, List<String> bugs, List<String> mail) {
    Leftovers {
        threads = List.copyOf(threads);
        ports = List.copyOf(ports);
        bugs = List.copyOf(bugs);
        mail = List.copyOf(mail);
    }

    /** For a test that was not run to its end on purpose: its mail is nobody's fault. */
    Leftovers withoutMail() {
        return new Leftovers(threads, ports, bugs, List.of());
    }

    /** What to say about it; empty when nothing was left. */
    Optional<String> complaint(String test) {
        List<String> lines = new ArrayList<>();
        add(lines, "a server stopped by a bug", bugs);
        add(lines, "threads are still alive", threads);
        add(lines, "ports are still taken", ports);
        add(
                lines,
                "mail is still waiting (let it arrive by org.clock().advance(…), or allow it: allowUnsettled = true)",
                mail);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(test + " left something behind" + String.join("", lines));
    }

    private static void add(List<String> lines, String what, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("\n  " + what + ":");
            items.forEach(item -> lines.add("\n    " + item));
        }
    }
}
