package org.bridgehead.io.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Topology;

/** The steps of a scene: lists of maps with one key each. */
final class StepReader {
    private static final List<String> STEPS = List.of("send", "kill", "start", "cut", "mend", "advance");
    private static final List<String> SEND =
            List.of("from", "to", "via", "anonymous", "subject", "text", "count", "mail");
    private static final List<String> SERVER = List.of("server", "after");
    private static final List<String> WIRE = List.of("link", "site");
    private static final int MOST_LETTERS = 1_000_000;

    private final Known transport = new Known("hub or edge");
    private final Known running = new Known("server");
    private final Known links = new Known("site link");
    private final Known sites = new Known("site");
    private final Path folder;

    /** For scenarios in {@code folder} about this topology. */
    StepReader(Topology topology, Path folder) {
        this.folder = folder;
        topology.servers().values().forEach(server -> {
            boolean routes = server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT);
            if (routes) {
                transport.add(server.name());
            }
            if (routes || server.is(Role.MAILBOX)) {
                running.add(server.name());
            }
        });
        topology.links().keySet().forEach(links::add);
        topology.sites().keySet().forEach(sites::add);
    }

    /** One step. */
    Optional<Step> read(YamlValue value) {
        Optional<YamlMap> map = value.map(STEPS);
        List<String> present = map.stream()
                .flatMap(m -> STEPS.stream().filter(key -> m.get(key).isPresent()))
                .toList();
        if (map.isPresent() && present.size() != 1) {
            value.error("a step has one key, found " + present.size(), "write one of " + String.join(", ", STEPS));
        }
        if (map.isEmpty() || present.size() != 1) {
            return Optional.empty();
        }
        String key = present.get(0);
        YamlValue what = map.get().get(key).orElseThrow();
        return switch (key) {
            case "send" -> what.map(SEND).flatMap(this::send);
            case "advance" -> what.duration(true).map(Advance::new);
            case "kill", "start" -> what.map(SERVER).flatMap(m -> server(action(key), m));
            default -> what.map(WIRE).flatMap(m -> wire(action(key), m));
        };
    }

    private static Action action(String key) {
        return List.of(Action.values()).stream()
                .filter(action -> action.keyword().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Step> send(YamlMap map) {
        Optional<EmailAddress> from = map.get("from").flatMap(YamlValue::address);
        List<EmailAddress> to = map.require("to", "[mia@contoso.test]")
                .map(value -> value.list("addresses", YamlValue::address))
                .orElse(List.of());
        Optional<String> via = map.require("via", "BER-HT1").flatMap(transport::resolve);
        Optional<String> mail = map.get("mail").flatMap(this::mail);
        int count = map.get("count")
                .flatMap(value -> value.integer(0, MOST_LETTERS))
                .orElse(map.get("mail").isPresent() ? 0 : 1);
        boolean anonymous = map.get("anonymous").flatMap(YamlValue::bool).orElse(false);
        String subject = map.get("subject").flatMap(this::subject).orElse("(no subject)");
        String text = map.get("text").flatMap(value -> value.text("a text")).orElse("");
        map.get("to").filter(YamlValue::isEmptyList).ifPresent(v -> v.error("nobody to send to", "name a recipient"));
        boolean nothing = count == 0 && map.get("mail").isEmpty();
        if (nothing) {
            map.value().error("nothing to send", "write count: 1, or mail: FOLDER");
        }
        return to.isEmpty() || via.isEmpty() || nothing || (count == 0 && mail.isEmpty())
                ? Optional.empty()
                : Optional.of(new Send(from, to, via.get(), anonymous, subject, text, count, mail));
    }

    private Optional<String> subject(YamlValue value) {
        return value.parsed(
                "a subject in printable ASCII",
                text -> Optional.of(text).filter(t -> t.chars().allMatch(c -> c >= ' ' && c <= '~')));
    }

    private Optional<String> mail(YamlValue value) {
        Optional<String> name = value.text("a file or folder");
        name.filter(n -> !Files.exists(folder.resolve(n)))
                .ifPresent(n -> value.error(
                        "there is no file or folder " + folder.resolve(n).normalize(),
                        "the name is relative to this file"));
        return name;
    }

    private Optional<Step> server(Action action, YamlMap map) {
        Optional<String> name = map.require("server", "BER-HT1").flatMap(running::resolve);
        Optional<Integer> after = map.get("after").flatMap(value -> value.integer(1, MOST_LETTERS));
        boolean misplaced = action != Action.KILL && map.get("after").isPresent();
        if (misplaced) {
            map.get("after").orElseThrow().error("only kill: waits for messages", "remove it");
        }
        return misplaced
                ? Optional.empty()
                : name.map(server -> new Fault(action, new Item(Item.SERVER, server), after.orElse(0)));
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
}
