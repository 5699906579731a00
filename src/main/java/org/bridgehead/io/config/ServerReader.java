package org.bridgehead.io.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.topology.CertificateFiles;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SubnetMap;

/** The section {@code servers}. */
final class ServerReader {
    private static final String ENDPOINT = "host:port such as \"127.0.0.1:0\"";
    private static final List<String> MAILBOX_KEYS = List.of(
            "replication",
            "nodes",
            "witness",
            "mountDial",
            "mountDialNumbers",
            "maxMissingLogs",
            "forcedMountAfter",
            "logSize",
            "replayLag",
            "storageGroups");

    private final Known sites;
    private final SubnetMap subnets;
    private final Path folder;
    private final Known known = new Known("server");
    private final Map<String, List<Role>> roles = Names.map();
    private final Map<String, MailboxRole> mailboxes = Names.map();
    private boolean controllers;

    ServerReader(Known sites, SubnetMap subnets, Path folder) {
        this.sites = sites;
        this.subnets = subnets;
        this.folder = folder;
    }

    /** What files are relative to. */
    Path folder() {
        return folder;
    }

    /** Each mailbox server's databases, for references. */
    Map<String, MailboxRole> mailboxes() {
        return mailboxes;
    }

    /** The names of all servers, for references. */
    Known known() {
        return known;
    }

    /** All servers. */
    List<Server> read(YamlValue value) {
        List<YamlEntry> entries = value.named("servers");
        entries.forEach(entry -> {
            entry.obey(NameRule.HOST, value.problems());
            known.add(entry.name());
        });
        Map<String, YamlMap> maps = Names.map();
        for (YamlEntry entry : entries) {
            entry.value().map(Shape.SERVER).ifPresent(map -> {
                maps.put(entry.name(), map);
                roles.put(entry.name(), roles(map));
            });
        }
        MailboxReader mailbox = new MailboxReader(this);
        List<Server> servers = new ArrayList<>();
        maps.forEach((name, map) -> server(name, map, mailbox).ifPresent(servers::add));
        return servers;
    }

    private List<Role> roles(YamlMap map) {
        Optional<YamlValue> value = map.require("roles", "[hubTransport]");
        List<Role> found = new ArrayList<>();
        for (YamlValue item : value.map(v -> v.list("roles")).orElse(List.of())) {
            item.oneOf(List.of(Role.values()), Role::keyword).ifPresent(role -> {
                if (found.contains(role)) {
                    item.error("the role stands here already", "name each role once");
                } else {
                    found.add(role);
                }
            });
        }
        value.filter(YamlValue::isEmptyList)
                .ifPresent(v -> v.error("a server has at least one role", "write [hubTransport]"));
        if (found.contains(Role.EDGE_TRANSPORT) && found.size() > 1) {
            value.ifPresent(v -> v.error("an edge has no other role", "make it two servers"));
        }
        return found;
    }

    private Optional<Server> server(String name, YamlMap map, MailboxReader mailbox) {
        List<Role> its = roles.getOrDefault(name, List.of());
        boolean edge = its.contains(Role.EDGE_TRANSPORT);
        Optional<HostPort> smtp = map.get("smtp").flatMap(v -> endpoint(v, -1));
        Optional<String> site = edge || its.isEmpty()
                ? map.get("site").filter(v -> !edge).flatMap(sites::resolve)
                : placed(map, smtp).or(() -> map.require("site", "Berlin").flatMap(sites::resolve));
        Optional<String> subscribed = map.get("subscribedSite").flatMap(sites::resolve);
        Optional<String> ldap = map.get("ldap").flatMap(ServerReader::ldapUrl);
        controllers |= ldap.isPresent();
        checkKeys(map, its);
        Optional<CertificateFiles> certificate = Certificates.read(map, folder);
        if (its.contains(Role.MAILBOX)) {
            mailboxes.put(name, mailbox.read(name, map, smtp.filter(at -> !its.contains(Role.HUB_TRANSPORT))));
        }
        Optional<MailboxRole> store = Optional.ofNullable(mailboxes.get(name));
        return its.isEmpty()
                ? Optional.empty()
                : Optional.of(new Server(
                        name, site, its, smtp.orElse(HostPort.LOOPBACK), subscribed, ldap, store, certificate));
    }

    /** The site of the server's address, where no site is written (BEHAVIOUR 1.1.1). */
    private Optional<String> placed(YamlMap map, Optional<HostPort> smtp) {
        Optional<String> site =
                map.get("site").isPresent() ? Optional.empty() : smtp.flatMap(at -> subnets.siteOf(at.host()));
        site.ifPresent(name -> map.value()
                .problems()
                .warn(
                        map.value().place(),
                        "placed in " + name + " by its address",
                        "write site: " + name + " if it stands there"));
        return site;
    }

    private static void checkKeys(YamlMap map, List<Role> its) {
        if (its.isEmpty()) {
            return;
        }
        if (its.contains(Role.EDGE_TRANSPORT)) {
            map.forbid(List.of("site"), "an edge stands in no site", "write subscribedSite");
        } else {
            map.forbid(List.of("subscribedSite"), "only an edge is subscribed to a site", "write site");
        }
        if (!its.contains(Role.MAILBOX)) {
            map.forbid(MAILBOX_KEYS, "only a mailbox server has this", "add mailbox to its roles, or remove the key");
        }
        if (!its.contains(Role.HUB_TRANSPORT) && !its.contains(Role.EDGE_TRANSPORT)) {
            map.forbid(
                    List.of("certificateFile", "privateKeyFile"),
                    "only a hub or edge transport server shows a certificate",
                    "remove the key");
        }
        if (!its.contains(Role.DOMAIN_CONTROLLER)) {
            map.forbid(List.of("ldap"), "only a domain controller has this", "add domainController to its roles");
        }
    }

    private static Optional<String> ldapUrl(YamlValue value) {
        return value.parsed(
                "a URL such as \"ldap://127.0.0.1:389\"",
                text -> Optional.of(text)
                        .filter(t -> t.startsWith("ldap://") || t.startsWith("ldaps://"))
                        .filter(t -> {
                            String rest = t.substring(t.indexOf("//") + 2);
                            String authority = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
                            return HostPort.parse(authority, 389).isPresent();
                        }));
    }

    /** A listening or connecting endpoint. */
    static Optional<HostPort> endpoint(YamlValue value, int defaultPort) {
        return value.parsed(ENDPOINT, text -> HostPort.parse(text, defaultPort));
    }

    /** Whether a domain controller says where it answers. */
    boolean hasControllers() {
        return controllers;
    }

    /** A server that must be a hub. */
    Optional<String> hub(YamlValue reference) {
        return withRole(reference, List.of(Role.HUB_TRANSPORT), "a hub transport server");
    }

    /** A server that must be a hub or an edge. */
    Optional<String> transport(YamlValue reference) {
        return withRole(reference, List.of(Role.HUB_TRANSPORT, Role.EDGE_TRANSPORT), "a hub or edge transport server");
    }

    private Optional<String> withRole(YamlValue reference, List<Role> wanted, String what) {
        Optional<String> name = known.resolve(reference);
        List<Role> its = name.map(n -> roles.getOrDefault(n, List.of())).orElse(List.of());
        if (!its.isEmpty() && its.stream().noneMatch(wanted::contains)) {
            reference.error(name.orElse("") + " is not " + what, "name one, or give it the role");
            return Optional.empty();
        }
        return name;
    }
}
