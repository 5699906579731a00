package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.queue.QueueStatus;
import org.bridgehead.core.topology.RetrySettings;

/**
 * Checks the retry ladder (BEHAVIOUR 3.2) by its definition, not by what the hub counts with: a queue that waits is tried
 * again exactly when its rung says, nobody sleeps over it, and what could go at once does not lie there while nothing is
 * under way. One thread.
 */
final class LadderWatch {
    private static final String MAILBOX = "mailbox:";
    private static final String UNREACHABLE = "Unreachable";

    private final List<Violation> violations;

    LadderWatch(List<Violation> violations) {
        this.violations = violations;
    }

    /**
     * Looks at the queues of a running server.
     *
     * @param clock of the server
     * @param atRest whether it waits for nothing
     */
    void check(VirtualServer server, RetrySettings retry, Instant clock, boolean atRest) {
        for (QueueView queue : server.hub().waitingQueues()) {
            if (queue.status() == QueueStatus.RETRY) {
                rung(queue, retry);
                if (atRest
                        && !server.wasSet()
                        && queue.nextRetry().orElse(clock).isBefore(clock)) {
                    violated(queue, "was to be tried again at " + queue.nextRetry() + ", and it is " + clock);
                }
            }
            boolean lies = queue.status() == QueueStatus.READY && queue.reason().startsWith("waits for a connection");
            if (atRest && lies && !queue.name().equals(UNREACHABLE)) {
                violations.add(
                        new Violation("starved", queue.identity() + " could send, and nothing is under way: " + queue));
            }
        }
    }

    private void rung(QueueView queue, RetrySettings retry) {
        Duration due = queue.name().startsWith(MAILBOX) ? retry.mailboxInterval() : wait(queue.failures(), retry);
        boolean exact = queue.failures() > 0
                && queue.lastRetry().isPresent()
                && queue.lastRetry().get().plus(due).equals(queue.nextRetry().orElse(Instant.MIN));
        if (!exact) {
            violated(queue, "waits another time than " + due + ": " + queue);
        }
    }

    private static Duration wait(int failures, RetrySettings retry) {
        int transients = failures - retry.glitchCount();
        return transients <= 0
                ? retry.glitchInterval()
                : transients <= retry.transientCount() ? retry.transientInterval() : retry.interval();
    }

    private void violated(QueueView queue, String detail) {
        violations.add(new Violation("ladder", queue.identity() + " " + detail));
    }
}
