package org.bridgehead.io.config;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 text to a graph of nodes with places; what is no YAML becomes a problem. */
final class YamlText {
    /** The library's own limit of 3 MB would refuse large organisations. */
    private static final int MOST_CODE_POINTS = 1 << 29;

    /** Collections inside collections; the library recurses, so a hostile file could exhaust the stack. */
    private static final int MOST_DEPTH = 100;

    private static final int MOST_ALIASES = 100_000;

    private YamlText() {}

    /** The single document of {@code text}; empty after a problem was reported. */
    static Optional<YamlValue> read(String text, Problems problems) {
        return read(text, problems, List.of());
    }

    /** As {@link #read(String, Problems)}, with edits made in it. */
    static Optional<YamlValue> read(String text, Problems problems, List<Edit> edits) {
        return read(text, problems, node -> Edits.apply(node, edits, problems));
    }

    /** As {@link #read(String, Problems)}, with the graph changed before anything in it is checked. */
    static Optional<YamlValue> read(String text, Problems problems, UnaryOperator<Node> change) {
        try {
            Optional<Node> node = compose(text, true);
            if (node.isEmpty()) {
                problems.error(Place.top(1, 1), "the file is empty", "begin with bridgehead: 1");
            }
            return node.map(n -> YamlValue.top(change.apply(n), problems));
        } catch (ReaderException e) {
            problems.error(
                    at(text, e.getPosition()),
                    String.format("the character U+%04X may not stand in YAML", e.getCodePoint()),
                    "remove it");
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            problems.error(
                    mark.map(YamlText::place).orElse(Place.top(1, 1)),
                    "not YAML: " + said(e),
                    "check indentation, brackets and quotes just before this place");
        } catch (YamlEngineException e) {
            problems.error(Place.top(1, 1), "not YAML: " + e.getMessage(), "");
        }
        return Optional.empty();
    }

    /**
     * As {@link #read(String, Problems, List)}, much faster for large files of simple lines, but with places that mean
     * nothing: as soon as there is a problem, the text has to be read the other way. Empty when that is so already.
     */
    static Optional<YamlValue> hasty(String text, Problems problems, List<Edit> edits) {
        return text.length() < QuickSections.WORTHWHILE
                ? Optional.empty()
                : QuickSections.compose(text, part -> compose(part, true))
                        .map(node -> YamlValue.top(Edits.apply(node, edits, problems), problems));
    }

    /** The nodes of a text, with or without their places; empty when it holds nothing. */
    static Optional<Node> compose(String text, boolean places) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setCodePointLimit(MOST_CODE_POINTS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setUseMarks(places)
                .build();
        Parser parser = new DepthLimited(new ParserImpl(settings, new StreamReader(settings, text)));
        return new Composer(settings, parser).getSingleNode();
    }

    private static String said(MarkedYamlEngineException e) {
        return Stream.of(Optional.ofNullable(e.getContext()), Optional.ofNullable(e.getProblem()))
                .flatMap(Optional::stream)
                .reduce((context, problem) -> context + ", " + problem)
                .orElse("syntax error");
    }

    /** The place of a mark of the library. */
    static Place place(Mark mark) {
        return Place.top(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of a code point counted from the start. */
    static Place at(String text, int codePoints) {
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        int line =
                1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
        int start = text.lastIndexOf('\n', end - 1) + 1;
        return Place.top(line, text.codePointCount(start, end) + 1);
    }

    /** Stops at the first collection that is nested too deep. */
    private static final class DepthLimited implements Parser {
        private final Parser parser;
        private int depth;

        DepthLimited(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MOST_DEPTH) {
                throw new TooDeep(event.getStartMark());
            }
            return event;
        }
    }

    private static final class TooDeep extends MarkedYamlEngineException {
        private static final long serialVersionUID = 1L;

        TooDeep(Optional<Mark> mark) {
            super(null, Optional.empty(), "nested deeper than " + MOST_DEPTH + " levels", mark);
        }
    }
}
