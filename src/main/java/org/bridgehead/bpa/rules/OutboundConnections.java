package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.ConnectionLimits;

/** Rule 36: the limit of a server against that of one queue (BEHAVIOUR 3.2). */
final class OutboundConnections extends ServiceRule {
    OutboundConnections() {
        super(36, "outbound-connections", Severity.ERROR, "fewer connections per server than per next hop");
    }

    @Override
    public List<Finding> check(Subject subject) {
        ConnectionLimits limits = subject.topology().settings().connections();
        if (limits.maxOutbound() >= limits.maxPerNextHop()) {
            return List.of();
        }
        return List.of(finding(
                "organization.connections.maxOutbound",
                "a server opens " + limits.maxOutbound() + " connections, while one next hop alone may take "
                        + limits.maxPerNextHop() + ": a single queue stops all others",
                "make maxOutbound several times maxPerNextHop; 1000 and 20 were shipped"));
    }
}
