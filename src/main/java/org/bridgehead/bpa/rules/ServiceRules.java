package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Rule;
import org.bridgehead.bpa.Unchecked;

/** The rules about mailbox servers, recipients and settings, by number. */
public final class ServiceRules {
    /** Those that look. */
    public static final List<Rule> ALL = List.of(
            new DumpsterSize(),
            new DumpsterTime(),
            new ClusterWitness(),
            new ClusterHubs(),
            new ExpansionServers(),
            new RecipientLoops(),
            new AmbiguousAddresses(),
            new ReceiveConnectorAccess(),
            new EdgeSubscription(),
            new DelayNotification(),
            new RetryTuning(),
            new OutboundConnections(),
            new ReportToBoth(),
            new DirectoryFallback(),
            new GroupMembers(),
            new RuleTargets());

    /** Those that cannot. */
    public static final List<Unchecked> UNCHECKED = List.of(
            new Unchecked(
                    25,
                    "queue disk too small for the dumpsters and its reserve",
                    "size and free space of the hubs' queue disks (dumpster-plan says what the dumpsters need)"),
            new Unchecked(
                    35, "back-pressure thresholds edited or switched off", "the thresholds: they are no settings here"),
            new Unchecked(
                    38,
                    "Safety Net on in relay-only hub sites, or held for less than the replay lag",
                    "Safety Net and lagged copies: both came after the modelled release"));

    private ServiceRules() {}
}
