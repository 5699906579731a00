package org.bridgehead.io.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bridgehead.core.directory.Organization;

/**
 * Writes organisations as topology files that people read: sections in blocks, an entry a line with its values
 * aligned. {@link TopologyFile} reads back what {@link TopologyTree} says. One thread; writes to one target.
 */
public final class TopologyWriter {
    /** Wider values are written over several lines. */
    private static final int WIDTH = 120;

    /** Values behind longer names are not aligned. */
    private static final int MOST_ALIGNED = 28;

    /** Sections whose entries may have a remark, and what such an entry is called. */
    private static final Map<String, String> KINDS =
            Map.of("sites", "site:", "siteLinks", "link:", "servers", "server:", "connectors", "connector:");

    private final Appendable out;
    private final Remarks remarks;

    private TopologyWriter(Appendable out, Remarks remarks) {
        this.out = out;
        this.remarks = remarks;
    }

    /**
     * Writes a whole file.
     *
     * @throws IOException when {@code out} does
     */
    public static void write(Organization organization, Remarks remarks, Appendable out) throws IOException {
        new TopologyWriter(out, remarks).file(TopologyTree.of(organization));
    }

    /** Writes a tree of maps, lists and values in the same way. */
    static void write(Map<String, Object> tree, Remarks remarks, Appendable out) throws IOException {
        new TopologyWriter(out, remarks).file(tree);
    }

    /** The whole file as a text. */
    public static String text(Organization organization, Remarks remarks) {
        StringBuilder text = new StringBuilder();
        try {
            write(organization, remarks, text);
        } catch (IOException e) {
            throw new UncheckedIOException("a string builder does not fail", e);
        }
        return text.toString();
    }

    private void file(Map<String, Object> tree) throws IOException {
        for (String line : remarks.heading()) {
            out.append(line.isEmpty() ? "#" : comment(line)).append('\n');
        }
        if (!remarks.heading().isEmpty()) {
            out.append('\n');
        }
        String gap = "";
        for (Map.Entry<String, Object> section : tree.entrySet()) {
            out.append(gap);
            section(section.getKey(), section.getValue());
            gap = "\n";
        }
    }

    private void section(String name, Object content) throws IOException {
        out.append(name).append(':');
        if (!(content instanceof Map<?, ?> map) || map.isEmpty()) {
            out.append(' ').append(flow(content)).append('\n');
            return;
        }
        out.append('\n');
        block(2, Optional.ofNullable(KINDS.get(name)), map);
    }

    /** Entries below one another; {@code kind} is what they are called in remarks. */
    private void block(int indent, Optional<String> kind, Map<?, ?> map) throws IOException {
        int width = kind.isEmpty() && indent < 4
                ? 0
                : map.keySet().stream()
                        .mapToInt(key -> scalar(key).length() + 1)
                        .filter(length -> length <= MOST_ALIGNED)
                        .max()
                        .orElse(0);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = scalar(entry.getKey()) + ":";
            String remark = kind.map(word -> remarks.behind().get(word + entry.getKey()))
                    .map(words -> "   " + comment(words))
                    .orElse("");
            out.append(" ".repeat(indent)).append(key);
            entry(indent, " ".repeat(Math.max(0, width - key.length())), entry.getValue(), remark);
        }
    }

    private void entry(int indent, String padding, Object value, String remark) throws IOException {
        String line = flow(value);
        boolean open = indent == 2 && isRecipients(value);
        if (!open && (line.length() <= WIDTH || !(value instanceof Map<?, ?> || value instanceof List<?>))) {
            out.append(padding).append(' ').append(line).append(remark).append('\n');
        } else if (value instanceof Map<?, ?> map) {
            out.append(remark).append('\n');
            block(indent + 2, Optional.empty(), map);
        } else if (value instanceof List<?> list) {
            out.append(remark).append('\n');
            for (Object item : list) {
                out.append(" ".repeat(indent + 2))
                        .append("- ")
                        .append(flow(item))
                        .append('\n');
            }
        }
    }

    /** Whether the entry holds entries of its own that deserve a line each. */
    private static boolean isRecipients(Object value) {
        return value instanceof Map<?, ?> map
                && !map.isEmpty()
                && map.values().stream().allMatch(inner -> inner instanceof Map<?, ?>);
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : map.entrySet().stream()
                            .map(entry -> scalar(entry.getKey()) + ": " + flow(entry.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TopologyWriter::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        return value instanceof String text ? YamlScalar.of(text) : value.toString();
    }

    private static String comment(String words) {
        return "# " + words.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}\\uFEFF]+", " ");
    }
}
