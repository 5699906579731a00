package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.mailbox.ClusterTest.NOW;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.junit.jupiter.api.Test;

/**
 * Random faults and orders, held against what must never be. What is checked knows nothing of epochs or elections: it
 * counts who runs and who reaches whom, and remembers which nodes ran last.
 */
class ClusterPropertyTest {
    private static final int SEQUENCES = 100_000;
    private static final List<MailboxRole> ROLES = List.of(Servers.CCR, Servers.CCR, Servers.NO_WITNESS, Servers.SCC);

    /** How often each thing came up, so that a test that tries nothing is seen. */
    private int activations;

    private int refusedStale;
    private int alone;

    @Test
    void neverTwoNeverWithoutAMajorityNeverStale() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ClusterPropertyTest: seed " + seed + " (-Dseed=" + seed + " repeats it)");
        Random random = new Random(seed);
        for (int i = 0; i < SEQUENCES; i++) {
            new Run(random, ROLES.get(random.nextInt(ROLES.size()))).play(4 + random.nextInt(16));
        }
        assertThat(activations).as("activations").isGreaterThan(SEQUENCES / 2);
        assertThat(alone).as("nodes that started alone").isGreaterThan(SEQUENCES / 20);
        assertThat(refusedStale).as("older nodes kept from starting").isGreaterThan(SEQUENCES / 50);
    }

    private final class Run {
        private final Random random;
        private final MailboxRole role;
        private final Cluster cluster;
        private final Set<String> up = new LinkedHashSet<>(List.of("A", "B", "W"));
        private final Set<String> cuts = new LinkedHashSet<>();
        private final Set<String> members = new LinkedHashSet<>(List.of("A", "B"));
        private final List<String> story = new ArrayList<>();
        private List<String> ranLast = List.of("A", "B");
        private Optional<String> active = Optional.of("A");

        Run(Random random, MailboxRole role) {
            this.random = random;
            this.role = role;
            this.cluster = Cluster.started(role, NOW);
            story.add(role.replication() + (role.witness().isPresent() ? " with witness" : ""));
        }

        void play(int steps) {
            for (int i = 0; i < steps; i++) {
                step();
                check();
            }
        }

        private void step() {
            int kind = random.nextInt(20);
            if (kind < 12) {
                turn();
            } else if (kind < 17) {
                wire();
            } else {
                order(kind);
            }
        }

        /** A part or two, in one moment. */
        private void turn() {
            List<String> parts =
                    new ArrayList<>(role.witness().isPresent() ? List.of("A", "B", "W") : List.of("A", "B"));
            if (random.nextInt(4) > 0) {
                parts = List.of(parts.get(random.nextInt(parts.size())));
            }
            boolean on = random.nextBoolean();
            story.add((on ? "up " : "down ") + parts);
            if (on) {
                up.addAll(parts);
                cluster.up(parts, NOW);
            } else {
                up.removeAll(parts);
                cluster.down(parts, NOW);
            }
        }

        private void wire() {
            List<String> wires =
                    new ArrayList<>(role.witness().isPresent() ? List.of("A-B", "A-W", "B-W") : List.of("A-B"));
            wires.removeIf(wire -> random.nextInt(3) == 0);
            List<Wire> named = wires.stream()
                    .map(wire -> new Wire(wire.substring(0, 1), wire.substring(2)))
                    .toList();
            boolean mended = random.nextBoolean();
            story.add((mended ? "mend " : "cut ") + wires);
            if (mended) {
                cuts.removeAll(wires);
                cluster.mend(named, NOW);
            } else {
                cuts.addAll(wires);
                cluster.cut(named, NOW);
            }
        }

        private void order(int kind) {
            String node = random.nextBoolean() ? "A" : "B";
            if (kind == 17) {
                story.add("handoff " + node);
                cluster.orders().handoff(node, Servers.group(LogReplication.even(1)), NOW);
            } else if (members.size() == 2) {
                story.add("evict " + node);
                if (cluster.orders().evict(node, NOW).isEmpty()) {
                    members.remove(node);
                }
            } else {
                story.add("rejoin " + node);
                if (cluster.orders().rejoin(node, NOW).isEmpty()) {
                    members.add(node);
                }
            }
        }

        private boolean joins(String one, String other) {
            String wire = one.compareTo(other) < 0 ? one + "-" + other : other + "-" + one;
            return up.contains(one) && up.contains(other) && !cuts.contains(wire);
        }

        private boolean together() {
            return members.size() == 2 && joins("A", "B");
        }

        private int votes(String node) {
            String other = node.equals("A") ? "B" : "A";
            boolean witness = role.witness().isPresent() && (joins(node, "W") || (together() && joins(other, "W")));
            return (up.contains(node) ? 1 : 0) + (together() ? 1 : 0) + (witness ? 1 : 0);
        }

        private boolean hasMajority(String node) {
            boolean single = members.size() == 1 || role.replication() == Replication.SCC;
            return members.contains(node) && votes(node) >= (single ? 1 : 2);
        }

        private void check() {
            List<NodeStatus> nodes = cluster.status();
            List<String> hosts = named(nodes, NodeState.ACTIVE);
            must(hosts.size() <= 1, "two active nodes");
            must(cluster.active().equals(hosts.stream().findFirst()), "the active node is another than it says");
            must(cluster.active().filter(node -> !hasMajority(node)).isEmpty(), "active without a majority");
            List<String> running = new ArrayList<>(hosts);
            running.addAll(named(nodes, NodeState.PASSIVE));
            checkStart(running);
            checkService();
            active = cluster.active();
        }

        private static List<String> named(List<NodeStatus> nodes, NodeState state) {
            return nodes.stream()
                    .filter(node -> node.state() == state)
                    .map(NodeStatus::node)
                    .toList();
        }

        /** Cheaper than an assertion that describes what holds. */
        private void must(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise + ": " + String.join(", ", story) + "; now " + cluster.status());
            }
        }

        /** Whoever runs was among those that ran last, unless the disk is shared; then nothing is older. */
        private void checkStart(List<String> running) {
            if (role.replication() == Replication.CCR && !running.isEmpty()) {
                must(running.stream().anyMatch(ranLast::contains), "an older node started");
            }
            if (cluster.active().isPresent() && !cluster.active().equals(active)) {
                activations++;
                alone += running.size() == 1 ? 1 : 0;
            }
            ranLast = running.isEmpty() ? ranLast : running;
        }

        /** Two together serve; so does one with a majority that was among the last; and nobody is moved without need. */
        private void checkService() {
            must(!together() || cluster.active().isPresent(), "two nodes do not serve");
            boolean contest = hasMajority("A") && hasMajority("B");
            for (String node : List.of("A", "B")) {
                if (hasMajority(node) && !together() && !contest) {
                    boolean older = role.replication() == Replication.CCR && !ranLast.contains(node);
                    refusedStale += older ? 1 : 0;
                    must(
                            cluster.active().equals(older ? Optional.empty() : Optional.of(node)),
                            node + (older ? " may not serve" : " does not serve"));
                }
            }
            boolean handedOver = story.get(story.size() - 1).startsWith("handoff");
            must(
                    handedOver
                            || active.filter(this::hasMajority).isEmpty()
                            || cluster.active().equals(active),
                    "moved without need");
        }
    }
}
