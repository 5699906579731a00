package org.bridgehead.io.config;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.scenario.Expectation;
import org.bridgehead.core.topology.Topology;

/** The expectations of a scene: lists of maps with one key each. */
final class ExpectationReader {
    private static final List<String> KEYS =
            List.of("delivered", "path", "bounced", "heldAt", "copiesOverWan", "nothingLost");
    private static final List<String> DELIVERED = List.of("to", "count");
    private static final List<String> PATH = List.of("to", "sites");
    private static final List<String> BOUNCED = List.of("to", "status");
    private static final int MOST = 1_000_000_000;

    private final Known sites = new Known("site");

    /** About this topology. */
    ExpectationReader(Topology topology) {
        topology.sites().keySet().forEach(sites::add);
    }

    /** One expectation. */
    Optional<Expectation> read(YamlValue value) {
        Optional<YamlMap> map = value.map(KEYS);
        List<String> present = map.stream()
                .flatMap(m -> KEYS.stream().filter(key -> m.get(key).isPresent()))
                .toList();
        if (map.isPresent() && present.size() != 1) {
            value.error(
                    "an expectation has one key, found " + present.size(), "write one of " + String.join(", ", KEYS));
        }
        return map.filter(m -> present.size() == 1)
                .flatMap(m -> read(present.get(0), m.get(present.get(0)).orElseThrow()));
    }

    private Optional<Expectation> read(String key, YamlValue value) {
        return switch (key) {
            case "delivered" -> value.map(DELIVERED).flatMap(ExpectationReader::delivered);
            case "path" -> value.map(PATH).flatMap(this::path);
            case "bounced" -> value.map(BOUNCED).flatMap(ExpectationReader::bounced);
            case "heldAt" -> sites.resolve(value).map(Expectation.HeldAt::new);
            case "copiesOverWan" -> value.integer(0, MOST).map(Expectation.CopiesOverWan::new);
            default -> nothingLost(value);
        };
    }

    private static Optional<EmailAddress> to(YamlMap map) {
        return map.require("to", "mia@contoso.test").flatMap(YamlValue::address);
    }

    private static Optional<Expectation> delivered(YamlMap map) {
        Optional<Integer> count = map.require("count", "1").flatMap(value -> value.integer(0, MOST));
        return to(map).flatMap(address -> count.map(number -> new Expectation.Delivered(address, number)));
    }

    private Optional<Expectation> path(YamlMap map) {
        Optional<List<String>> way =
                map.require("sites", "[Berlin, Munich]").map(value -> value.list("sites", sites::resolve));
        return to(map).flatMap(address -> way.map(names -> new Expectation.Path(address, names)));
    }

    private static Optional<Expectation> bounced(YamlMap map) {
        Optional<EnhancedStatus> status = map.require("status", "5.1.1")
                .flatMap(value -> value.parsed("an enhanced status such as 5.1.1", EnhancedStatus::tryParse));
        return to(map).flatMap(address -> status.map(why -> new Expectation.Bounced(address, why)));
    }

    private static Optional<Expectation> nothingLost(YamlValue value) {
        Optional<Boolean> asked = value.bool();
        if (asked.isPresent() && !asked.get()) {
            value.error("only true can be expected", "remove the line");
            return Optional.empty();
        }
        return asked.map(yes -> new Expectation.NothingLost());
    }
}
