package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;

/** A smart host that is one of our own hubs or edges hands the mail back, until the hop limit ends it (5.4.6). */
final class SmartHostLoop extends RuleHead {
    SmartHostLoop() {
        super(103, "smart-host-loop", Severity.ERROR, "connector whose smart host is a server of the organisation");
    }

    @Override
    public List<Finding> check(Subject subject) {
        SortedMap<String, String> own = listeners(subject);
        List<Finding> findings = new ArrayList<>();
        for (SendConnector connector : Connectors.enabled(subject.topology())) {
            for (HostPort host : connector.smartHosts()) {
                Optional.ofNullable(own.get(key(host)))
                        .or(() -> Optional.ofNullable(own.get(host.host().toLowerCase(Locale.ROOT))))
                        .ifPresent(server -> findings.add(finding(
                                "connector:" + connector.name(),
                                connector.name() + " sends to the smart host " + host + ", which is " + server
                                        + " of this organisation: its mail comes back and loops until limits.maxHops",
                                "name a host outside in connectors." + connector.name() + ".smartHosts")));
            }
        }
        return findings;
    }

    /** Our servers by host:port where that is fixed, and by name. */
    private static SortedMap<String, String> listeners(Subject subject) {
        SortedMap<String, String> own = new TreeMap<>();
        for (Server server : subject.topology().servers().values()) {
            if (server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT)) {
                own.put(server.name().toLowerCase(Locale.ROOT), server.name());
                if (server.smtp().port() > 0) {
                    own.put(key(server.smtp()), server.name());
                }
            }
        }
        subject.topology().receiveConnectors().values().stream()
                .filter(connector -> connector.bind().port() > 0)
                .forEach(connector -> own.put(key(connector.bind()), connector.server()));
        return own;
    }

    private static String key(HostPort host) {
        return host.toString().toLowerCase(Locale.ROOT);
    }
}
