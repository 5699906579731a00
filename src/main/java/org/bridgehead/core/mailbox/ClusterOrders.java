package org.bridgehead.core.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;

/**
 * What an operator may ask of a mailbox server. An order is done, or refused with the reason, one line; both stand in the
 * cluster's log. An answer is empty when nothing is against it.
 *
 * <p>Belongs to the owner of its {@link Cluster}.
 */
public final class ClusterOrders {
    private final Cluster cluster;

    ClusterOrders(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Why a handoff may not begin. It is asked before the remaining logs are shipped, and changes nothing.
     *
     * @param groups replication by the name of the storage group; empty for shared storage
     */
    public Optional<String> handoffRefusal(String target, SortedMap<String, LogReplication> groups) {
        String node = cluster.known(target);
        Optional<String> active = cluster.active();
        if (active.isEmpty()) {
            return Optional.of("no node hosts the mailboxes: nothing can be handed over without loss");
        }
        if (active.filter(node::equals).isPresent()) {
            return Optional.of(node + " hosts the mailboxes already");
        }
        if (cluster.state(node) != NodeState.PASSIVE) {
            return Optional.of(node + " is " + word(node) + ": only a passive node takes over");
        }
        return groups.entrySet().stream()
                .flatMap(group -> group.getValue().trouble().map(why -> group.getKey() + ": " + why).stream())
                .findFirst();
    }

    /**
     * Makes the passive node active, losing nothing: refused unless both nodes are members, every copy is healthy and no
     * log is missing any more.
     */
    public Optional<String> handoff(String target, SortedMap<String, LogReplication> groups, Instant now) {
        String node = cluster.known(target);
        Optional<String> refusal = handoffRefusal(target, groups).or(() -> missing(groups));
        refusal.ifPresentOrElse(why -> refused(now, node, "handoff", why), () -> {
            String before = cluster.active().orElse("");
            cluster.note(now, ClusterLogEntry.HANDED_OFF, node, before + " hands over to " + node + ", no log lost");
            cluster.move(node, now);
        });
        return refusal;
    }

    private static Optional<String> missing(SortedMap<String, LogReplication> groups) {
        return groups.entrySet().stream()
                .filter(group -> group.getValue().missingLogs() > 0)
                .map(group -> group.getKey() + " lacks "
                        + Logs.count(group.getValue().missingLogs()) + ": ship what remains first")
                .findFirst();
    }

    /** Takes a node out. It may not host the mailboxes; the one that is left needs no other vote than its own. */
    public Optional<String> evict(String node, Instant now) {
        String name = cluster.known(node);
        Optional<String> refusal = evictRefusal(name);
        refusal.ifPresentOrElse(why -> refused(now, name, "eviction", why), () -> {
            cluster.note(now, 0, name, name + " is evicted");
            cluster.consistOf(
                    members().stream().filter(other -> !other.equals(name)).toList(), now);
        });
        return refusal;
    }

    private Optional<String> evictRefusal(String node) {
        if (cluster.active().filter(node::equals).isPresent()) {
            return Optional.of(node + " hosts the mailboxes: hand them over first");
        }
        if (cluster.state(node) == NodeState.EVICTED) {
            return Optional.of(node + " is evicted already");
        }
        return cluster.active().isEmpty()
                ? Optional.of("the cluster does not run: without quorum its members cannot be changed")
                : Optional.empty();
    }

    /** Takes an evicted node in again. Its copies have to be seeded in full. */
    public Optional<String> rejoin(String node, Instant now) {
        String name = cluster.known(node);
        Optional<String> refusal = cluster.state(name) == NodeState.EVICTED
                ? unreachable(name)
                : Optional.of(name + " was not evicted: it joins by itself once it reaches the cluster");
        refusal.ifPresentOrElse(why -> refused(now, name, "joining", why), () -> {
            cluster.note(now, 0, name, name + " joins again; its copies have to be seeded");
            List<String> members = members();
            cluster.consistOf(
                    cluster.nodes().stream()
                            .filter(one -> one.equals(name) || members.contains(one))
                            .toList(),
                    now);
        });
        return refusal;
    }

    /** Why the copies on a node may not be seeded now. Changes nothing. */
    public Optional<String> reseedRefusal(String node) {
        String name = cluster.known(node);
        Replication replication = cluster.role().replication();
        if (replication != Replication.CCR && replication != Replication.LCR) {
            return Optional.of("replication " + replication.keyword() + " has no copy to seed");
        }
        if (cluster.active().isEmpty()) {
            return Optional.of("no node hosts the mailboxes: there is nothing to seed from");
        }
        boolean second = replication == Replication.LCR;
        boolean active = cluster.active().filter(name::equals).isPresent();
        if (active && !second) {
            return Optional.of(name + " hosts the mailboxes: only the passive copy is seeded");
        }
        return second || cluster.state(name) == NodeState.PASSIVE
                ? Optional.empty()
                : Optional.of(name + " is " + word(name) + ": bring it into the cluster first");
    }

    /** Why the mailbox server may not be removed while it has so many mailboxes. */
    public static Optional<String> removalRefusal(int mailboxes) {
        return mailboxes == 0
                ? Optional.empty()
                : Optional.of((mailboxes == 1 ? "1 mailbox is" : mailboxes + " mailboxes are")
                        + " on it: move or delete first");
    }

    private Optional<String> unreachable(String node) {
        if (cluster.active().isEmpty()) {
            return Optional.of("the cluster does not run: there is nothing to join");
        }
        return cluster.active()
                .filter(active -> !cluster.joins(active, node))
                .map(active -> node + " does not reach " + active);
    }

    private List<String> members() {
        return cluster.memory().members();
    }

    private String word(String node) {
        return Names.folded(cluster.state(node).name());
    }

    private void refused(Instant now, String node, String what, String why) {
        cluster.note(now, 0, node, what + " of " + node + " refused: " + why);
    }
}
