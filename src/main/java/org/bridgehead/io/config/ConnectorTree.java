package org.bridgehead.io.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.Login;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.core.topology.ReceiveConnector.Permission;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.TlsMode;

/** Connectors and the built-in Internet as maps of a topology file: the inverse of {@link ConnectorReader}. */
final class ConnectorTree {
    private ConnectorTree() {}

    /** All keys of a send connector. */
    static Map<String, Object> send(SendConnector connector) {
        return new Entries()
                .put("addressSpaces", TopologyTree.texts(connector.addressSpaces()))
                .put("sourceServers", connector.sourceServers())
                .unless(false, "dns", connector.dns())
                .filled("smartHosts", TopologyTree.texts(connector.smartHosts()))
                .put("camel", connector.camel())
                .put("maxMessageSize", TopologyTree.size(connector.maxMessageSize()))
                .unless(false, "scoped", connector.scoped())
                .unless(true, "enabled", connector.enabled())
                .unless(TlsMode.OPPORTUNISTIC.keyword(), "tls", connector.tls().keyword())
                .put("trustFile", connector.trustFile())
                .put("auth", connector.auth().map(ConnectorTree::login))
                .map();
    }

    private static Map<String, Object> login(Login login) {
        return new Entries()
                .put("user", login.user())
                .put("passwordFile", login.passwordFile())
                .map();
    }

    /** All keys of a receive connector. */
    static Map<String, Object> receive(ReceiveConnector connector) {
        Entries limits = new Entries();
        connector.maxRecipients().ifPresent(most -> limits.put("maxRecipients", most));
        limits.put("maxMessageSize", TopologyTree.size(connector.maxMessageSize()));
        return new Entries()
                .put("server", connector.server())
                .unless(HostPort.LOOPBACK.toString(), "bind", connector.bind().toString())
                .filled("remoteRanges", connector.remoteRanges())
                .put(
                        "permissions",
                        connector.permissions().stream()
                                .map(Permission::keyword)
                                .toList())
                .unless(TlsMode.OPPORTUNISTIC.keyword(), "tls", connector.tls().keyword())
                .unless(connector.permissions().contains(Permission.USERS), "auth", connector.auth())
                .filled("limits", limits.map())
                .map();
    }

    /** The domains in their order. */
    static Map<String, Object> internet(List<InternetDomain> domains) {
        Map<String, Object> section = new LinkedHashMap<>();
        for (InternetDomain domain : domains) {
            section.put(domain.name(), new Entries().filled("mx", domain.mx()).map());
        }
        return section;
    }
}
