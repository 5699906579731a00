package org.bridgehead.io.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.ReplicationSettings;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;

/** A server as a map of a topology file: the inverse of {@link ServerReader} and {@link MailboxReader}. */
final class ServerTree {
    private ServerTree() {}

    /** All keys of the server. */
    static Map<String, Object> of(Server server) {
        Optional<MailboxRole> mailbox = server.mailbox();
        boolean ownNodes = mailbox.filter(role -> !isStandalone(server, role)).isPresent();
        boolean listens = !ownNodes || server.is(Role.HUB_TRANSPORT);
        Entries entries = new Entries()
                .put("site", server.site())
                .put("roles", server.roles().stream().map(Role::keyword).toList())
                .put("subscribedSite", server.subscribedSite());
        if (listens) {
            entries.unless(HostPort.LOOPBACK.toString(), "smtp", server.smtp().toString());
        }
        entries.put("ldap", server.ldap());
        Certificates.write(entries, server.certificate());
        mailbox.ifPresent(role -> mailbox(entries, role, ownNodes));
        return entries.map();
    }

    /** Whether the only node is the one that a reader makes from the server itself. */
    private static boolean isStandalone(Server server, MailboxRole role) {
        boolean real = !server.is(Role.HUB_TRANSPORT) && server.smtp().port() > 0;
        MailboxNode node = new MailboxNode(
                server.name(),
                Optional.empty(),
                Optional.of(server.smtp()).filter(at -> real),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return role.nodes().equals(List.of(node));
    }

    private static void mailbox(Entries entries, MailboxRole role, boolean ownNodes) {
        entries.unless(
                Replication.NONE.keyword(), "replication", role.replication().keyword());
        if (ownNodes) {
            Map<String, Object> nodes = new LinkedHashMap<>();
            role.nodes().forEach(node -> nodes.put(node.name(), node(node)));
            entries.put("nodes", nodes);
        }
        entries.put("witness", role.witness());
        entries.unless(
                MountDial.BEST_AVAILABILITY.keyword(),
                "mountDial",
                role.mountDial().keyword());
        replication(entries, role.settings());
        if (!role.storageGroups().equals(List.of(new StorageGroup("SG1", List.of("DB1"))))) {
            Map<String, Object> groups = new LinkedHashMap<>();
            role.storageGroups().forEach(group -> groups.put(group.name(), group.databases()));
            entries.put("storageGroups", groups);
        }
    }

    private static void replication(Entries entries, ReplicationSettings its) {
        ReplicationSettings silent = ReplicationSettings.DEFAULT;
        entries.unless(
                        silent.dialNumbers().year(),
                        "mountDialNumbers",
                        its.dialNumbers().year())
                .put("maxMissingLogs", its.maxMissingLogs())
                .put("forcedMountAfter", its.forcedMountAfter().map(Quantity::duration))
                .unless(Quantity.size(silent.logSize()), "logSize", Quantity.size(its.logSize()))
                .unless(Quantity.duration(silent.replayLag()), "replayLag", Quantity.duration(its.replayLag()));
    }

    private static Map<String, Object> node(MailboxNode node) {
        return new Entries()
                .put("lmtp", node.lmtp().map(HostPort::toString))
                .put("smtp", node.smtp().map(HostPort::toString))
                .put("imap", node.imap().map(HostPort::toString))
                .put("imapMasterUser", node.imapMasterUser())
                .put("imapPasswordFile", node.imapPasswordFile())
                .map();
    }
}
