package org.bridgehead.cli;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bridgehead.render.JsonText;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Maps, collections, texts, numbers, truth values and null as JSON, YAML or one CSV cell. */
final class Structured {
    private Structured() {}

    /** JSON over several lines. */
    static String json(@Nullable Object value) {
        return JsonText.text(value, printer());
    }

    /** JSON on one line. */
    static String jsonLine(@Nullable Object value) {
        return JsonText.line(value);
    }

    private static DefaultPrettyPrinter printer() {
        Separators separators = Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER);
        return new DefaultPrettyPrinter(separators).withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }

    /** YAML, ended by a line feed. */
    static String yaml(@Nullable Object value) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(160)
                .build();
        return new Dump(settings).dumpToString(plain(value));
    }

    /** As {@link #yaml}, a list of one item in flow style. */
    static String yamlItem(@Nullable Object value) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.FLOW)
                .setWidth(Integer.MAX_VALUE)
                .build();
        return "- " + new Dump(settings).dumpToString(plain(value));
    }

    /** Enums and other objects as their texts. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
            return copy;
        }
        if (value instanceof Collection<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        return value == null || value instanceof Boolean || value instanceof Number ? value : value.toString();
    }

    /** One CSV cell: lists of plain values joined with {@code >}, deeper things as JSON, quoted where RFC 4180 asks. */
    static String csv(@Nullable Object value) {
        String text = cell(value);
        boolean quote = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** A value in one line of text; nothing for null. */
    static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Collection<?> items
                && items.stream().noneMatch(i -> i instanceof Map || i instanceof Collection)) {
            return items.stream().map(String::valueOf).collect(Collectors.joining(" > "));
        }
        return value instanceof Map || value instanceof Collection ? jsonLine(value) : value.toString();
    }
}
