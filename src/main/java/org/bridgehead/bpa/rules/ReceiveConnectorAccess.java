package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.core.topology.ReceiveConnector.Permission;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;

/** Rule 31: receive connectors that keep the organisation's servers out, or let anybody in (DECISIONS 3.1, 3.5). */
final class ReceiveConnectorAccess extends ServiceRule {
    ReceiveConnectorAccess() {
        super(
                31,
                "receive-connector-access",
                Severity.ERROR,
                "receive connector that keeps servers out or lets anyone in");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Topology topology = subject.topology();
        List<Finding> findings = new ArrayList<>();
        for (ReceiveConnector connector : topology.receiveConnectors().values()) {
            String where = "receiveConnector:" + connector.name();
            clash(topology, connector)
                    .ifPresent(other -> findings.add(finding(
                            where,
                            "listens where " + other + " of " + connector.server() + " does"
                                    + (other.startsWith("receive")
                                                    || connector.permissions().contains(Permission.SERVERS)
                                            ? ": only one of them can open"
                                            : ": the organisation's servers connect there, and it lacks the permission"
                                                    + " servers (451 5.7.3)"),
                            "give it an address or port of its own")));
            boolean users = connector.permissions().contains(Permission.USERS);
            if (users && !connector.auth() && isForEverybody(connector)) {
                findings.add(finding(
                        where,
                        "takes any client for a user, without a login and from every address: an open relay",
                        "write auth: true, or remoteRanges: of the programs it is meant for"));
            }
            if (users && connector.auth() && connector.tls() == TlsMode.NONE) {
                findings.add(finding(
                        Severity.WARNING,
                        where,
                        "users are to log in, but without TLS no password is taken",
                        "write tls: opportunistic or required"));
            }
        }
        return findings;
    }

    private static boolean isForEverybody(ReceiveConnector connector) {
        return connector.remoteRanges().isEmpty()
                || connector.remoteRanges().stream().anyMatch(range -> range.endsWith("/0"));
    }

    /** What else listens there: the server's default listener, or a connector before this one. */
    private static Optional<String> clash(Topology topology, ReceiveConnector connector) {
        Optional<Server> server = topology.server(connector.server());
        if (server.filter(its -> overlap(its.smtp(), connector.bind())).isPresent()) {
            return Optional.of("the default listener");
        }
        return topology.receiveConnectors().headMap(connector.name()).values().stream()
                .filter(other -> Names.same(other.server(), connector.server()))
                .filter(other -> overlap(other.bind(), connector.bind()))
                .map(other -> "receiveConnector:" + other.name())
                .findFirst();
    }

    private static boolean overlap(HostPort one, HostPort other) {
        return one.port() != 0
                && one.port() == other.port()
                && (one.host().equalsIgnoreCase(other.host()) || isAny(one) || isAny(other));
    }

    private static boolean isAny(HostPort at) {
        return at.host().equals("0.0.0.0") || at.host().equals("::");
    }
}
