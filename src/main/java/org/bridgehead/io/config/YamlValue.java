package org.bridgehead.io.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in a YAML file, asked for what it should be. Every question answers empty after it has reported, with the
 * value's place, why the value is not that.
 */
final class YamlValue {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,10}");
    private static final String SIZE = "a size such as 10MB, 64KB or 65536";
    private static final String DURATION = "a duration such as 15s, 5m, 12h or 7d";

    private final Node node;
    private final Place key;
    private final Problems problems;

    private YamlValue(Node node, Place key, Problems problems) {
        this.node = node;
        this.key = key;
        this.problems = problems;
    }

    /** The whole file. */
    static YamlValue top(Node node, Problems problems) {
        return new YamlValue(node, Place.top(1, 1), problems);
    }

    /** Where the value stands. */
    Place place() {
        return key.at(node.getStartMark());
    }

    /** Where its key stands: the place to report what is missing inside. */
    Place key() {
        return key;
    }

    /** Reports something wrong with the value. */
    void error(String message, String hint) {
        problems.error(place(), message, hint);
    }

    /** Where all problems of the file go. */
    Problems problems() {
        return problems;
    }

    /** Whether nothing, or {@code null}, is written. */
    boolean isNull() {
        return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
    }

    /** Whether it is a list. */
    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether it is a list without items. */
    boolean isEmptyList() {
        return node instanceof SequenceNode sequence && sequence.getValue().isEmpty();
    }

    /** How many items the list has; none for another value. */
    int items() {
        return node instanceof SequenceNode sequence ? sequence.getValue().size() : 0;
    }

    /** Whether it is {@code true} or {@code false}. */
    boolean isBool() {
        return node instanceof ScalarNode && Tag.BOOL.equals(node.getTag());
    }

    /** What a person sees: the quoted text, a list, a map or nothing. */
    String shown() {
        if (isNull()) {
            return "nothing";
        }
        if (node instanceof ScalarNode scalar) {
            return Text.quote(scalar.getValue());
        }
        return isList() ? "a list" : "a map";
    }

    /** A text that is not blank; {@code expected} says what it should be. */
    Optional<String> text(String expected) {
        if (node instanceof ScalarNode scalar && !isNull() && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        return wrong(expected);
    }

    private <T> Optional<T> wrong(String expected) {
        return wrong(expected, "");
    }

    private <T> Optional<T> wrong(String expected, String hint) {
        error("expected " + expected + ", found " + shown(), hint);
        return Optional.empty();
    }

    /** A text that {@code parse} understands. */
    <T> Optional<T> parsed(String expected, Function<String, Optional<T>> parse) {
        if (!(node instanceof ScalarNode scalar) || isNull()) {
            return wrong(expected);
        }
        Optional<T> result = parse.apply(scalar.getValue());
        return result.isPresent() ? result : wrong(expected);
    }

    /** {@code true} or {@code false}. */
    Optional<Boolean> bool() {
        if (node instanceof ScalarNode scalar && isBool()) {
            return Optional.of(scalar.getValue().equalsIgnoreCase("true"));
        }
        String said = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        boolean no = said.matches("(?i)no.*|off|n|0|false.*");
        return wrong("true or false", "write " + key.key() + ": " + !no);
    }

    /** A whole number in the range, both ends included. */
    Optional<Integer> integer(int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        return parsed(
                expected,
                text -> INTEGER.matcher(text).matches()
                        ? Optional.of(Long.parseLong(text))
                                .filter(n -> n >= least && n <= most)
                                .map(Long::intValue)
                        : Optional.empty());
    }

    /** A size in octets of at least {@code least}. */
    Optional<Long> size(long least) {
        return parsed(
                SIZE + (least > 0 ? ", above 0" : ""),
                text -> Notation.size(text).filter(size -> size >= least));
    }

    /** A duration; zero only where {@code orZero}. */
    Optional<Duration> duration(boolean orZero) {
        return parsed(
                DURATION + (orZero ? "" : ", above 0"),
                text -> Notation.duration(text).filter(d -> orZero || !d.isZero()));
    }

    /** One of the words that {@code keyword} gives to {@code choices}, written exactly so. */
    <E> Optional<E> oneOf(List<E> choices, Function<E, String> keyword) {
        if (node instanceof ScalarNode scalar) {
            for (E choice : choices) {
                if (keyword.apply(choice).equals(scalar.getValue())) {
                    return Optional.of(choice);
                }
            }
        }
        List<String> words = choices.stream().map(keyword).toList();
        String said = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        return wrong(Text.oneOf(words), Text.didYouMean(said, words, ""));
    }

    /** A mailbox address of RFC 5321. */
    Optional<EmailAddress> address() {
        Optional<String> text = text("an e-mail address");
        try {
            return text.isPresent() ? Optional.of(EmailAddress.parse(text.get())) : Optional.empty();
        } catch (AddressSyntaxException e) {
            error("not an e-mail address: " + e.getMessage(), "write name@domain");
            return Optional.empty();
        }
    }

    /** The items of a list; empty after a report when it is none. */
    List<YamlValue> list(String expected) {
        if (!(node instanceof SequenceNode sequence)) {
            String hint =
                    node instanceof ScalarNode && !isNull() ? "put it in brackets: [" + text("").orElse("") + "]" : "";
            error("expected a list of " + expected + ", found " + shown(), hint);
            return List.of();
        }
        List<YamlValue> items = new ArrayList<>(sequence.getValue().size());
        Place list = place();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(item, list.item(items.size(), item.getStartMark()), problems));
        }
        return items;
    }

    /** Each item of a list read by {@code read}; items that are wrong are reported and left out. */
    <T> List<T> list(String expected, Function<YamlValue, Optional<T>> read) {
        return list(expected).stream().map(read).flatMap(Optional::stream).toList();
    }

    /** A map with the keys of {@code shape}; nothing written counts as an empty one. */
    Optional<YamlMap> map(Shape shape) {
        return map(shape.keys());
    }

    /** As {@link #map(Shape)}, for files of another kind. */
    Optional<YamlMap> map(List<String> keys) {
        if (isNull()) {
            return Optional.of(new YamlMap(this, keys, List.of()));
        }
        if (!(node instanceof MappingNode)) {
            return wrong("a map with the keys " + String.join(", ", keys));
        }
        return Optional.of(new YamlMap(this, keys, entries(false)));
    }

    /** The entries of a map whose keys are names of the file's author; a name used twice is reported. */
    List<YamlEntry> named(String expected) {
        if (isNull()) {
            return List.of();
        }
        if (!(node instanceof MappingNode)) {
            wrong("a map of " + expected);
            return List.of();
        }
        return entries(true);
    }

    private List<YamlEntry> entries(boolean ignoreCase) {
        List<NodeTuple> tuples = ((MappingNode) node).getValue();
        List<YamlEntry> entries = new ArrayList<>(tuples.size());
        Map<String, Place> seen = new HashMap<>();
        for (NodeTuple tuple : tuples) {
            Optional<String> text = new YamlValue(tuple.getKeyNode(), key, problems).text("a name");
            if (text.isEmpty()) {
                continue;
            }
            Place at = key.child(text.get(), tuple.getKeyNode().getStartMark());
            Optional<Place> first = ignoreCase
                    ? Optional.ofNullable(seen.putIfAbsent(Names.folded(text.get()), at))
                    : YamlEntry.place(entries, text.get());
            if (first.isEmpty()) {
                entries.add(new YamlEntry(text.get(), at, new YamlValue(tuple.getValueNode(), at, problems)));
            } else {
                problems.error(
                        at,
                        "used twice, first on line " + first.get().line(),
                        ignoreCase ? "names are unique, letter case aside: rename or remove one" : "remove one");
            }
        }
        return entries;
    }
}
