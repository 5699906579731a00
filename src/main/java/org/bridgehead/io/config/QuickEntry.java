package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * Takes one line {@code   name: value   # comment} apart into the nodes that the library would make of it, but for
 * their places. Knows plain words, texts in double quotes without escapes, and lists and maps of them in brackets; everything else makes it give
 * up, and the library has its turn. One thread, one text.
 */
final class QuickEntry {
    private static final Optional<Mark> NO_MARK = Optional.empty();
    private static final int MOST_DEPTH = 8;
    private static final CoreScalarResolver RESOLVER = new CoreScalarResolver(false);

    /** Signs of ASCII that may stand within a word. */
    private static final boolean[] WITHIN = within();

    private final String text;
    private int at;
    private int end;

    QuickEntry(String text) {
        this.text = text;
    }

    /** The entry between the places of its first letter and of its line's end; null when it is not that simple. */
    @Nullable
    NodeTuple read(int from, int to) {
        at = from;
        end = to;
        NodeTuple entry = entry(0);
        return entry != null && isRestComment() ? entry : null;
    }

    private boolean isRestComment() {
        int before = at;
        skipBlanks();
        return at == end || (at > before && text.charAt(at) == '#' && isPrintable(text, at, end));
    }

    /** Whether a comment holds nothing that the library would refuse. */
    static boolean isPrintable(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean good = (c >= ' ' && c <= '~') || (c >= 0xA0 && c < 0xD800 && c != 0x2028 && c != 0x2029);
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private @Nullable NodeTuple entry(int depth) {
        Node key = scalar();
        if (key == null || at >= end || text.charAt(at) != ':') {
            return null;
        }
        at++;
        if (at >= end || text.charAt(at) != ' ') {
            return null;
        }
        skipBlanks();
        Node value = value(depth);
        return value == null ? null : new NodeTuple(key, value);
    }

    private @Nullable Node value(int depth) {
        if (at >= end || depth > MOST_DEPTH) {
            return null;
        }
        return switch (text.charAt(at)) {
            case '{' -> map(depth);
            case '[' -> list(depth);
            default -> scalar();
        };
    }

    private @Nullable Node map(int depth) {
        List<NodeTuple> entries = new ArrayList<>();
        at++;
        skipBlanks();
        while (at < end && text.charAt(at) != '}') {
            NodeTuple entry = entry(depth + 1);
            if (entry == null || !isNext('}')) {
                return null;
            }
            entries.add(entry);
        }
        return closes() ? new MappingNode(Tag.MAP, true, entries, FlowStyle.FLOW, NO_MARK, NO_MARK) : null;
    }

    private @Nullable Node list(int depth) {
        List<Node> items = new ArrayList<>();
        at++;
        skipBlanks();
        while (at < end && text.charAt(at) != ']') {
            Node item = value(depth + 1);
            if (item == null || !isNext(']')) {
                return null;
            }
            items.add(item);
        }
        return closes() ? new SequenceNode(Tag.SEQ, true, items, FlowStyle.FLOW, NO_MARK, NO_MARK) : null;
    }

    /** Goes behind a comma that something follows, or to the bracket. */
    private boolean isNext(char bracket) {
        skipBlanks();
        if (at >= end) {
            return false;
        }
        if (text.charAt(at) == bracket) {
            return true;
        }
        boolean comma = text.charAt(at++) == ',' && at < end && text.charAt(at) == ' ';
        skipBlanks();
        return comma && at < end && text.charAt(at) != bracket;
    }

    private boolean closes() {
        return at++ < end;
    }

    private @Nullable Node scalar() {
        if (at >= end) {
            return null;
        }
        return text.charAt(at) == '"' ? quoted() : plain();
    }

    private @Nullable Node quoted() {
        int from = ++at;
        while (at < end && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                return null;
            }
            at++;
        }
        if (at >= end || !isPrintable(text, from, at)) {
            return null;
        }
        return new ScalarNode(Tag.STR, true, text.substring(from, at++), ScalarStyle.DOUBLE_QUOTED, NO_MARK, NO_MARK);
    }

    /** A word, or several with blanks between them. */
    private @Nullable Node plain() {
        int from = at;
        if (!isFirst()) {
            return null;
        }
        int last = at;
        while (at < end && isWithin(text.charAt(at))) {
            if (text.charAt(at++) != ' ') {
                last = at;
            }
        }
        at = Math.max(last, from + 1);
        String word = text.substring(from, at);
        return new ScalarNode(tag(word), true, word, ScalarStyle.PLAIN, NO_MARK, NO_MARK);
    }

    private boolean isFirst() {
        char c = text.charAt(at);
        boolean negative = c == '-' && at + 1 < end && isDigit(text.charAt(at + 1));
        return negative || c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWithin(char c) {
        return c < WITHIN.length ? WITHIN[c] : Character.isLetterOrDigit(c);
    }

    private static boolean[] within() {
        boolean[] within = new boolean[128];
        for (char c = 0; c < within.length; c++) {
            within[c] = Character.isLetterOrDigit(c) || " _-./@+()=&'".indexOf(c) >= 0;
        }
        return within;
    }

    /** Only words that begin like null, true, false or a number can mean anything but themselves. */
    private static Tag tag(String word) {
        char first = word.charAt(0);
        boolean special = isDigit(first) || "-nNtTfF".indexOf(first) >= 0;
        return special ? RESOLVER.resolve(word, true) : Tag.STR;
    }

    private void skipBlanks() {
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
    }
}
