package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Columns for people: a heading made of the field names, numbers to the right. Widths come from the first rows, so that
 * long lists stream; a later, wider cell pushes its line out.
 */
final class TableRows implements Rows {
    private static final int MEASURED = 2000;
    private static final String GAP = "  ";

    private final PrintWriter out;
    private final Colors colors;
    private final String[] headings;
    private final boolean[] numbers;
    private final List<String[]> waiting = new ArrayList<>();
    private int @Nullable [] widths;

    TableRows(PrintWriter out, Colors colors, List<String> columns) {
        this.out = out;
        this.colors = colors;
        this.headings = columns.stream().map(TableRows::heading).toArray(String[]::new);
        this.numbers = new boolean[headings.length];
    }

    /** {@code nextSite} becomes {@code NEXT SITE}. */
    private static String heading(String column) {
        return column.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
    }

    @Override
    public void row(@Nullable Object... values) {
        String[] cells = new String[headings.length];
        for (int i = 0; i < cells.length; i++) {
            numbers[i] |= values[i] instanceof Number;
            cells[i] = values[i] == null ? "-" : Structured.cell(values[i]);
        }
        if (widths != null) {
            print(cells, widths);
        } else {
            waiting.add(cells);
            if (waiting.size() == MEASURED) {
                flushWaiting();
            }
        }
    }

    private void flushWaiting() {
        int[] measured = new int[headings.length];
        for (int i = 0; i < measured.length; i++) {
            measured[i] = Colors.width(headings[i]);
            for (String[] row : waiting) {
                measured[i] = Math.max(measured[i], Colors.width(row[i]));
            }
        }
        widths = measured;
        String[] bold = new String[headings.length];
        for (int i = 0; i < bold.length; i++) {
            bold[i] = colors.strong(headings[i]);
        }
        print(bold, measured);
        waiting.forEach(row -> print(row, measured));
        waiting.clear();
    }

    private void print(String[] cells, int[] columns) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String fill = " ".repeat(Math.max(0, columns[i] - Colors.width(cells[i])));
            line.append(i == 0 ? "" : GAP).append(numbers[i] ? fill + cells[i] : cells[i] + fill);
        }
        out.println(line.toString().stripTrailing());
    }

    @Override
    public void close() {
        if (widths == null && !waiting.isEmpty()) {
            flushWaiting();
        }
        out.flush();
    }
}
