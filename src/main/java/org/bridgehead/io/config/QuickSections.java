package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
 * Reads large files several times faster than the library alone: a section of which every line is as simple as
 * {@link QuickEntry} knows them is taken apart here, and the library reads the file without it. What the library then
 * finds in place of such a section must be a key without a value at the very same place; otherwise, and whenever
 * anything is wrong, this gives up. Nodes of such sections have no places: it is for files in which nothing is found
 * worth telling; whoever finds something reads the file again with the library alone. One thread.
 */
final class QuickSections {
    /** Below that the library alone is quick enough. */
    static final int WORTHWHILE = 1 << 16;

    private final String text;
    private final QuickEntry entries;
    private final StringBuilder rest = new StringBuilder();
    private final List<Section> sections = new ArrayList<>();
    private int line;

    private record Section(int line, Node content) {}

    private QuickSections(String text) {
        this.text = text;
        this.entries = new QuickEntry(text);
    }

    /** The document of the text as {@code library} would give it; empty when the text has to be left to it. */
    static Optional<Node> compose(String text, Function<String, Optional<Node>> library) {
        QuickSections quick = new QuickSections(text);
        quick.split();
        if (quick.sections.isEmpty()) {
            return Optional.empty();
        }
        try {
            return library.apply(quick.rest.toString()).flatMap(quick::joined);
        } catch (YamlEngineException e) {
            return Optional.empty(); // the library says what is wrong when it reads the whole
        }
    }

    private void split() {
        int at = 0;
        while (at < text.length()) {
            int end = endOfLine(at);
            int next = Math.min(text.length(), end + 1);
            rest.append(text, at, next);
            line++;
            at = isHeader(at, end) ? section(next) : next;
        }
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** A key in the first column with nothing behind it. */
    private boolean isHeader(int from, int end) {
        int at = from;
        while (at < end && Character.isLetter(text.charAt(at)) && text.charAt(at) < 128) {
            at++;
        }
        return at > from && at + 1 == end && text.charAt(at) == ':';
    }

    /** Takes the lines of the section, if all of them are simple, and leaves empty ones; where the next line begins. */
    private int section(int from) {
        List<NodeTuple> found = new ArrayList<>();
        int at = from;
        int lines = 0;
        while (at < text.length() && !isTop(text.charAt(at))) {
            int end = endOfLine(at);
            if (!isSkipped(at, end)) {
                NodeTuple entry = entry(at, end);
                if (entry == null) {
                    return from;
                }
                found.add(entry);
            }
            lines++;
            at = Math.min(text.length(), end + 1);
        }
        if (found.isEmpty()) {
            return from;
        }
        Optional<Mark> nowhere = Optional.empty();
        sections.add(new Section(line - 1, new MappingNode(Tag.MAP, true, found, FlowStyle.BLOCK, nowhere, nowhere)));
        rest.append("\n".repeat(lines));
        line += lines;
        return at;
    }

    private static boolean isTop(char c) {
        return c != ' ' && c != '\n' && c != '#';
    }

    private boolean isSkipped(int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        return at == end || (text.charAt(at) == '#' && QuickEntry.isPrintable(text, at, end));
    }

    /** An entry indented by two. */
    private @Nullable NodeTuple entry(int from, int end) {
        boolean indented = from + 2 < end
                && text.charAt(from) == ' '
                && text.charAt(from + 1) == ' '
                && text.charAt(from + 2) != ' ';
        return indented ? entries.read(from + 2, end) : null;
    }

    private Optional<Node> joined(Node document) {
        // Within braces a line at the margin is no section.
        if (!(document instanceof MappingNode map) || map.getFlowStyle() != FlowStyle.BLOCK) {
            return Optional.empty();
        }
        List<NodeTuple> whole = new ArrayList<>();
        int next = 0;
        for (NodeTuple entry : map.getValue()) {
            if (next < sections.size() && isPlaceOf(sections.get(next), entry)) {
                whole.add(new NodeTuple(entry.getKeyNode(), sections.get(next++).content));
            } else {
                whole.add(entry);
            }
        }
        return next < sections.size()
                ? Optional.empty()
                : Optional.of(new MappingNode(
                        map.getTag(), true, whole, map.getFlowStyle(), map.getStartMark(), map.getEndMark()));
    }

    private static boolean isPlaceOf(Section section, NodeTuple entry) {
        boolean empty = entry.getValueNode() instanceof ScalarNode value
                && value.getValue().isEmpty()
                && value.getScalarStyle() == ScalarStyle.PLAIN
                && Tag.NULL.equals(value.getTag());
        return empty
                && entry.getKeyNode()
                        .getStartMark()
                        .filter(mark -> mark.getLine() == section.line && mark.getColumn() == 0)
                        .isPresent();
    }
}
