package org.bridgehead.io.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Names;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What one organisation has and another has not: a part of a topology file that is laid over a whole one. Maps are
 * merged key by key, letter case aside; every other value replaces what is there, {@code null} removes it. New keys come
 * last, unless the overlay names all keys of a map: then its order holds. Immutable; safe for any thread.
 */
public final class Overlay {
    /** What stands for a key that goes away. */
    private static final Object NOTHING = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /** Maps of which the order means something. */
    private static final List<String> ORDERED =
            List.of("acceptedDomains", "storageGroups", "nodes", "internet", "recipients");

    private final Map<String, Object> tree;

    private Overlay(Map<String, Object> tree) {
        this.tree = tree;
    }

    /**
     * What has to be laid over {@code from} to get {@code to}. How mail is routed is in it in any case, so that it holds
     * whatever was chosen for {@code from}.
     */
    public static Overlay between(Organization from, Organization to) {
        Map<String, Object> wanted = TopologyTree.of(to);
        Map<String, Object> rest = difference(TopologyTree.of(from), wanted, false);
        Map<String, Object> settings = new LinkedHashMap<>(map(rest.getOrDefault("organization", Map.of())));
        settings.put(
                "routing", map(wanted.getOrDefault("organization", Map.of())).getOrDefault("routing", Map.of()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("organization", settings);
        rest.forEach(tree::putIfAbsent);
        return new Overlay(tree);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> difference(Map<String, Object> from, Map<String, Object> to, boolean ordered) {
        Map<String, Object> changes = new LinkedHashMap<>();
        from.keySet().stream().filter(key -> !to.containsKey(key)).forEach(key -> changes.put(key, NOTHING));
        to.forEach((key, wanted) -> {
            Object is = from.get(key);
            if (is instanceof Map && wanted instanceof Map) {
                Map<String, Object> inner = difference(map(is), map(wanted), ORDERED.contains(key));
                if (!inner.isEmpty()) {
                    changes.put(key, inner);
                }
            } else if (!wanted.equals(is)) {
                changes.put(key, wanted);
            }
        });
        return !ordered || inOrder(from, changes, to) ? changes : whole(changes, to);
    }

    /** Whether the keys come in the wanted order when the changes have been made. */
    private static boolean inOrder(Map<String, Object> from, Map<String, Object> changes, Map<String, Object> to) {
        List<String> keys = new ArrayList<>(from.keySet());
        changes.keySet().stream().filter(key -> !from.containsKey(key)).forEach(keys::add);
        keys.removeIf(key -> changes.get(key) == NOTHING);
        return keys.equals(List.copyOf(to.keySet()));
    }

    /** All keys in the wanted order, whether changed or not; first those that go away. */
    private static Map<String, Object> whole(Map<String, Object> changes, Map<String, Object> to) {
        Map<String, Object> all = new LinkedHashMap<>();
        changes.forEach((key, value) -> {
            if (value == NOTHING) {
                all.put(key, value);
            }
        });
        to.forEach((key, value) -> all.put(key, changes.getOrDefault(key, value instanceof Map ? Map.of() : value)));
        return all;
    }

    /** What is in it, a line for each kind of key with a count: {@code siteLinks: bandwidth (14), latency (14)}. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        tree.forEach((section, content) -> {
            if (content instanceof Map) {
                Map<String, Integer> kinds = OverlayKeys.kinds(section, map(content));
                List<String> words = new ArrayList<>();
                kinds.forEach((key, count) -> words.add(count == 1 ? key : key + " (" + count + ")"));
                lines.add(section + (words.isEmpty() ? "" : ": " + String.join(", ", words)));
            } else {
                lines.add(section);
            }
        });
        return lines;
    }

    /**
     * Writes it as YAML.
     *
     * @param heading comments above it, a line each
     * @throws IOException when {@code out} does
     */
    public void write(List<String> heading, Appendable out) throws IOException {
        TopologyWriter.write(tree, Remarks.of(heading), out);
    }

    /**
     * An organisation with an overlay file laid over it.
     *
     * @throws TopologyFileException when the result is no good topology; places are those of the overlay
     * @throws IOException when the file cannot be read
     */
    public static LoadedTopology applied(Organization base, Path file) throws TopologyFileException, IOException {
        String text = TopologyFile.decode(file);
        Node under =
                YamlText.compose(TopologyWriter.text(base, Remarks.NONE), false).orElseThrow();
        Problems problems = new Problems(file.toString());
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        Optional<Organization> merged =
                TopologyFile.organization(YamlText.read(text, problems, over -> merged(under, over)), folder, problems);
        if (merged.isEmpty() || !problems.errors().isEmpty()) {
            throw new TopologyFileException(problems.errors(), text);
        }
        return new LoadedTopology(merged.get(), file, problems.warnings());
    }

    private static Node merged(Node under, Node over) {
        if (!(under instanceof MappingNode below) || !(over instanceof MappingNode above)) {
            return over;
        }
        TreeMap<String, NodeTuple> changes = Names.map();
        above.getValue().forEach(tuple -> changes.put(text(tuple), tuple));
        TreeMap<String, Node> known = Names.map();
        below.getValue().forEach(tuple -> known.put(text(tuple), tuple.getValueNode()));
        List<NodeTuple> entries = new ArrayList<>();
        boolean whole = changes.keySet().containsAll(known.keySet());
        for (NodeTuple tuple : whole ? List.<NodeTuple>of() : below.getValue()) {
            NodeTuple change = changes.get(text(tuple));
            entry(change == null ? tuple : change, change == null ? Map.of() : known)
                    .ifPresent(entries::add);
        }
        for (NodeTuple tuple : above.getValue()) {
            if (whole || !known.containsKey(text(tuple))) {
                entry(tuple, known).ifPresent(entries::add);
            }
        }
        return new MappingNode(Tag.MAP, true, entries, FlowStyle.BLOCK, over.getStartMark(), over.getEndMark());
    }

    /** An entry with what it changes below it; empty when it goes away. */
    private static Optional<NodeTuple> entry(NodeTuple change, Map<String, Node> known) {
        Node below = known.get(text(change));
        Node value = below == null ? change.getValueNode() : merged(below, change.getValueNode());
        return Objects.equals(value.getTag(), Tag.NULL) && below != null
                ? Optional.empty()
                : Optional.of(new NodeTuple(change.getKeyNode(), value));
    }

    private static String text(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }
}
