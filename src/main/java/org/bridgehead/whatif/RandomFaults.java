package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Skew;
import org.bridgehead.core.scenario.Slow;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.RandomScenario.Timed;

/** Draws the faults of a {@link RandomScenario}, most of them shortly after a burst of mail began, and their ends. */
final class RandomFaults {
    private final Random random;
    private final Topology original;
    private final List<Timed> letters;
    private final Conditions conditions;
    private final Moments moments;
    private final RandomNodeFaults nodes;
    private final RandomDirectoryFaults directory;
    private final RandomLoads loads;
    private final RandomHardships hardships;
    private final List<String> transport = new ArrayList<>();
    private final List<String> stores = new ArrayList<>();
    private final List<String> links;
    private final List<Timed> timed = new ArrayList<>();
    /** What ends a fault for good, by what it ends. */
    private final Map<String, Step> mended = new LinkedHashMap<>();

    private Topology topology;

    /** Faults in an organisation whose letters and conditions are drawn. */
    RandomFaults(Random random, Organization organization, List<Timed> letters, Conditions conditions, Duration hours) {
        this.random = random;
        this.original = organization.topology();
        this.topology = original;
        this.letters = List.copyOf(letters);
        this.conditions = conditions;
        this.moments = new Moments(random, letters, hours);
        this.nodes = new RandomNodeFaults(conditions.seed(), original, letters, hours);
        this.directory = new RandomDirectoryFaults(conditions, organization, letters, hours);
        for (Server server : original.servers().values()) {
            if (server.is(Role.MAILBOX)) {
                stores.add(server.name());
            }
            if (server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT)) {
                transport.add(server.name());
            }
        }
        this.loads = new RandomLoads(conditions.seed(), transport, stores, letters, hours);
        this.hardships = new RandomHardships(conditions.seed(), transport, stores, letters, hours);
        this.links = List.copyOf(original.links().keySet());
    }

    /** Faults and their ends, in no order. */
    List<Timed> draw(int count) {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(moments.moment());
        }
        times.sort(null);
        times.forEach(this::fault);
        timed.addAll(nodes.draw(count));
        timed.addAll(directory.draw(count));
        timed.addAll(loads.draw(count));
        timed.addAll(hardships.draw(count));
        return timed;
    }

    /** What makes everything work again. */
    List<Step> mended() {
        return Stream.of(
                        mended.values().stream(),
                        nodes.mended(),
                        directory.mended(),
                        loads.mended(),
                        hardships.mended(),
                        hardships.freed().stream())
                .flatMap(steps -> steps)
                .toList();
    }

    private String one(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private void fault(Duration at) {
        String server = one(transport);
        switch (random.nextInt(20)) {
            case 0, 1 -> death(at, server);
            case 2, 3, 4, 5, 6 -> aimed();
            case 7 -> lasting(at, Action.KILL, Action.START, new Item(Item.SERVER, one(stores)));
            case 8, 9, 10 -> wire(at);
            case 11, 12 -> lasting(at, Action.FILL_DISK, Action.FREE_DISK, new Item(Item.SERVER, server));
            case 13 -> slow(at, server);
            case 14 -> skew(at, server);
            case 15 -> change(at);
            case 16 -> operate(at, server);
            default -> trouble(at, random.nextBoolean() ? server : one(stores));
        }
    }

    /** While the first server of a letter is busy with it. */
    private void aimed() {
        Timed letter = letters.get(random.nextInt(letters.size()));
        long nanos = 3 * (conditions.latency().toNanos() + conditions.disk().toNanos())
                + 10 * conditions.directory().toNanos();
        Duration at = letter.at().plusNanos((long) (random.nextDouble() * nanos));
        String via = ((Send) letter.step()).via();
        if (transport.contains(via)) {
            death(at, via);
        } else {
            lasting(at, Action.KILL, Action.START, new Item(Item.SERVER, via));
        }
    }

    /** A server dies, and now and then again while it reads back what its disk has. */
    private void death(Duration at, String server) {
        Item item = new Item(Item.SERVER, server);
        Duration again = lasting(at, random.nextInt(3) == 0 ? Action.KILL : Action.LOSE_POWER, Action.START, item);
        if (random.nextInt(3) == 0) {
            long nanos = conditions.disk().toNanos();
            lasting(
                    again.plusNanos((long) (random.nextDouble() * nanos)),
                    random.nextBoolean() ? Action.KILL : Action.LOSE_POWER,
                    Action.START,
                    item);
        }
    }

    private void wire(Duration at) {
        Item item = links.isEmpty() || random.nextInt(5) == 0
                ? new Item(Item.SITE, one(List.copyOf(original.sites().keySet())))
                : new Item(Item.LINK, one(links));
        lasting(at, Action.CUT, Action.MEND, item);
    }

    /** Answers when it ends. */
    private Duration lasting(Duration at, Action begin, Action end, Item item) {
        Duration over = at.plus(moments.aWhile());
        timed.add(new Timed(at, Fault.of(begin, item)));
        timed.add(new Timed(over, Fault.of(end, item)));
        mended.put(end + " " + item, Fault.of(end, item));
        return over;
    }

    private void slow(Duration at, String server) {
        timed.add(new Timed(at, new Slow(server, Duration.ofMillis(random.nextInt(3000)))));
        Slow end = new Slow(server, Duration.ZERO);
        timed.add(new Timed(at.plus(moments.aWhile()), end));
        mended.put("slow " + server, end);
    }

    private void skew(Duration at, String server) {
        timed.add(new Timed(at, new Skew(server, Duration.ofMillis(random.nextInt(600_000) - 300_000L))));
        mended.put("clock " + server, new Skew(server, Duration.ZERO));
    }

    private void trouble(Duration at, String target) {
        Mishap mishap = switch (random.nextInt(5)) {
            case 0 -> new Mishap.LoseReply();
            case 1 -> new Mishap.LoseConnection();
            case 2 -> new Mishap.Defer(EnhancedStatus.of("4.2.2"), "busy");
            case 3 -> new Mishap.Bounce(EnhancedStatus.of("5.2.1"), "disabled");
            default -> new Mishap.RefuseConnection(EnhancedStatus.of("4.3.2"), "shutting down");
        };
        timed.add(new Timed(at, new Trouble(target, mishap, 1 + random.nextInt(3))));
    }

    private void operate(Duration at, String server) {
        List<String> queues = new ArrayList<>();
        original.sites().keySet().forEach(site -> queues.add("site:" + site));
        stores.forEach(store -> queues.add("mailbox:" + store));
        String queue = one(queues);
        if (random.nextBoolean()) {
            timed.add(new Timed(at, new Operate(server, new Operation.RetryQueue(queue))));
            return;
        }
        Operate end = new Operate(server, new Operation.ResumeQueue(queue));
        timed.add(new Timed(at, new Operate(server, new Operation.SuspendQueue(queue))));
        timed.add(new Timed(at.plus(moments.aWhile()), end));
        mended.put("queue " + server + " " + queue, end);
    }

    /** Costs of links change while mail flows. */
    private void change(Duration at) {
        if (links.isEmpty()) {
            return;
        }
        String name = one(links);
        int cost = 1 + random.nextInt(5);
        topology = withCost(topology, name, cost);
        timed.add(new Timed(at, new Change(List.of("siteLinks." + name + ".cost=" + cost), topology)));
        int before = Objects.requireNonNull(original.links().get(name)).cost();
        List<String> edits = new ArrayList<>();
        if (mended.get("topology") instanceof Change earlier) {
            edits.addAll(earlier.edits());
        }
        String edit = "siteLinks." + name + ".cost=" + before;
        if (!edits.contains(edit)) {
            edits.add(edit);
        }
        mended.put("topology", new Change(edits, original));
    }

    private static Topology withCost(Topology topology, String link, int cost) {
        List<SiteLink> links = topology.links().values().stream()
                .map(one -> one.name().equals(link)
                        ? new SiteLink(
                                one.name(),
                                one.sites(),
                                cost,
                                one.exchangeCost(),
                                one.maxMessageSize(),
                                one.bandwidth(),
                                one.latency())
                        : one)
                .toList();
        return topology.withGraph(List.copyOf(topology.sites().values()), links);
    }
}
