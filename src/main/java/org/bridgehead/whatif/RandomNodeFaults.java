package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.RandomScenario.Timed;

/**
 * Draws how nodes of mailbox servers die, most of them with logs that nobody else has; now and then a hub of the site dies
 * before it is asked, or the other node follows. From a seed of its own, so that the other faults of a seed stay what they
 * are. One thread; one scenario.
 */
final class RandomNodeFaults {
    private static final long OWN = 0x6E6F6465L;
    private static final int TAKE_OVER_MILLIS = 8000;

    private final Random random;
    private final Moments moments;
    private final Topology topology;
    private final List<Server> clusters;
    private final List<Timed> timed = new ArrayList<>();
    private final Map<String, Step> mended = new LinkedHashMap<>();

    RandomNodeFaults(long seed, Topology topology, List<Timed> letters, Duration hours) {
        this.random = new Random(seed ^ OWN);
        this.moments = new Moments(random, letters, hours);
        this.topology = topology;
        this.clusters = topology.servers().values().stream()
                .filter(server -> server.mailbox()
                        .filter(role -> role.replication() != Replication.NONE)
                        .isPresent())
                .toList();
    }

    /** Faults and their ends, in no order; {@code faults}: how many others there are. */
    List<Timed> draw(int faults) {
        if (!clusters.isEmpty()) {
            for (int i = 1 + random.nextInt(1 + faults / 6); i > 0; i--) {
                fault(clusters.get(random.nextInt(clusters.size())));
            }
        }
        return timed;
    }

    /** What makes all nodes run again. */
    Stream<Step> mended() {
        return mended.values().stream();
    }

    private void fault(Server server) {
        List<MailboxNode> nodes = server.mailbox().orElseThrow().nodes();
        Duration at = moments.moment();
        int which = random.nextInt(3) == 0 ? random.nextInt(nodes.size()) : 0;
        lasting(at, loss(server, node(nodes.get(which))), Action.START);
        if (random.nextInt(3) == 0) {
            List<Server> hubs = topology.hubsOf(server.site().orElseThrow());
            Item hub =
                    new Item(Item.SERVER, hubs.get(random.nextInt(hubs.size())).name());
            Action death = random.nextBoolean() ? Action.KILL : Action.LOSE_POWER;
            lasting(at.plusMillis(random.nextInt(TAKE_OVER_MILLIS)), Fault.of(death, hub), Action.START);
        }
        if (nodes.size() > 1 && random.nextInt(3) == 0) {
            Duration later =
                    random.nextBoolean() ? Duration.ofMillis(random.nextInt(TAKE_OVER_MILLIS)) : moments.aWhile();
            lasting(at.plus(later), loss(server, node(nodes.get(1 - which))), Action.START);
        }
    }

    private static Item node(MailboxNode node) {
        return new Item(Item.NODE, node.name());
    }

    /** With a few logs more at most than the dial allows. */
    private Fault loss(Server server, Item node) {
        int allowed = server.mailbox().orElseThrow().allowedMissingLogs();
        return random.nextInt(4) == 0
                ? Fault.of(Action.KILL, node)
                : Fault.loss(
                        node,
                        random.nextInt(4) == 0
                                ? random.nextInt(allowed + 3)
                                : 1 + random.nextInt(Math.max(1, allowed)));
    }

    private void lasting(Duration at, Fault begin, Action end) {
        Fault cure = Fault.of(end, begin.item());
        timed.add(new Timed(at, begin));
        timed.add(new Timed(at.plus(moments.aWhile()), cure));
        mended.put(cure.item().toString(), cure);
    }
}
