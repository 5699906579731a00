package org.bridgehead.bpa.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.RetrySettings;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Settings;

/** Rule 33: when senders hear of a delay, against the retries before (BEHAVIOUR 3.2). */
final class DelayNotification extends ServiceRule {
    private static final String WHERE = "organization.retry.delayNotification";

    DelayNotification() {
        super(33, "delay-notification", Severity.WARNING, "senders hear of a delay before the first retries are over");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Settings settings = subject.topology().settings();
        List<Finding> findings = new ArrayList<>();
        check("hubs", settings.retry(), findings);
        boolean edges = subject.topology().servers().values().stream().anyMatch(s -> s.is(Role.EDGE_TRANSPORT));
        if (edges && findings.isEmpty()) {
            check("edges", settings.edgeRetry(), findings);
        }
        RetrySettings retry = settings.retry();
        if (retry.delayNotification().compareTo(retry.expiration()) >= 0) {
            findings.add(finding(
                    WHERE,
                    "senders hear of a delay after " + time(retry.delayNotification()) + ", but mail is given up after "
                            + time(retry.expiration()) + " already",
                    "make delayNotification shorter than expiration"));
        }
        return findings;
    }

    private void check(String servers, RetrySettings retry, List<Finding> findings) {
        Duration ladder = retry.glitchInterval()
                .multipliedBy(retry.glitchCount())
                .plus(retry.transientInterval().multipliedBy(retry.transientCount()));
        if (retry.delayNotification().compareTo(ladder) <= 0) {
            findings.add(finding(
                    WHERE,
                    "senders hear of a delay after " + time(retry.delayNotification()) + ", while " + servers
                            + " make quick retries for " + time(ladder)
                            + ": people are told of what mends itself",
                    "make it longer than glitchCount x glitchInterval + transientCount x transientInterval"));
        }
    }
}
