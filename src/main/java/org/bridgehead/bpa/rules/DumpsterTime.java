package org.bridgehead.bpa.rules;

import java.time.Duration;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.DumpsterSettings;

/** Rule 24: the dumpster's age limit (BEHAVIOUR 4.1). */
final class DumpsterTime extends ServiceRule {
    private static final Duration ADVISED = Duration.ofDays(7);

    DumpsterTime() {
        super(24, "dumpster-time", Severity.INFO, "dumpster keeps mail for less than 7 days");
    }

    @Override
    public List<Finding> check(Subject subject) {
        DumpsterSettings dumpster = subject.topology().settings().dumpster();
        boolean fine = dumpster.isOff() || dumpster.maxTime().compareTo(ADVISED) >= 0;
        if (fine || !usesDumpster(subject.topology())) {
            return List.of();
        }
        return List.of(finding(
                "organization.dumpster.maxTime",
                "mail leaves the dumpster after " + time(dumpster.maxTime())
                        + ": a database that is down for longer is mounted without it",
                "write maxTime: 7d; the size limits the disk already"));
    }
}
