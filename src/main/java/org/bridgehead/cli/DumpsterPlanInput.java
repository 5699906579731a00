package org.bridgehead.cli;

import java.time.Duration;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Topology;
import org.jspecify.annotations.Nullable;

/** A topology with other dumpster limits. */
final class DumpsterPlanInput {
    private DumpsterPlanInput() {}

    /** The same topology, with what is given in place of the file's limits. */
    static Topology with(Topology topology, @Nullable Long size, @Nullable Duration maxTime) {
        Settings its = topology.settings();
        DumpsterSettings dumpster = its.dumpster()
                .withLimits(
                        size == null ? its.dumpster().maxSizePerStorageGroup() : size,
                        maxTime == null ? its.dumpster().maxTime() : maxTime);
        return topology.withSettings(new Settings(
                its.name(),
                its.acceptedDomains(),
                its.routing(),
                its.limits(),
                its.retry(),
                its.edgeRetry(),
                its.connections(),
                dumpster,
                its.secretFile(),
                its.certificate(),
                its.serverTls(),
                its.rules(),
                its.journal()));
    }
}
