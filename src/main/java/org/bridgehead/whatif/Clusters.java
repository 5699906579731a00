package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.core.mailbox.Quorum;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * Which mailbox servers serve while parts are down (BEHAVIOUR 5): {@code node:} takes one machine, {@code server:} the
 * mailbox server as a whole or the hub with the witness, {@code site:} all that stands there. Links play no part, since
 * nodes and witness need no mail route.
 */
public final class Clusters {
    private Clusters() {}

    /** The mailbox servers that are offline, in name order; those without a cluster too. */
    public static List<String> offline(Topology topology, List<String> down) {
        DownParts parts = new DownParts(topology, down);
        return topology.servers().values().stream()
                .filter(server ->
                        server.mailbox().isPresent() && active(server, parts).isEmpty())
                .map(Server::name)
                .toList();
    }

    /** The mailbox servers whose state is another than before, in name order. */
    static List<ClusterState> changed(Topology before, Topology after, DownParts down) {
        DownParts nothing = new DownParts(before, List.of());
        NavigableSet<String> names = Names.set();
        names.addAll(before.servers().keySet());
        names.addAll(after.servers().keySet());
        List<ClusterState> changed = new ArrayList<>();
        for (String name : names) {
            Optional<Server> was = mailboxServer(before, name);
            Optional<Server> is = mailboxServer(after, name);
            if (is.isEmpty()) {
                was.ifPresent(server -> changed.add(removed(server, nothing)));
            } else if (was.isEmpty()
                    || !quorum(was.get(), nothing).equals(quorum(is.get(), down))
                    || !active(was.get(), nothing).equals(active(is.get(), down))) {
                changed.add(state(was, is.get(), nothing, down));
            }
        }
        return changed;
    }

    private static Optional<Server> mailboxServer(Topology topology, String name) {
        return topology.server(name).filter(server -> server.mailbox().isPresent());
    }

    private static ClusterState removed(Server was, DownParts nothing) {
        return new ClusterState(
                was.name(),
                was.site().orElse(""),
                role(was).replication().keyword(),
                new Quorum(quorum(was, nothing).votes(), quorum(was, nothing).needed(), 0),
                false,
                active(was, nothing).isPresent(),
                active(was, nothing),
                Optional.empty(),
                was.name() + " is no mailbox server any more");
    }

    private static ClusterState state(Optional<Server> was, Server is, DownParts nothing, DownParts down) {
        Optional<String> activeBefore = was.flatMap(server -> active(server, nothing));
        Optional<String> activeAfter = active(is, down);
        return new ClusterState(
                is.name(),
                is.site().orElse(""),
                role(is).replication().keyword(),
                quorum(is, down),
                activeAfter.isPresent(),
                activeBefore.isPresent(),
                activeBefore,
                activeAfter,
                why(was, is, down, activeBefore, activeAfter));
    }

    private static MailboxRole role(Server server) {
        return server.mailbox().orElseThrow();
    }

    private static Quorum quorum(Server server, DownParts down) {
        return Quorum.of(role(server), node -> down.nodeUp(server.name(), node), down::serverUp);
    }

    /** The first node that runs, if the cluster may. */
    private static Optional<String> active(Server server, DownParts down) {
        return quorum(server, down).held()
                ? role(server).nodes().stream()
                        .map(MailboxNode::name)
                        .filter(node -> down.nodeUp(server.name(), node))
                        .findFirst()
                : Optional.empty();
    }

    private static String why(
            Optional<Server> was,
            Server is,
            DownParts down,
            Optional<String> activeBefore,
            Optional<String> activeAfter) {
        if (was.isEmpty()) {
            return is.name() + " is new";
        }
        Quorum quorum = quorum(is, down);
        if (activeAfter.isEmpty()) {
            return missing(is, down) + ": " + tally(is, quorum)
                    + ", so the databases are offline; mail for them waits "
                    + is.site()
                            .filter(site -> down.now().siteUp(site))
                            .map(site -> "at the hubs of " + site)
                            .orElse("on the way");
        }
        String lost = missing(is, down);
        String votes = (lost.isEmpty() ? "" : lost + ": ") + tally(is, quorum);
        String moved =
                activeBefore.equals(activeAfter) ? "" : "; " + activeAfter.get() + " takes over" + loss(is, down);
        return votes + moved + (quorum.noMarginLeft() && quorum.votes() > 1 ? "; one more failure stops it" : "");
    }

    /** What a failover of two copies may lose, and who is asked for it (BEHAVIOUR 4.2, 5). */
    private static String loss(Server server, DownParts down) {
        MailboxRole role = role(server);
        if (role.replication() != Replication.CCR) {
            return "";
        }
        int logs = role.allowedMissingLogs();
        String size = role.settings().logSize() / 1024 + " KB";
        String atRisk = logs == 0
                ? " once no log is missing"
                : " if at most " + logs + (logs == 1 ? " log of " : " logs of ") + size
                        + " are missing, the open one included";
        Topology topology = down.topology();
        DumpsterSettings dumpster = topology.settings().dumpster();
        long hubs = topology.servers().values().stream()
                .filter(hub -> hub.is(Role.HUB_TRANSPORT) && hub.site().equals(server.site()))
                .filter(hub -> down.serverUp(hub.name()))
                .count();
        String asked = dumpster.isOff()
                ? "their mail is lost, for the dumpster is off"
                : "their mail is asked of the dumpsters of " + hubs + (hubs == 1 ? " hub, " : " hubs, ")
                        + dumpster.maxSizePerStorageGroup() / (1 << 20) + " MB a storage group";
        return logs == 0 ? atRisk : atRisk + "; " + asked;
    }

    private static String tally(Server server, Quorum quorum) {
        return role(server).replication() == Replication.CCR
                ? quorum.up() + " of " + quorum.votes() + " votes, " + quorum.needed() + " needed"
                : quorum.up() + " of " + quorum.votes() + (quorum.votes() == 1 ? " node runs" : " nodes run");
    }

    private static String missing(Server server, DownParts down) {
        List<String> lost = new ArrayList<>();
        role(server).nodes().stream()
                .map(MailboxNode::name)
                .filter(node -> !down.nodeUp(server.name(), node))
                .forEach(lost::add);
        if (role(server).replication() == Replication.CCR) {
            role(server)
                    .witness()
                    .filter(hub -> !down.serverUp(hub))
                    .ifPresent(hub -> lost.add("the witness on " + hub));
        }
        int last = lost.size() - 1;
        return last < 1
                ? String.join("", lost) + (last < 0 ? "" : " is down")
                : String.join(", ", lost.subList(0, last)) + " and " + lost.get(last) + " are down";
    }
}
