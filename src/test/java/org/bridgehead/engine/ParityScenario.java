package org.bridgehead.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.Pressure.Level;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Perform;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.RandomOrganization;

/**
 * A random organisation of 3 to 8 sites with 1 to 20 letters and 0 to 5 faults; all of it follows from the seed. Faults
 * hit what the mail of the fault-free course meets, or most would change nothing. Longer than most files: one fault after
 * the other.
 */
final class ParityScenario {
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final String INSIDE = "@" + RandomOrganization.DOMAIN;
    private static final List<String> OUTSIDE =
            List.of("pat@partner.test", "kim@partner.test", "lee@other.test", "sam@far.example", "jo@sub.partner.test");
    private static final int[] SIZES = {0, 0, 0, 2_000, 6_000, 21_000, 25_000, 35_000, 60_000, 120_000};
    private static final Duration[] WAITS = {
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        Duration.ofMinutes(7),
        Duration.ofMinutes(30),
        Duration.ofHours(2),
        Duration.ofHours(5),
        Duration.ofHours(13)
    };

    private static final int[] LONG = {21_000, 35_000, 45_000};
    private static final Duration[] LAGS = {
        Duration.ofMillis(1500),
        Duration.ofSeconds(40),
        Duration.ofMinutes(3),
        Duration.ofMinutes(6),
        Duration.ofMinutes(11)
    };

    private final long seed;
    private final Random random;
    /** For nodes, so that the other draws of a seed stay what they are. */
    private final Random nodes;
    /** For letters that mailboxes send, and pressure. */
    private final Random writing;

    /** For disks that cannot sync, servers that answer late, and poison. */
    private final Random hardships;

    private final ParityTopology drawings;
    private final Organization organization;
    private final List<String> users;
    private final List<String> groups;
    /** Addresses beside the first ones. */
    private final List<String> others;

    private final List<Step> calm = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private Topology topology;

