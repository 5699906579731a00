package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a verb's answer on stdout in the format asked for. One thread. */
final class Output {
    private final PrintWriter out;
    private final OutputFormat format;
    private final Colors colors;

    Output(PrintWriter out, OutputFormat format, Colors colors) {
        this.out = out;
        this.format = format;
        this.colors = colors;
    }

    /** Whether a person reads. */
    boolean isTable() {
        return format == OutputFormat.TABLE;
    }

    /** Whether JSON was asked for. */
    boolean isJson() {
        return format == OutputFormat.JSON;
    }

    /** Whether a spreadsheet reads. */
    boolean isCsv() {
        return format == OutputFormat.CSV;
    }

    /** For what people read; programs get {@link #record} or {@link #rows} instead. */
    PrintWriter text() {
        return out;
    }

    Colors colors() {
        return colors;
    }

    /** Prints one answer: its fields in order; for people one line each. */
    void record(Map<String, ? extends @Nullable Object> fields) {
        switch (format) {
            case JSON -> out.println(Structured.json(fields));
            case YAML -> out.print(Structured.yaml(fields));
            case CSV -> {
                out.println(fields.keySet().stream().map(Structured::csv).collect(Collectors.joining(",")));
                out.println(csv(fields.values().toArray()));
            }
            case JUNIT -> throw noList();
            case TABLE -> {
                int width =
                        fields.keySet().stream().mapToInt(String::length).max().orElse(0);
                fields.forEach((key, value) ->
                        out.println(colors.faint(key) + " ".repeat(width - key.length() + 2) + Structured.cell(value)));
            }
        }
        out.flush();
    }

    /** Begins a list of records with these fields. */
    Rows rows(String... columns) {
        List<String> names = List.of(columns);
        return switch (format) {
            case TABLE -> new TableRows(out, colors, names);
            case JSON -> new JsonRows(names);
            case YAML -> new LineRows(names, "", "[]");
            case CSV -> new LineRows(names, csv(columns), "");
            case JUNIT -> throw noList();
        };
    }

    private static IllegalStateException noList() {
        return new IllegalStateException("a JUnit report has its own writer");
    }

    private static String csv(@Nullable Object[] values) {
        return Arrays.stream(values).map(Structured::csv).collect(Collectors.joining(","));
    }

    private static Map<String, @Nullable Object> record(List<String> columns, @Nullable Object[] values) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            fields.put(columns.get(i), values[i]);
        }
        return fields;
    }

    /** A JSON array, an element a line. */
    private final class JsonRows implements Rows {
        private final List<String> columns;
        private String separator = "[\n";

        JsonRows(List<String> columns) {
            this.columns = columns;
        }

        @Override
        public void row(@Nullable Object... values) {
            out.print(separator);
            out.print(Structured.jsonLine(record(columns, values)));
            separator = ",\n";
        }

        @Override
        public void close() {
            out.println(separator.startsWith("[") ? "[]" : "\n]");
            out.flush();
        }
    }

    /** CSV lines below a heading, or YAML list items. */
    private final class LineRows implements Rows {
        private final List<String> columns;
        private final String whenEmpty;
        private boolean any;

        LineRows(List<String> columns, String heading, String whenEmpty) {
            this.columns = columns;
            this.whenEmpty = whenEmpty;
            if (!heading.isEmpty()) {
                out.println(heading);
            }
        }

        @Override
        public void row(@Nullable Object... values) {
            any = true;
            if (format == OutputFormat.CSV) {
                out.println(csv(values));
            } else {
                out.print(Structured.yamlItem(record(columns, values)));
            }
        }

        @Override
        public void close() {
            if (!any && !whenEmpty.isEmpty()) {
                out.println(whenEmpty);
            }
            out.flush();
        }
    }
}
