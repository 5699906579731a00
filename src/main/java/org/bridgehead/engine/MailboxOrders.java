package org.bridgehead.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.bridgehead.core.mailbox.Cluster;
import org.bridgehead.core.mailbox.LogReplication;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.io.mailstore.Shipment;

/**
 * What operators order of an embedded mailbox server. An order is done when it returns, or refused: then the answer is the
 * reason, one line. Safe for any thread: each holds its {@link MailboxCluster} meanwhile.
 */
final class MailboxOrders {
    private final MailboxCluster server;
    private final Cluster cluster;

    MailboxOrders(MailboxCluster server, Cluster cluster) {
        this.server = server;
        this.cluster = cluster;
    }

    /**
     * Hands the mailboxes over without loss. Order and refusal stand in the log.
     *
     * @param comment of whoever wants it; may be empty
     */
    Optional<String> handoff(String target, String comment) throws IOException {
        synchronized (server) {
            String node = server.role().nodeNamed(target, server.name());
            long logged = cluster.logged();
            Optional<String> refusal = handOver(node);
            String said = comment.isEmpty() ? "" : " (" + comment + ")";
            if (refusal.isPresent() && cluster.logged() == logged) {
                server.note(node, "handoff of " + node + " refused: " + refusal.get() + said);
            } else if (!said.isEmpty()) {
                server.note(node, "comment on the handoff to " + node + said);
            }
            return refusal;
        }
    }

    private Optional<String> handOver(String node) throws IOException {
        Optional<String> refusal = cluster.orders().handoffRefusal(node, server.replication());
        if (refusal.isPresent()) {
            return refusal;
        }
        String before = server.serving();
        server.interrupt(false);
        SortedMap<String, LogReplication> even = Names.map();
        for (String group : server.role().groupNames()) {
            Optional<Shipment.Refusal> obstacle = shipAll(group, before, node);
            if (obstacle.isPresent()) {
                server.settle();
                return Optional.of("log " + obstacle.get().generation() + " of " + group + " cannot be shipped: "
                        + obstacle.get().why());
            }
            even.put(group, LogReplication.even(server.copies().of(before).lastClosed(group)));
        }
        refusal = cluster.orders().handoff(node, even, server.now());
        if (refusal.isEmpty()) {
            server.plan();
        }
        server.settle();
        return refusal;
    }

    private Optional<Shipment.Refusal> shipAll(String group, String from, String to) throws IOException {
        return server.copies().areShipped()
                ? server.courier().shipAll(group, from, to).refusal()
                : Optional.empty();
    }

    /** Activates the second copy of an LCR server, whatever it lacks. */
    Optional<String> activateCopy() throws IOException {
        synchronized (server) {
            if (server.role().replication() != Replication.LCR) {
                return Optional.of(server.name() + " has no second copy on its node: replication "
                        + server.role().replication().keyword());
            }
            if (server.serving().isEmpty()) {
                return Optional.of(server.name() + " does not run");
            }
            String node = server.serving();
            String other = server.copies().other(server.holder(node)).orElseThrow();
            server.interrupt(true);
            server.forcing(server.role().groupNames(), () -> server.activate(other, node));
            server.catchUp();
            return Optional.empty();
        }
    }

    /** Mounts a storage group that lacks more than the dial allows; nothing when it is mounted. */
    void force(String group) throws IOException {
        synchronized (server) {
            if (!server.isMounted(group)) {
                server.forcing(List.of(group), () -> {
                    server.stop(false);
                    server.settle();
                });
            }
        }
    }

    /** The active node dies and the other one takes over. */
    Optional<String> failOver() throws IOException {
        synchronized (server) {
            Optional<String> active = cluster.active();
            if (active.isEmpty()) {
                return Optional.of("no node of " + server.name() + " is active");
            }
            List<String> others = server.role().nodeNames().stream()
                    .filter(node -> !Names.same(node, active.get()))
                    .toList();
            if (others.stream().noneMatch(node -> cluster.state(node) == NodeState.PASSIVE)) {
                return Optional.of(whyNobodyTakesOver(others));
            }
            server.note(active.get(), active.get() + " fails: an operator wants " + others.get(0) + " to take over");
            server.fail(active.get(), OptionalLong.empty());
            return Optional.empty();
        }
    }

    private String whyNobodyTakesOver(List<String> others) {
        MailboxRole role = server.role();
        return others.isEmpty()
                ? server.name() + " has no second node: replication "
                        + role.replication().keyword()
                : others.get(0) + " is "
                        + Names.folded(cluster.state(others.get(0)).name()) + ": only a passive node takes over";
    }

    /** Takes a node out of the cluster. */
    Optional<String> evict(String node) {
        synchronized (server) {
            Optional<String> refusal = cluster.orders().evict(known(node), server.now());
            server.remember();
            return refusal;
        }
    }

    /** Takes an evicted node in again and seeds its copies. */
    Optional<String> rejoin(String node) throws IOException {
        synchronized (server) {
            Optional<String> refusal = cluster.orders().rejoin(known(node), server.now());
            server.remember();
            if (refusal.isEmpty()) {
                server.catchUp();
            }
            return refusal;
        }
    }

    /** Seeds the copies on a node from their beginning. */
    Optional<String> reseed(String node) throws IOException {
        synchronized (server) {
            Optional<String> refusal = cluster.orders().reseedRefusal(known(node));
            Optional<String> to = refusal.isPresent() ? Optional.empty() : server.target();
            if (to.isPresent()) {
                for (String group : server.role().groupNames()) {
                    server.courier().reseed(group, server.newest(group), to.get(), 1);
                }
            }
            return refusal;
        }
    }

    private String known(String node) {
        return server.role().nodeNamed(node, server.name());
    }
}
