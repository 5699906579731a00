package org.bridgehead.io.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.Pressure.Level;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Skew;
import org.bridgehead.core.scenario.Slow;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Topology;

/** The steps of a scene in which something breaks, is mended or is told what to do. */
final class TroubleReader {
    static final List<String> STEPS = List.of(
            "kill",
            "start",
            "losePower",
            "fillDisk",
            "freeDisk",
            "failSync",
            "mendSync",
            "cut",
            "mend",
            "refuse",
            "lose",
            "slowDisk",
            "slow",
            "press",
            "poison",
            "setClock",
            "retry",
            "suspend",
            "resume");
    private static final List<String> SERVER = List.of("server", "node", "after");
    private static final List<String> WIRE = List.of("link", "site");
    private static final List<String> REFUSE = List.of("at", "what", "status", "text", "times");
    private static final List<String> LOSE = List.of("at", "what", "times", "node", "logs");
    private static final List<String> POWER = List.of("server", "after");
    private static final int MOST = 1_000_000;

    private final Known transport = new Known("hub or edge");
    private final Known doors = new Known("hub, edge or mailbox server");
    private final Known running = new Known("server");
    private final Known slowed = new Known("hub, edge or domain controller");
    private final Known nodes = new Known("node of a mailbox server");
    private final Known links = new Known("site link");
    private final Known sites = new Known("site");

    /** About this topology. */
    TroubleReader(Topology topology) {
        add(topology);
    }

