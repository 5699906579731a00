package org.bridgehead.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mailbox.ClusterLogEntry;
import org.bridgehead.core.mailbox.ClusterOrders;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.StorageGroup;

/**
 * What operators see of embedded mailbox servers and do with them. An order is done, or refused: then the answer is the
 * reason, one line. Names in any letter case; one that nobody has throws {@link IllegalArgumentException}. Safe for any
 * thread; orders return when they are carried out.
 */
public final class MailboxControl {
    private final Plant plant;

    MailboxControl(Plant plant) {
        this.plant = plant;
    }

    /** All that run here, by name. */
    public List<ClusterStatus> clusters() {
        SortedMap<String, ClusterStatus> all = Names.map();
        plant.mailboxServers()
                .forEach((name, server) -> all.put(name, server.cluster().status()));
        plant.realMailboxes().clusters().forEach((name, real) -> all.put(name, real.status()));
        return List.copyOf(all.values());
    }

    /** Votes, activations and refusals of a server since this process began, oldest first. */
    public List<ClusterLogEntry> log(String server) {
        return plant.realMailboxes()
                .cluster(server)
                .map(RealCluster::log)
                .orElseGet(() -> cluster(server).log());
    }

    private MailboxCluster cluster(String server) {
        return plant.mailboxServer(server).cluster();
    }

    // ---- nodes

    /** The active node dies and the other one takes over, as unscheduled as can be; an LCR server activates its copy. */
    public Optional<String> failOver(String server) throws IOException {
        Optional<RealCluster> real = plant.realMailboxes().cluster(server);
        if (real.isPresent()) {
            return real.get().failOver();
        }
        MailboxCluster cluster = cluster(server);
        return cluster.role().replication() == Replication.LCR
                ? cluster.orders().activateCopy()
                : cluster.orders().failOver();
    }

    /**
     * Hands the mailboxes over without loss.
     *
     * @param comment for the cluster's log; may be empty
     */
    public Optional<String> handoff(String server, String target, String comment) throws IOException {
        return cluster(server).orders().handoff(target, comment);
    }

    /** Takes a node out of its cluster. */
    public Optional<String> evict(String node) {
        return cluster(plant.node(node).server()).orders().evict(node);
    }

    /** Takes an evicted node in again. */
    public Optional<String> rejoin(String node) throws IOException {
        return cluster(plant.node(node).server()).orders().rejoin(node);
    }

    /** Seeds the copies on a node from their beginning. */
    public Optional<String> reseed(String node) throws IOException {
        return cluster(plant.node(node).server()).orders().reseed(node);
    }

    // ---- servers

    /** Mailboxes that the directory has on a server. */
    public List<String> mailboxes(String server) {
        return plant.organization().directory().recipients().stream()
                .map(RecipientDefinition::entry)
                .filter(entry -> entry instanceof DirectoryEntry.Mailbox mailbox
                        && Names.same(mailbox.database().server(), server))
                .map(DirectoryEntry::name)
                .toList();
    }

    /** Ends a server in order for good, unless somebody has a mailbox on it. */
    public Optional<String> remove(String server) {
        Optional<String> refusal =
                ClusterOrders.removalRefusal(mailboxes(server).size());
        if (refusal.isEmpty()) {
            plant.mailboxServer(server).drain();
        }
        return refusal;
    }

    // ---- databases

    /** All databases, by server, then as the topology has them. */
    public List<DatabaseState> databases() {
        List<DatabaseState> all = new ArrayList<>();
        plant.mailboxServers().values().forEach(server -> add(server.cluster(), all));
        return all;
    }

    private static void add(MailboxCluster cluster, List<DatabaseState> all) {
        ClusterStatus status = cluster.status();
        SortedMap<String, String> held = Names.map();
        status.groups().forEach(group -> held.put(group.group(), group.why()));
        for (StorageGroup group : cluster.role().storageGroups()) {
            for (String database : group.databases()) {
                String why = held.getOrDefault(group.name(), "");
                String also = cluster.obstacle(group.name(), database).orElse("");
                DatabaseRef its = new DatabaseRef(status.server(), group.name(), database);
                all.add(new DatabaseState(its, why.isEmpty() && also.isEmpty(), why.isEmpty() ? also : why));
            }
        }
    }

    /** Dismounts a database: mail for it waits at the hubs. */
    public Optional<String> dismount(DatabaseRef database) {
        DatabaseState state = state(database);
        if (state.mounted()) {
            DatabaseRef known = state.database();
            cluster(known.server()).mount(known.storageGroup(), known.database(), false);
            return Optional.empty();
        }
        return Optional.of(state.why());
    }

    /**
     * Mounts a database that an operator dismounted.
     *
     * @param force mount its storage group, too, when that was held back, whatever it lacks
     * @return why it is not mounted then
     */
    public Optional<String> mount(DatabaseRef database, boolean force) throws IOException {
        DatabaseState before = state(database);
        DatabaseRef known = before.database();
        if (before.mounted()) {
            return Optional.of("database " + known + " is mounted already");
        }
        MailboxCluster cluster = cluster(known.server());
        if (force) {
            cluster.orders().force(known.storageGroup());
        }
        cluster.mount(known.storageGroup(), known.database(), true);
        DatabaseState after = state(known);
        return after.mounted() ? Optional.empty() : Optional.of(after.why());
    }

    private DatabaseState state(DatabaseRef wanted) {
        return databases().stream()
                .filter(state -> Names.same(state.database().toString(), wanted.toString()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no database " + wanted + " runs here"));
    }
}
