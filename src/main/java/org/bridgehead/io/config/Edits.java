package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.Names;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Makes edits in the node graph of a file, before anything in it is checked, so that the readers judge the result. What
 * is edited becomes a copy, so that an alias elsewhere keeps its value. New nodes stand on line 0.
 */
final class Edits {
    private static final int SHOWN = 8;

    /** Line 0 once {@link YamlText#place} has counted from 1. */
    private static final Optional<Mark> NOWHERE = Optional.of(new Mark("--set", 0, -1, -1, new int[] {0}, 0));

    private final Problems problems;
    private final EditPath path;
    private final Node value;

    private Edits(Problems problems, EditPath path, Node value) {
        this.problems = problems;
        this.path = path;
        this.value = value;
    }

    /** The file with all edits, one after the other; one that cannot be made is reported and left out. */
    static Node apply(Node file, List<Edit> edits, Problems problems) {
        Node result = file;
        for (Edit edit : edits) {
            result = apply(result, edit, problems);
        }
        return result;
    }

    private static Node apply(Node file, Edit edit, Problems problems) {
        EditPath path;
        try {
            path = new EditPath(edit.text());
        } catch (EditPath.Malformed e) {
            problems.error(new Place(0, 0, edit.text()), String.valueOf(e.getMessage()), EditPath.usage());
            return file;
        }
        try {
            Node value = YamlText.compose(path.value(), false).orElseThrow();
            return new Edits(problems, path, value).in(file, "", Place.top(0, 0), 0);
        } catch (YamlEngineException e) {
            problems.error(
                    new Place(0, 0, String.join(".", path.keys())),
                    "the value is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "lists are [a, b], maps are {key: value}");
            return file;
        }
    }

    /**
     * The node with the edit made.
     *
     * @param shapePath where it is, {@code *} standing for a name
     * @param place where it is
     * @param depth keys that led here
     */
    private Node in(Node node, String shapePath, Place place, int depth) {
        boolean nothing = Tag.NULL.equals(node.getTag());
        if (!nothing && !(node instanceof MappingNode)) {
            problems.error(
                    place,
                    "it is " + (node instanceof ScalarNode scalar ? Text.quote(scalar.getValue()) : "a list")
                            + ", so nothing lies below it",
                    "set it as a whole: " + place.keyPath() + "=…");
            return node;
        }
        List<NodeTuple> entries = nothing ? new ArrayList<>() : new ArrayList<>(((MappingNode) node).getValue());
        Optional<Shape> shape = Arrays.stream(Shape.values())
                .filter(one -> one.path().equals(shapePath))
                .findFirst();
        String key = path.keys().get(depth);
        Optional<String> name = shape.isPresent()
                ? shape.get().keys().stream()
                        .filter(known -> Names.same(known, key))
                        .findFirst()
                : Optional.of(key);
        if (name.isEmpty()) {
            unknownKey(place.below(key), key, shape.orElseThrow().keys());
            return node;
        }
        int at = find(entries, name.get());
        Place there = new Place(0, 0, place.below(at < 0 ? name.get() : text(entries.get(at))));
        String below = shapePath.isEmpty() ? name.get() : shapePath + "." + (shape.isPresent() ? name.get() : "*");
        return change(entries, at, name.get(), there, below, depth, shape.isPresent())
                ? new MappingNode(Tag.MAP, true, entries, FlowStyle.BLOCK, node.getStartMark(), node.getEndMark())
                : node;
    }

    /** Whether the entries were changed. */
    private boolean change(
            List<NodeTuple> entries, int at, String name, Place there, String below, int depth, boolean fixed) {
        boolean last = depth == path.keys().size() - 1;
        boolean remove = last && Tag.NULL.equals(value.getTag());
        if (at < 0 && !fixed && (!last || remove)) {
            unknownName(entries, name, there, depth);
            return false;
        }
        if (remove) {
            return at >= 0 && entries.remove(at) != null;
        }
        Node old = at < 0 ? nothing() : entries.get(at).getValueNode();
        Node changed = last ? value : in(old, below, there, depth + 1);
        if (changed == old) {
            return false;
        }
        NodeTuple tuple = new NodeTuple(
                last || at < 0 ? scalar(name, entries, at) : entries.get(at).getKeyNode(), changed);
        if (at < 0) {
            entries.add(tuple);
        } else {
            entries.set(at, tuple);
        }
        return true;
    }

    private static Node scalar(String name, List<NodeTuple> entries, int at) {
        String text = at < 0 ? name : text(entries.get(at));
        return new ScalarNode(Tag.STR, true, text, ScalarStyle.PLAIN, NOWHERE, NOWHERE);
    }

    private static Node nothing() {
        return new ScalarNode(Tag.NULL, true, "", ScalarStyle.PLAIN, NOWHERE, NOWHERE);
    }

    private static int find(List<NodeTuple> entries, String name) {
        for (int at = 0; at < entries.size(); at++) {
            if (Names.same(text(entries.get(at)), name)) {
                return at;
            }
        }
        return -1;
    }

    private static String text(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }

    private void unknownKey(String where, String key, List<String> known) {
        if (key.endsWith("]")) {
            String list = key.substring(0, Math.max(1, key.indexOf('[')));
            problems.error(new Place(0, 0, where), "a list is set as a whole", "write " + list + "=[…]");
        } else {
            problems.error(
                    new Place(0, 0, where),
                    "unknown key",
                    Text.didYouMean(key, known, "known here: " + String.join(", ", known)));
        }
    }

    private void unknownName(List<NodeTuple> entries, String name, Place there, int depth) {
        List<String> names = entries.stream().map(Edits::text).toList();
        String parent = depth == 0 ? "the file" : path.keys().get(depth - 1);
        String dotted =
                String.join(".", path.keys().subList(depth, Math.min(path.keys().size(), depth + 2)));
        String hint = names.stream().anyMatch(known -> startsLike(known, name))
                ? "a name with dots stands in quotes, such as \"" + dotted + "\""
                : Text.didYouMean(name, names, there(names));
        problems.error(there, "there is no " + Text.quote(name) + " in " + parent, hint);
    }

    private static boolean startsLike(String known, String name) {
        return known.indexOf('.') == name.length() && Names.same(known.substring(0, name.length()), name);
    }

    private static String there(List<String> names) {
        return names.isEmpty()
                ? "nothing is defined there"
                : "there " + (names.size() == 1 ? "is " : "are ")
                        + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }
}
