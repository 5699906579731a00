package org.bridgehead.whatif;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.mailbox.Cluster;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.queue.QueueStatus;
import org.bridgehead.core.topology.MailboxRole;

/** Checks that a hub at rest counts what its disk holds, and that it will wake for what waits. One thread. */
final class Books {
    /** Letters of a burst come closer to one another, and looks at queues take time. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private static final String UNREACHABLE = "\\Unreachable";

    private final List<Violation> violations;
    private final LadderWatch ladder;
    private final PoisonWatch poison;

    Books(PoisonWatch poison, List<Violation> violations) {
        this.violations = violations;
        this.ladder = new LadderWatch(violations);
        this.poison = poison;
    }

    private void violated(String invariant, String detail) {
        violations.add(new Violation(invariant, detail));
    }

    /**
     * Looks at every server that waits for nothing; and at all queues that had time to get stuck.
     *
     * @param passed since the last look
     */
    void check(VirtualOrganization organization, Duration passed) {
        boolean queuesToo = passed.compareTo(LONG) >= 0;
        for (VirtualServer server : organization.hubs()) {
            if (server.isRunning()) {
                boolean atRest = server.unanswered() == 0
                        && server.recovering() == 0
                        && server.hub().unwritten() == 0;
                if (atRest) {
                    check(organization, server);
                    poison.check(server);
                }
                if (queuesToo) {
                    ladder.check(server, organization.retry(server.name()), organization.clock(server), atRest);
                }
            }
        }
    }

    private void check(VirtualOrganization organization, VirtualServer server) {
        int counted = server.hub().messages();
        int there = server.disk().size();
        if (counted != there) {
            violated("books", server.name() + " counts " + counted + " messages, its disk holds " + there);
        }
        if (counted > 0
                && organization.waking(server).isEmpty()
                && counted > PoisonWatch.aside(server)
                && server.hub().queues().stream().noneMatch(Books::mayRest)) {
            violated("asleep", server.name() + " has " + counted + " messages and wants to be woken for none of them");
        }
    }

    private static boolean mayRest(QueueView queue) {
        return queue.messages() > 0 && queue.status() == QueueStatus.SUSPENDED;
    }

    /**
     * A server has no more messages in memory than there is room for (DECISIONS 1.5), those aside that each waiting queue
     * needs to try with.
     *
     * @param room for messages
     */
    void memory(VirtualServer server, int room) {
        int there = server.hub().inMemory();
        if (there > room
                && there > room + Math.max(1, room / 10) * server.hub().queues().size()) {
            violated("memory", server.name() + " has " + there + " messages in memory, and room for " + room);
        }
    }

    /** The queues of a server: every one has its name, none holds less than nothing. */
    void queues(VirtualServer server) {
        TreeSet<String> names = new TreeSet<>();
        for (QueueView queue : server.hub().queues()) {
            boolean own = queue.identity().startsWith(server.name() + "\\");
            if (!own || !names.add(queue.identity()) || queue.messages() < 0) {
                violated("queues", server.name() + " has a queue that cannot be: " + queue);
            }
        }
    }

    /** Who hosts the mailboxes of a server is one node, runs, and is not alone where another vote is needed. */
    void activity(VirtualMailboxServer server) {
        Cluster cluster = server.cluster();
        List<String> active = server.nodes().stream()
                .filter(node -> cluster.state(node) == NodeState.ACTIVE)
                .toList();
        Optional<String> serving = server.serving();
        boolean another = serving.isPresent() && !active.contains(serving.get());
        if (active.size() > 1
                || another
                || serving.filter(node -> !isBacked(server, node)).isPresent()) {
            violated("active", server.name() + " is served by " + serving.orElse("nobody") + ", active are " + active);
        }
    }

    private static boolean isBacked(VirtualMailboxServer server, String node) {
        Cluster cluster = server.cluster();
        return server.role().replication() != MailboxRole.Replication.CCR
                || Stream.concat(server.nodes().stream(), server.role().witness().stream())
                        .anyMatch(other -> !other.equals(node) && cluster.joins(node, other));
    }

    /** Some hours after everything was mended: only what has no way at all still waits. */
    void prompt(VirtualOrganization organization) {
        for (VirtualServer server : organization.hubs()) {
            if (server.isRunning()) {
                server.hub().queues().stream()
                        .filter(queue ->
                                queue.messages() > 0 && !queue.identity().endsWith(UNREACHABLE))
                        .forEach(queue -> violated("prompt", "hours after everything was mended there is " + queue));
                unresolved(server);
            }
        }
    }

    /** What is in no queue waits for the directory. */
    private void unresolved(VirtualServer server) {
        int messages = server.hub().messages();
        if (messages > 0 && server.hub().queues().stream().allMatch(queue -> queue.messages() == 0)) {
            violated(
                    "prompt",
                    "hours after everything was mended " + server.name() + " has not resolved " + messages
                            + " messages");
        }
    }

    /** At the end: nothing is left but on servers that never came back. */
    void ended(VirtualOrganization organization) {
        for (VirtualServer server : organization.hubs()) {
            int left = server.disk().size();
            if (left > 0 && server.isRunning()) {
                violated(
                        "drains",
                        left + " messages are left on the disk of " + server.name() + ", the first: "
                                + server.disk().records().get(0));
            }
            if (server.isRunning()) {
                server.hub().queues().stream()
                        .filter(queue -> queue.messages() > 0)
                        .forEach(queue -> violated("drains", "at the end there is " + queue));
            }
        }
    }
}