    /** Knows the parts of {@code topology}, too. */
    void add(Topology topology) {
        topology.servers().values().forEach(server -> {
            boolean routes = server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT);
            if (routes) {
                transport.add(server.name());
            }
            if (routes || server.is(Role.MAILBOX)) {
                doors.add(server.name());
            }
            boolean controls = server.is(Role.DOMAIN_CONTROLLER);
            if (routes || controls) {
                slowed.add(server.name());
            }
            if (routes || controls || server.is(Role.MAILBOX)) {
                running.add(server.name());
            }
            server.mailbox().ifPresent(role -> role.nodes().forEach(node -> nodes.add(node.name())));
        });
        topology.links().keySet().forEach(links::add);
        topology.sites().keySet().forEach(sites::add);
    }

    /** The hubs and edges. */
    Known transport() {
        return transport;
    }

    /** Where letters are handed in. */
    Known doors() {
        return doors;
    }

    /** The step named {@code key}. */
    Optional<Step> read(String key, YamlValue what) {
        return switch (key) {
            case "kill", "start" -> what.map(SERVER).flatMap(m -> process(key, m));
            case "losePower", "fillDisk", "freeDisk", "failSync", "mendSync" ->
                what.map(POWER).flatMap(m -> server(key, m, transport));
            case "cut", "mend" -> what.map(WIRE).flatMap(m -> wire(action(key), m));
            case "refuse" -> what.map(REFUSE).flatMap(this::refuse);
            case "lose" -> what.map(LOSE).flatMap(this::lose);
            case "slowDisk" -> what.map(List.of("server", "delay")).flatMap(this::slow);
            case "slow" -> what.map(List.of("at", "delay")).flatMap(this::lag);
            case "poison" -> what.map(List.of("server", "times")).flatMap(this::poison);
            case "press" -> what.map(List.of("server", "level")).flatMap(this::press);
            case "setClock" -> what.map(List.of("server", "ahead", "behind")).flatMap(this::skew);
            default -> what.map(List.of("server", "queue")).flatMap(m -> operate(key, m));
        };
    }

    private static Action action(String key) {
        return List.of(Action.values()).stream()
                .filter(action -> action.keyword().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Step> process(String key, YamlMap map) {
        Optional<YamlValue> node = map.get("node");
        if (node.isEmpty()) {
            return server(key, map, running);
        }
        for (String other : List.of("server", "after")) {
            if (map.get(other).isPresent()) {
                map.get(other).orElseThrow().error("not for a node", "remove it, or write server: in place of node:");
                return Optional.empty();
            }
        }
        return node.flatMap(nodes::resolve).map(name -> Fault.of(action(key), new Item(Item.NODE, name)));
    }

    private Optional<Step> server(String key, YamlMap map, Known known) {
        Action action = action(key);
        Optional<String> name = map.require("server", "BER-HT1").flatMap(known::resolve);
        Optional<Integer> after = map.get("after").flatMap(value -> value.integer(1, MOST));
        boolean misplaced = action != Action.KILL && map.get("after").isPresent();
        if (misplaced) {
            map.get("after").orElseThrow().error("only kill: waits for messages", "remove it");
        }
        return misplaced
                ? Optional.empty()
                : name.map(server -> new Fault(action, new Item(Item.SERVER, server), after.orElse(0), 0));
    }

    private Optional<Step> wire(Action action, YamlMap map) {
        Optional<YamlValue> link = map.get("link");
        Optional<YamlValue> site = map.get("site");
        if (link.isPresent() == site.isPresent()) {
            map.value().error("a link or a site, one of both", "write { link: Berlin-Munich }");
            return Optional.empty();
        }
        return link.flatMap(links::resolve)
                .map(name -> new Item(Item.LINK, name))
                .or(() -> site.flatMap(sites::resolve).map(name -> new Item(Item.SITE, name)))
                .map(item -> Fault.of(action, item));
    }

    private Optional<Step> refuse(YamlMap map) {
        Optional<EnhancedStatus> status = map.require("status", "4.3.2")
                .flatMap(value -> value.parsed(
                        "an enhanced status such as 4.3.2 or 5.2.1",
                        text -> EnhancedStatus.tryParse(text).filter(s -> s.kind() != 2)));
        String text = map.get("text")
                .flatMap(value -> value.text("the words of the reply"))
                .orElse("refused by scenario");
        Optional<String> what = what(map, List.of("connection", "message"));
        return status.flatMap(why -> what.flatMap(kind -> trouble(map, mishap(kind, why, text))));
    }

    private static Mishap mishap(String kind, EnhancedStatus status, String text) {
        if (kind.equals("connection")) {
            return new Mishap.RefuseConnection(status, text);
        }
        return status.isTransient() ? new Mishap.Defer(status, text) : new Mishap.Bounce(status, text);
    }

    /** The next message or reply, or the newest logs of a node. */
    private Optional<Step> lose(YamlMap map) {
        if (map.get("node").isPresent()) {
            return logs(map);
        }
        map.get("logs").ifPresent(value -> value.error("logs of which node?", "write { node: BER-MBX1A, logs: 2 }"));
        return what(map, List.of("message", "reply"))
                .flatMap(kind ->
                        trouble(map, kind.equals("reply") ? new Mishap.LoseReply() : new Mishap.LoseConnection()));
    }

    private Optional<Step> logs(YamlMap map) {
        for (String other : List.of("at", "what", "times")) {
            map.get(other).ifPresent(value -> value.error("not for a node", "remove it"));
        }
        Optional<Integer> logs = map.require("logs", "2").flatMap(value -> value.integer(0, MOST));
        return map.get("node")
                .flatMap(nodes::resolve)
                .flatMap(name -> logs.map(count -> Fault.loss(new Item(Item.NODE, name), count)));
    }

    private static Optional<String> what(YamlMap map, List<String> choices) {
        return map.require("what", choices.get(0)).flatMap(value -> value.oneOf(choices, Function.identity()));
    }

    private static Optional<Step> trouble(YamlMap map, Mishap mishap) {
        int times = map.get("times").flatMap(value -> value.integer(1, MOST)).orElse(1);
        return map.require("at", "BER-HT1")
                .flatMap(value -> value.text("the name of a server, mailbox server or host"))
                .map(at -> new Trouble(at, mishap, times));
    }

    private Optional<Step> slow(YamlMap map) {
        Optional<Duration> delay = map.require("delay", "2s").flatMap(value -> value.duration(true));
        return map.require("server", "BER-HT1")
                .flatMap(slowed::resolve)
                .flatMap(server -> delay.map(by -> new Slow(server, by)));
    }

    private Optional<Step> lag(YamlMap map) {
        Optional<Duration> delay = map.require("delay", "2s").flatMap(value -> value.duration(true));
        return map.require("at", "BER-HT1")
                .flatMap(doors::resolve)
                .flatMap(server -> delay.map(by -> new Lag(server, by)));
    }

    private Optional<Step> poison(YamlMap map) {
        int times = map.get("times").flatMap(value -> value.integer(0, MOST)).orElse(Operation.CountCrashes.MOST);
        return map.require("server", "BER-HT1").flatMap(transport::resolve).map(server -> new Poisoned(server, times));
    }

    private Optional<Step> press(YamlMap map) {
        Optional<Level> level = map.require("level", "high")
                .flatMap(value ->
                        value.oneOf(List.of(Level.values()), one -> one.name().toLowerCase(Locale.ROOT)));
        return map.require("server", "BER-HT1")
                .flatMap(transport::resolve)
                .flatMap(server -> level.map(its -> new Press(server, its)));
    }

    private Optional<Step> skew(YamlMap map) {
        Optional<YamlValue> ahead = map.get("ahead");
        Optional<YamlValue> behind = map.get("behind");
        if (ahead.isPresent() == behind.isPresent()) {
            map.value().error("ahead or behind, one of both", "write { server: BER-HT1, ahead: 90s }");
            return Optional.empty();
        }
        Optional<Duration> by = ahead.flatMap(value -> value.duration(true))
                .or(() -> behind.flatMap(value -> value.duration(true)).map(Duration::negated));
        return map.require("server", "BER-HT1")
                .flatMap(transport::resolve)
                .flatMap(server -> by.map(much -> new Skew(server, much)));
    }

    private Optional<Step> operate(String key, YamlMap map) {
        Optional<String> queue = map.require("queue", "Munich").flatMap(value -> value.text("the name of a queue"));
        return map.require("server", "BER-HT1")
                .flatMap(transport::resolve)
                .flatMap(server -> queue.map(name -> new Operate(server, operation(key, name))));
    }

    private static Operation operation(String key, String queue) {
        return switch (key) {
            case "retry" -> new Operation.RetryQueue(queue);
            case "suspend" -> new Operation.SuspendQueue(queue);
            default -> new Operation.ResumeQueue(queue);
        };
    }
}