    private ParityScenario(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 7919 + 17);
        this.nodes = new Random(seed * 7919 + 18);
        this.writing = new Random(seed * 7919 + 19);
        this.hardships = new Random(seed * 7919 + 20);
        Organization drawn = RandomOrganization.of(seed, 3, 8);
        this.drawings = new ParityTopology(random);
        this.topology = drawings.furnished(drawn.topology());
        this.organization = new Organization(topology, drawn.directory());
        this.users = named(DirectoryEntry.Mailbox.class);
        this.groups = named(DirectoryEntry.DistributionGroup.class);
        this.others = organization.directory().recipients().stream()
                .flatMap(recipient -> recipient.entry().addresses().stream().skip(1))
                .map(EmailAddress::toString)
                .toList();
    }

    static ParityScenario of(long seed) {
        ParityScenario scenario = new ParityScenario(seed);
        scenario.post();
        scenario.harm(ParityRun.imagined(scenario, scenario.calm).events());
        return scenario;
    }

    long seed() {
        return seed;
    }

    Organization organization() {
        return organization;
    }

    /** The letters and the passing of time only. */
    List<Step> calm() {
        return steps.stream()
                .filter(step -> step instanceof Send || step instanceof Advance || step instanceof Perform)
                .toList();
    }

    List<Step> steps() {
        return steps;
    }

    boolean hasFaults() {
        return calm().size() < steps.size();
    }

    private List<String> named(Class<? extends DirectoryEntry> type) {
        return organization.directory().recipients().stream()
                .map(recipient -> recipient.entry())
                .filter(type::isInstance)
                .map(DirectoryEntry::name)
                .toList();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private void post() {
        for (int letters = 1 + random.nextInt(20); letters > 0; letters--) {
            calm.add(letter());
            int dice = random.nextInt(10);
            if (dice < 2) {
                calm.add(new Advance(WAITS[random.nextInt(3)]));
            } else if (dice < 4) {
                calm.add(new Perform(1 + random.nextInt(60)));
            } else if (dice == 4) {
                calm.add(new Advance(Duration.ZERO));
            }
        }
        calm.add(new Advance(Duration.ofHours(1)));
    }

    private Send letter() {
        List<EmailAddress> to = new ArrayList<>();
        for (int i = 1 + random.nextInt(chance(3) ? 6 : 2); i > 0; i--) {
            EmailAddress recipient = EmailAddress.of(recipient());
            if (!to.contains(recipient)) {
                to.add(recipient);
            }
        }
        List<String> edges = servers(Role.EDGE_TRANSPORT);
        boolean anonymous = chance(4);
        boolean edge = !edges.isEmpty() && (anonymous ? !chance(6) : chance(20));
        String user = anonymous ? "" : any(users);
        Optional<EmailAddress> from = anonymous
                ? chance(4) ? Optional.empty() : Optional.of(EmailAddress.of("bob@elsewhere.test"))
                : Optional.of(EmailAddress.of(user + INSIDE));
        String door = any(edge ? edges : servers(Role.HUB_TRANSPORT));
        return new Send(
                from,
                to,
                !anonymous && !edge && writing.nextInt(3) == 0 ? home(user) : door,
                anonymous,
                "letter",
                "",
                SIZES[random.nextInt(SIZES.length)],
                1,
                any(List.of(Priority.values())),
                Optional.empty());
    }

    private String home(String user) {
        return organization.directory().recipients().stream()
                .map(recipient -> recipient.entry())
                .filter(entry -> entry.name().equals(user))
                .map(entry -> ((DirectoryEntry.Mailbox) entry).database().server())
                .findFirst()
                .orElseThrow();
    }

    private String recipient() {
        int dice = random.nextInt(20);
        if (dice < 2 && !others.isEmpty()) {
            return any(others);
        } else if (dice < 8) {
            return any(users) + INSIDE;
        } else if (dice < 13) {
            return any(groups) + INSIDE;
        } else if (dice < 17) {
            return any(OUTSIDE);
        }
        return dice == 17 ? "friend" + INSIDE : dice == 18 ? "alias" + INSIDE : "nobody" + INSIDE;
    }

    private List<String> servers(Role role) {
        return topology.servers().values().stream()
                .filter(server -> server.is(role))
                .map(Server::name)
                .toList();
    }

    /** Puts faults between the steps, in the midst of things or not, and ends some of them later. */
    private void harm(List<TrackingEvent> before) {
        List<Step> cures = new ArrayList<>();
        int faults = chance(6) ? 0 : 1 + random.nextInt(5);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < faults; i++) {
            places.add(random.nextInt(calm.size()));
        }
        for (int i = 0; i < calm.size(); i++) {
            steps.add(calm.get(i));
            int here = i;
            for (long k = places.stream().filter(place -> place == here).count(); k > 0; k--) {
                if (chance(2)) {
                    steps.add(new Perform(1 + random.nextInt(50)));
                }
                fault(before, cures);
                if (nodes.nextInt(3) == 0) {
                    nodeLoss(cures);
                }
                if (writing.nextInt(4) == 0) {
                    press(before, cures);
                }
                if (hardships.nextInt(2) == 0) {
                    hardship(before, cures);
                }
                if (chance(2)) {
                    steps.add(
                            chance(2)
                                    ? new Advance(WAITS[random.nextInt(WAITS.length)])
                                    : new Perform(1 + random.nextInt(30)));
                }
                if (!cures.isEmpty() && chance(3)) {
                    steps.add(cures.remove(random.nextInt(cures.size())));
                }
            }
        }
        if (faults > 0) {
            steps.add(new Advance(chance(8) ? Duration.ofHours(50) : WAITS[random.nextInt(WAITS.length)]));
            if (!chance(4)) {
                steps.addAll(cures);
            }
            steps.add(new Advance(Duration.ofHours(1 + random.nextInt(4))));
        }
    }

    private void fault(List<TrackingEvent> before, List<Step> cures) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> trouble(before);
            case 3, 4 -> kill(anyProcess(before), cures);
            case 5 ->
                pair(
                        Action.CUT,
                        Action.MEND,
                        new Item(Item.LINK, any(List.copyOf(topology.links().keySet()))),
                        cures);
            case 6 ->
                pair(
                        Action.CUT,
                        Action.MEND,
                        chance(2)
                                ? new Item(Item.SITE, anySite(before))
                                : new Item(
                                        Item.LINK,
                                        any(List.copyOf(topology.links().keySet()))),
                        cures);
            case 7 -> pair(Action.FILL_DISK, Action.FREE_DISK, new Item(Item.SERVER, anyHub(before)), cures);
            case 8 -> change();
            default -> operate(before, cures);
        }
    }

    /** And perhaps somebody beside it writes: where it was the only hub that stays in the Outbox. */
    private void kill(String server, List<Step> cures) {
        pair(Action.KILL, Action.START, new Item(Item.SERVER, server), cures);
        Optional<String> site = topology.server(server).flatMap(Server::site);
        List<String> beside = users.stream()
                .filter(user ->
                        topology.server(home(user)).flatMap(Server::site).equals(site))
                .toList();
        if (!beside.isEmpty() && writing.nextBoolean()) {
            String user = beside.get(writing.nextInt(beside.size()));
            steps.add(new Send(
                    Optional.of(EmailAddress.of(user + INSIDE)),
                    List.of(EmailAddress.of(users.get(writing.nextInt(users.size())) + INSIDE)),
                    home(user),
                    false,
                    "beside a dead server",
                    "",
                    0,
                    1 + writing.nextInt(2),
                    Priority.NORMAL,
                    Optional.empty()));
        }
    }

    /** A node of a cluster dies with logs of its own, or with none. */
    private void nodeLoss(List<Step> cures) {
        List<MailboxNode> all = topology.servers().values().stream()
                .flatMap(server -> server.mailbox().stream())
                .filter(role -> role.nodes().size() > 1)
                .map(role -> role.nodes().get(nodes.nextInt(4) == 0 ? 1 : 0))
                .toList();
        if (!all.isEmpty()) {
            Item node = new Item(Item.NODE, all.get(nodes.nextInt(all.size())).name());
            steps.add(nodes.nextInt(4) == 0 ? Fault.of(Action.KILL, node) : Fault.loss(node, nodes.nextInt(5)));
            cures.add(Fault.of(Action.START, node));
        }
    }

    private void press(List<TrackingEvent> before, List<Step> cures) {
        String server = anyHub(before);
        steps.add(new Press(server, writing.nextBoolean() ? Level.HIGH : Level.MEDIUM));
        cures.add(new Press(server, Level.NORMAL));
    }

    private void hardship(List<TrackingEvent> before, List<Step> cures) {
        String server = anyOf(hardships, busy(before));
        int which = hardships.nextInt(3);
        if (which == 0) {
            Item item = new Item(Item.SERVER, server);
            pair(Action.FAIL_SYNC, Action.MEND_SYNC, item, cures);
            outside();
        } else if (which == 1) {
            poison(anyOf(hardships, servers(Role.HUB_TRANSPORT)), cures);
        } else {
            TreeSet<String> met = new TreeSet<>(hops(before));
            met.removeIf(name -> topology.server(name).isEmpty());
            String slow = met.isEmpty() ? server : anyOf(hardships, List.copyOf(met));
            steps.add(new Lag(slow, LAGS[hardships.nextInt(LAGS.length)]));
            cures.add(new Lag(slow, Duration.ZERO));
            outside();
        }
    }

    /** And somebody hands in what is poison then. */
    private void poison(String hub, List<Step> cures) {
        steps.add(new Poisoned(hub, 1 + hardships.nextInt(3)));
        steps.add(new Send(
                Optional.of(EmailAddress.of(anyOf(hardships, users) + INSIDE)),
                List.of(
                        EmailAddress.of(anyOf(hardships, users) + INSIDE),
                        EmailAddress.of(anyOf(hardships, groups.isEmpty() ? users : groups) + INSIDE)),
                hub,
                false,
                "poison",
                "",
                0,
                1,
                Priority.NORMAL,
                Optional.empty()));
        if (hardships.nextInt(4) > 0) {
            // Not whole seconds: what is due at the very instant of a restart would be a matter of luck.
            steps.add(new Advance(Duration.ofMillis(300 + 1000L * hardships.nextInt(10))));
        }
        cures.add(new Operate(hub, Operation.ResumeQueue.POISON));
    }

    /** A letter to strangers that is too long for some of the ways out. */
    private void outside() {
        steps.add(new Send(
                Optional.of(EmailAddress.of(anyOf(hardships, users) + INSIDE)),
                List.of(EmailAddress.of(anyOf(hardships, OUTSIDE))),
                anyOf(hardships, servers(Role.HUB_TRANSPORT)),
                false,
                "long",
                "",
                LONG[hardships.nextInt(LONG.length)],
                1,
                Priority.NORMAL,
                Optional.empty()));
    }

    private static <T> T anyOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void pair(Action action, Action cure, Item item, List<Step> cures) {
        steps.add(Fault.of(action, item));
        cures.add(Fault.of(cure, item));
    }

    private static TreeSet<String> hops(List<TrackingEvent> before) {
        TreeSet<String> hops = new TreeSet<>();
        before.stream()
                .filter(event ->
                        event.event() == TrackingEvent.Kind.SEND || event.event() == TrackingEvent.Kind.DELIVER)
                .forEach(event -> event.nextHop().ifPresent(hops::add));
        return hops;
    }

    private String anyHub(List<TrackingEvent> before) {
        return any(busy(before));
    }

    /** The hubs and edges that the mail of the fault-free course meets, or all hubs. */
    private List<String> busy(List<TrackingEvent> before) {
        TreeSet<String> busy = new TreeSet<>();
        before.forEach(event -> busy.add(event.server()));
        return busy.isEmpty() ? servers(Role.HUB_TRANSPORT) : List.copyOf(busy);
    }

    private String anySite(List<TrackingEvent> before) {
        return topology.server(anyHub(before))
                .flatMap(Server::site)
                .orElseGet(() -> any(List.copyOf(topology.sites().keySet())));
    }

    /** A hub, edge or mailbox server. */
    private String anyProcess(List<TrackingEvent> before) {
        List<String> met = hops(before).stream()
                .filter(name -> topology.server(name).isPresent())
                .toList();
        return met.isEmpty() || chance(4) ? anyHub(before) : any(met);
    }

    private void trouble(List<TrackingEvent> before) {
        List<String> met = List.copyOf(hops(before));
        String at = met.isEmpty() || chance(6) ? anyHub(before) : any(met);
        Mishap mishap = switch (random.nextInt(7)) {
            case 0 -> new Mishap.RefuseConnection(EnhancedStatus.of("4.3.2"), "scripted: not now");
            case 1 -> new Mishap.RefuseConnection(EnhancedStatus.of("5.7.1"), "scripted: not you");
            case 2 -> new Mishap.Defer(EnhancedStatus.of(chance(2) ? "4.2.1" : "4.3.1"), "scripted: later");
            case 3 -> new Mishap.Bounce(EnhancedStatus.of(chance(2) ? "5.2.1" : "5.3.0"), "scripted: never");
            case 4, 5 -> new Mishap.LoseReply();
            default -> new Mishap.LoseConnection();
        };
        steps.add(new Trouble(at, mishap, 1 + random.nextInt(3)));
    }

    private void operate(List<TrackingEvent> before, List<Step> cures) {
        String server = anyHub(before);
        List<String> queues = new ArrayList<>();
        topology.server(server).flatMap(Server::site).ifPresent(site -> queues.add("mailbox:" + site + "-MBX1"));
        topology.sites().keySet().forEach(site -> queues.add("site:" + site));
        topology.sendConnectors().keySet().forEach(connector -> queues.add("connector:" + connector));
        queues.add("Unreachable");
        String queue = any(queues);
        if (chance(3)) {
            steps.add(new Operate(server, new Operation.RetryQueue(queue)));
        } else {
            steps.add(new Operate(server, new Operation.SuspendQueue(queue)));
            cures.add(new Operate(server, new Operation.ResumeQueue(queue)));
        }
    }

    private void change() {
        topology = drawings.edited(topology);
        steps.add(new Change(List.of("an edit"), topology));
    }

    /** The steps, one a line. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("seed " + seed + "\n");
        for (Step step : steps) {
            String line = step instanceof Change change ? "Change " + change.edits() : step.toString();
            out.append("  ").append(line).append('\n');
        }
        return out.toString();
    }
}
