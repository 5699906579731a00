package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.StorageGroup;

/** The keys of a server that holds mailboxes. */
final class MailboxReader {
    private static final List<StorageGroup> ONE_DATABASE = List.of(new StorageGroup("SG1", List.of("DB1")));

    private static final int MOST_GROUPS = 50;

    private final ServerReader servers;
    private final Map<String, String> nodes = Names.map();

    MailboxReader(ServerReader servers) {
        this.servers = servers;
    }

    /** The mailbox side of the server {@code name}; {@code smtp} only where no hub listens there. */
    MailboxRole read(String name, YamlMap map, Optional<HostPort> smtp) {
        Replication replication = map.get("replication")
                .flatMap(v -> v.oneOf(List.of(Replication.values()), Replication::keyword))
                .orElse(Replication.NONE);
        Optional<String> witness = map.get("witness").flatMap(servers::hub);
        map.get("witness")
                .filter(v -> replication != Replication.CCR)
                .ifPresent(v -> v.problems().error(v.key(), "only ccr has a file share witness", "remove it"));
        return new MailboxRole(
                replication,
                nodes(name, replication, map, smtp),
                witness,
                map.get("mountDial")
                        .flatMap(v -> v.oneOf(List.of(MountDial.values()), MountDial::keyword))
                        .orElse(MountDial.BEST_AVAILABILITY),
                map.get("storageGroups")
                        .map(v -> groups(v, replication))
                        .filter(g -> !g.isEmpty())
                        .orElse(ONE_DATABASE),
                ReplicationReader.read(map, replication));
    }

    private List<MailboxNode> nodes(String server, Replication replication, YamlMap map, Optional<HostPort> smtp) {
        List<MailboxNode> found = new ArrayList<>();
        List<YamlEntry> entries = map.get("nodes").map(v -> v.named("nodes")).orElse(List.of());
        entries.forEach(entry -> node(server, entry).ifPresent(found::add));
        int wanted = replication == Replication.CCR || replication == Replication.SCC ? 2 : 1;
        boolean right = entries.size() == wanted || (entries.isEmpty() && wanted == 1);
        if (!right) {
            map.value()
                    .problems()
                    .error(
                            map.get("nodes")
                                    .map(YamlValue::key)
                                    .orElse(map.value().key()),
                            "replication " + replication.keyword() + " has " + wanted + " node(s), found "
                                    + entries.size(),
                            wanted == 2
                                    ? "write nodes: { " + server + "A: {}, " + server + "B: {} }"
                                    : "replication: ccr or scc has two");
        }
        if (found.isEmpty()) {
            found.add(standalone(server, smtp));
        } else if (smtp.isPresent()) {
            map.forbid(List.of("smtp"), "a mailbox server with nodes listens at its nodes", "write it per node");
        }
        return found;
    }

    /** Without nodes the server is its own node; {@code smtp} with a port then names a real one. */
    private static MailboxNode standalone(String server, Optional<HostPort> smtp) {
        Optional<HostPort> real = smtp.filter(at -> at.port() > 0);
        return new MailboxNode(server, Optional.empty(), real, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Optional<MailboxNode> node(String server, YamlEntry entry) {
        entry.obey(NameRule.HOST, entry.value().problems());
        String other = nodes.putIfAbsent(entry.name(), server);
        if (other != null || (servers.known().contains(entry.name()) && !Names.same(entry.name(), server))) {
            entry.value()
                    .problems()
                    .error(
                            entry.place(),
                            "the name is already that of a " + (other == null ? "server" : "node of " + other),
                            "names are unique among servers and nodes");
        }
        return entry.value().map(Shape.NODE).map(map -> {
            Optional<HostPort> lmtp = map.get("lmtp").flatMap(MailboxReader::real);
            Optional<HostPort> smtp = map.get("smtp").flatMap(MailboxReader::real);
            if (lmtp.isPresent() && smtp.isPresent()) {
                map.forbid(List.of("smtp"), "the node is already reached by lmtp", "write one of the two");
            }
            return new MailboxNode(
                    entry.name(),
                    lmtp,
                    smtp,
                    map.get("imap").flatMap(v -> ServerReader.endpoint(v, -1)),
                    map.get("imapMasterUser").flatMap(v -> v.text("an account name")),
                    map.get("imapPasswordFile").flatMap(v -> NamedFile.secret(v, servers.folder())));
        });
    }

    private static Optional<HostPort> real(YamlValue value) {
        Optional<HostPort> at = ServerReader.endpoint(value, -1);
        if (at.filter(a -> a.port() == 0).isPresent()) {
            value.error("a real mailbox server has a port", "write host:port, or remove the key for an embedded node");
            return Optional.empty();
        }
        return at;
    }

    private static List<StorageGroup> groups(YamlValue value, Replication replication) {
        List<StorageGroup> groups = new ArrayList<>();
        List<YamlEntry> entries = value.named("storage groups and their databases");
        if (entries.isEmpty()) {
            value.error("a mailbox server has at least one storage group", "write { SG1: [DB1] }");
        }
        for (YamlEntry entry : entries) {
            entry.obey(NameRule.STORE, value.problems());
            List<String> databases = databases(entry.value());
            if (!databases.isEmpty()) {
                groups.add(new StorageGroup(entry.name(), databases));
            }
            if (databases.size() > 1 && (replication == Replication.CCR || replication == Replication.LCR)) {
                entry.value()
                        .error(
                                "a storage group that is replicated holds one database, found " + databases.size(),
                                "give each its own group");
            }
        }
        checkCount(value, groups);
        return groups;
    }

    /** Of each a server has as many as the Enterprise edition allows (BEHAVIOUR 5). */
    private static void checkCount(YamlValue value, List<StorageGroup> groups) {
        int databases =
                groups.stream().mapToInt(group -> group.databases().size()).sum();
        if (groups.size() > MOST_GROUPS || databases > MOST_GROUPS) {
            value.error(
                    "a mailbox server has at most " + MOST_GROUPS + " storage groups and " + MOST_GROUPS
                            + " databases, found " + groups.size() + " and " + databases,
                    "use more servers");
        }
    }

    private static List<String> databases(YamlValue value) {
        var seen = Names.set();
        List<YamlValue> items = value.list("databases");
        if (value.isList() && items.isEmpty()) {
            value.error("a storage group has at least one database", "write [DB1]");
        }
        List<String> databases = new ArrayList<>();
        for (YamlValue item : items) {
            Optional<String> name = item.text("the name of a database");
            name.filter(n -> !NameRule.STORE.allows(n))
                    .ifPresent(n -> item.error("not a name of a database", "use printable characters, no slash"));
            name.filter(n -> !seen.add(n))
                    .ifPresent(n -> item.error("the database stands here already", "name each one once"));
            name.ifPresent(databases::add);
        }
        return databases;
    }
}
