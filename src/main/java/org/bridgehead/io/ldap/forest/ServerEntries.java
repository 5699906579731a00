package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.HostNames;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.Topology;

/** Exchange servers, their databases and the connectors as objects below the Exchange organisation. One thread. */
final class ServerEntries {
    private static final String GROUP = "Exchange Administrative Group (FYDIBOHF23SPDLT)";
    private static final String VERSION = "Version 8.3 (Build 30083.6)";
    private static final int SMTP_PORT = 25;

    private final LdifTree tree;
    private final SiteEntries sites;
    private final String legacy;
    private final DN servers;
    private final DN connections;
    private final SortedMap<String, DN> dnOf = Names.map();

    ServerEntries(LdifTree tree, DN company, SiteEntries sites) {
        this.tree = tree;
        this.sites = sites;
        this.legacy = "/o=" + company.getRDN().getAttributeValues()[0] + "/ou=" + GROUP + "/cn=";
        DN groups = tree.add(company, "Administrative Groups", "msExchAdminGroupContainer");
        DN group = tree.add(groups, GROUP, "msExchAdminGroup");
        this.servers = tree.add(group, "Servers", "msExchServersContainer");
        DN routing = tree.add(group, "Routing Groups", "msExchRoutingGroupContainer");
        DN one = tree.add(routing, "Exchange Routing Group (DWBGZMFD01QNBJR)", "msExchRoutingGroup");
        this.connections = tree.add(one, "Connections", "msExchConnections");
    }

    /** All of them; hosts are called by their server and the domain. */
    void add(Topology topology, String domain) {
        topology.servers().values().stream()
                .filter(server -> !server.roles().equals(List.of(Role.DOMAIN_CONTROLLER)))
                .forEach(server -> add(server, domain));
        topology.sendConnectors().values().forEach(this::add);
    }

    private void add(Server server, String domain) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute("msExchCurrentServerRoles", String.valueOf(bits(server))));
        attributes.add(new Attribute("serialNumber", VERSION));
        attributes.add(new Attribute("legacyExchangeDN", legacy(server.name())));
        attributes.add(new Attribute(
                "networkAddress",
                "ncacn_ip_tcp:" + server.name().toLowerCase(Locale.ROOT) + "." + domain,
                "netbios:" + server.name()));
        server.site()
                .or(server::subscribedSite)
                .ifPresent(site -> attributes.add(new Attribute("msExchServerSite", sites.dn(site))));
        DN dn = tree.add(
                servers,
                server.name(),
                List.of("top", "server", "msExchExchangeServer"),
                attributes.toArray(Attribute[]::new));
        dnOf.put(server.name(), dn);
        server.mailbox().ifPresent(role -> stores(dn, role));
    }

    private static int bits(Server server) {
        return server.roles().stream().mapToInt(ServerEntries::bit).sum();
    }

    private static int bit(Role role) {
        return switch (role) {
            case MAILBOX -> 2;
            case CLIENT_ACCESS -> 4;
            case UNIFIED_MESSAGING -> 16;
            case HUB_TRANSPORT -> 32;
            case EDGE_TRANSPORT -> 64;
            case DOMAIN_CONTROLLER -> 0;
        };
    }

    private void stores(DN server, MailboxRole role) {
        DN store = tree.add(server, "InformationStore", "msExchInformationStore");
        for (StorageGroup group : role.storageGroups()) {
            DN dn = tree.add(store, group.name(), "msExchStorageGroup");
            group.databases()
                    .forEach(database -> tree.add(
                            dn,
                            database,
                            List.of("top", "msExchMDB", "msExchPrivateMDB"),
                            new Attribute("msExchOwningServer", server.toString())));
        }
    }

    private void add(SendConnector connector) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(
                "routingList",
                connector.addressSpaces().stream().map(Object::toString).toList()));
        attributes.add(new Attribute(
                "msExchSourceBridgeheadServersDN",
                connector.sourceServers().stream().map(this::dn).toList()));
        attributes.addAll(SiteEntries.size("delivContLength", connector.maxMessageSize()));
        attributes.add(new Attribute("msExchSmtpSendEnabled", connector.enabled() ? "TRUE" : "FALSE"));
        attributes.addAll(smartHosts(connector.smartHosts()));
        List<String> classes = connector.camel().isPresent()
                ? List.of("top", "mailGateway")
                : List.of("top", "mailGateway", "msExchRoutingSMTPConnector");
        tree.add(connections, connector.name(), classes, attributes.toArray(Attribute[]::new));
    }

    /** All hosts in one text; there is one port for all of them. */
    private static List<Attribute> smartHosts(List<HostPort> hosts) {
        if (hosts.isEmpty()) {
            return List.of();
        }
        int port = hosts.get(0).port();
        Attribute list = new Attribute(
                "msExchSmtpSmartHost",
                String.join(",", hosts.stream().map(ServerEntries::smartHost).toList()));
        return port == SMTP_PORT
                ? List.of(list)
                : List.of(list, new Attribute("msExchSmtpSendPort", String.valueOf(port)));
    }

    private static String smartHost(HostPort host) {
        return HostNames.isAddress(host.host()) ? "[" + host.host() + "]" : host.host();
    }

    private String dn(String server) {
        return Optional.ofNullable(dnOf.get(server)).orElseThrow().toString();
    }

    /** The distinguished name of a database. */
    String dn(DatabaseRef database) {
        return String.join(
                ",",
                new RDN("CN", database.database()).toString(),
                new RDN("CN", database.storageGroup()).toString(),
                "CN=InformationStore",
                dn(database.server()));
    }

    /** The old X.500 name of a server. */
    String legacy(String server) {
        return legacy + "Configuration/cn=Servers/cn=" + server;
    }
}
