package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.Settings;

/** Rule 23: the dumpster against the largest message (BEHAVIOUR 4.1, DECISIONS 5.4). */
final class DumpsterSize extends ServiceRule {
    private static final String WHERE = "organization.dumpster.maxSizePerStorageGroup";

    DumpsterSize() {
        super(23, "dumpster-size", Severity.WARNING, "dumpster off or out of proportion to the largest message");
    }

    @Override
    public List<Finding> check(Subject subject) {
        if (!usesDumpster(subject.topology())) {
            return List.of();
        }
        Settings settings = subject.topology().settings();
        DumpsterSettings dumpster = settings.dumpster();
        if (dumpster.isOff()) {
            return List.of(finding(
                    "organization.dumpster",
                    "the dumpster is off although mailbox servers are replicated: what a failover loses stays lost",
                    "write maxSizePerStorageGroup: " + advice(settings) + " and maxTime: 7d"));
        }
        long largest = settings.limits().maxMessageSize();
        String sizes = octets(dumpster.maxSizePerStorageGroup()) + " with messages of up to " + octets(largest) + " (";
        String share = Math.round(dumpster.maxSizePerStorageGroup() * 100.0 / largest) + " %)";
        return switch (dumpster.fit(largest)) {
            case TOO_SMALL ->
                List.of(finding(
                        Severity.ERROR,
                        WHERE,
                        sizes
                                + share
                                + (dumpster.maxSizePerStorageGroup() < largest
                                        ? ": the largest are not kept at all"
                                        : ": one large message evicts nearly everything else"),
                        "150 % or more of limits.maxMessageSize: " + advice(settings)));
            case TIGHT ->
                List.of(finding(
                        WHERE,
                        sizes + share + ": little is left beside a large message",
                        "150 % or more of limits.maxMessageSize: " + advice(settings)));
            case GOOD -> List.of();
            case LARGE ->
                List.of(finding(
                        Severity.INFO,
                        WHERE,
                        sizes + share + ": generous; it costs disk on every hub and more mail is sent twice",
                        "see what it buys: bridgehead dumpster-plan"));
        };
    }

    private static String advice(Settings settings) {
        return octets((settings.limits().maxMessageSize() * 3 + 1) / 2).replace(" ", "");
    }
}
