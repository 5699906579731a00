package org.bridgehead.bpa.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Settings;

/** Rule 34: two shipped values that later advice changed (BEHAVIOUR 3.2). */
final class RetryTuning extends ServiceRule {
    private static final Duration MESSAGE_INTERVAL = Duration.ofMinutes(5);
    private static final int PER_NEXT_HOP = 40;

    RetryTuning() {
        super(34, "retry-tuning", Severity.INFO, "message retry or connections per next hop off the later advice");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Settings settings = subject.topology().settings();
        List<Finding> findings = new ArrayList<>();
        Duration interval = settings.retry().messageInterval();
        if (!interval.equals(MESSAGE_INTERVAL)) {
            findings.add(finding(
                    "organization.retry.messageInterval",
                    "a message that was put off (4yz) waits " + time(interval)
                            + (interval.compareTo(MESSAGE_INTERVAL) > 0
                                    ? ", long after a short trouble is over"
                                    : ", which presses on a peer in trouble"),
                    "write 5m, the later advice; 15m was shipped"));
        }
        int connections = settings.connections().maxPerNextHop();
        if (connections != PER_NEXT_HOP) {
            findings.add(finding(
                    "organization.connections.maxPerNextHop",
                    connections + " connections per next hop"
                            + (connections < PER_NEXT_HOP
                                    ? ": a long queue drains slowly"
                                    : ": a busy server may take another's share"),
                    "write 40, the later advice; 20 was shipped"));
        }
        return findings;
    }
}
