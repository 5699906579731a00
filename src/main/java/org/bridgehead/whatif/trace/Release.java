package org.bridgehead.whatif.trace;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.whatif.Forecast.Outcome;

/**
 * What would free mail that waits, found out by trying: the plan is played again with one part after the other working
 * again, then with all of them.
 */
final class Release {
    private final Trace trace;

    Release(Trace trace) {
        this.trace = trace;
    }

    /** The end of a sentence about these recipients, who wait in one queue. */
    String words(List<Trace.Recipient> waiting) {
        List<String> enough = trace.down().stream()
                .filter(item -> frees(List.of(item), waiting))
                .toList();
        if (!enough.isEmpty()) {
            return "; goes on when " + String.join(" or ", enough) + " works again";
        }
        if (trace.down().isEmpty()) {
            return "; nothing is down: only a change of the topology helps";
        }
        return frees(trace.down(), waiting)
                ? "; goes on when all of " + String.join(", ", trace.down()) + " work again"
                : "; it would wait even with nothing down: only a change of the topology helps";
    }

    private boolean frees(List<String> items, List<Trace.Recipient> waiting) {
        Duration end = Duration.between(trace.plan().start(), trace.end());
        TracePlan plan = trace.plan();
        for (String item : items) {
            plan = plan.and(new Incident.Up(end, item));
        }
        Trace after = Trace.of(plan.lasting(end.plus(longest(trace.topology().settings()))));
        return waiting.stream()
                .allMatch(its -> arrived(after, its.id(), its.fate().recipient()));
    }

    /** After that every queue and every single message has been tried again. */
    static Duration longest(Settings settings) {
        return Stream.of(settings.retry(), settings.edgeRetry())
                .flatMap(retry -> Stream.of(
                        retry.glitchInterval(),
                        retry.transientInterval(),
                        retry.interval(),
                        retry.mailboxInterval(),
                        retry.messageInterval(),
                        retry.resolverInterval()))
                .max(Duration::compareTo)
                .orElseThrow()
                .plusMinutes(1);
    }

    private static boolean arrived(Trace trace, TransportId id, EmailAddress recipient) {
        Optional<Outcome> outcome = trace.recipients().stream()
                .filter(its -> its.id().equals(id) && its.fate().recipient().equals(recipient))
                .map(its -> its.fate().outcome())
                .findFirst();
        return outcome.filter(end -> end == Outcome.DELIVERED || end == Outcome.RELAYED)
                .isPresent();
    }
}
