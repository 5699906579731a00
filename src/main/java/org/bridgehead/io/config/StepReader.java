package org.bridgehead.io.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Membership;
import org.bridgehead.core.scenario.Perform;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.topology.Topology;

/** The steps of a scene: lists of maps with one key each. */
final class StepReader {
    private static final List<String> STEPS = Stream.concat(
                    Stream.of("send", "advance", "perform", "change", "join", "leave"), TroubleReader.STEPS.stream())
            .toList();
    private static final List<String> SEND =
            List.of("from", "to", "via", "anonymous", "subject", "text", "size", "count", "importance", "mail");
    private static final List<String> MEMBERSHIP = List.of("group", "member");
    private static final int MOST_LETTERS = 1_000_000;

    private final TroubleReader trouble;
    private final Path topology;
    private final Path folder;
    private final List<Edit> edits = new ArrayList<>();

    /** For scenarios in {@code folder} about the topology of a file. */
    StepReader(Topology parsed, Path topology, Path folder) {
        this.trouble = new TroubleReader(parsed);
        this.topology = topology;
        this.folder = folder;
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
            case "perform" -> what.integer(0, MOST_LETTERS).map(Perform::new);
            case "change" -> what.map(List.of("set")).flatMap(this::change);
            case "join", "leave" -> what.map(MEMBERSHIP).flatMap(map1 -> membership(map1, key.equals("join")));
            default -> trouble.read(key, what);
        };
    }

    private Optional<Step> send(YamlMap map) {
        Optional<EmailAddress> from = map.get("from").flatMap(YamlValue::address);
        List<EmailAddress> to = map.require("to", "[mia@contoso.test]")
                .map(value -> value.list("addresses", YamlValue::address))
                .orElse(List.of());
        Optional<String> via = map.require("via", "BER-HT1").flatMap(trouble.doors()::resolve);
        Optional<String> mail = map.get("mail").flatMap(this::mail);
        int count = map.get("count")
                .flatMap(value -> value.integer(0, MOST_LETTERS))
                .orElse(map.get("mail").isPresent() ? 0 : 1);
        boolean anonymous = map.get("anonymous").flatMap(YamlValue::bool).orElse(false);
        String subject = map.get("subject").flatMap(this::subject).orElse("(no subject)");
        String text = map.get("text").flatMap(value -> value.text("a text")).orElse("");
        Priority priority = map.get("importance")
                .flatMap(value -> value.oneOf(List.of(Priority.values()), Priority::keyword))
                .orElse(Priority.NORMAL);
        long size = map.get("size").flatMap(value -> value.size(0)).orElse(0L);
        map.get("to").filter(YamlValue::isEmptyList).ifPresent(v -> v.error("nobody to send to", "name a recipient"));
        boolean nothing = count == 0 && map.get("mail").isEmpty();
        if (nothing) {
            map.value().error("nothing to send", "write count: 1, or mail: FOLDER");
        }
        return to.isEmpty() || via.isEmpty() || nothing || (count == 0 && mail.isEmpty())
                ? Optional.empty()
                : Optional.of(new Send(from, to, via.get(), anonymous, subject, text, size, count, priority, mail));
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

    private Optional<Step> membership(YamlMap map, boolean joins) {
        Optional<EmailAddress> group =
                map.require("group", "sales@contoso.test").flatMap(YamlValue::address);
        Optional<EmailAddress> member =
                map.require("member", "mia@contoso.test").flatMap(YamlValue::address);
        return group.flatMap(g -> member.map(m -> new Membership(g, m, joins)));
    }

    /** Edits of the topology file, on top of those of the steps before. */
    private Optional<Step> change(YamlMap map) {
        Optional<YamlValue> set = map.require("set", "[siteLinks.Berlin-Munich.cost=20]");
        List<String> texts = set.map(value -> value.list("edits", edit -> edit.text("PATH=VALUE")))
                .orElse(List.of());
        texts.forEach(text -> edits.add(new Edit(text)));
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        try {
            Topology after = TopologyFile.load(topology, edits).organization().topology();
            trouble.add(after);
            return Optional.of(new Change(texts, after));
        } catch (TopologyFileException e) {
            e.problems().forEach(problem -> set.get().error(problem.toString(), "edits are as for whatif --set"));
        } catch (IOException e) {
            set.get().error("the topology cannot be read again: " + e.getMessage(), "");
        }
        return Optional.empty();
    }
}
