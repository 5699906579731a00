package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.List;

/** Titled lists for people, cut short unless everything is asked for. */
final class Sections {
    private final Output output;
    private final int most;

    /**
     * Sections on an output.
     *
     * @param most lines of one section, unless {@code all}
     */
    Sections(Output output, int most, boolean all) {
        this.output = output;
        this.most = all ? Integer.MAX_VALUE : most;
    }

    /** Prints a section after an empty line; nothing when there is nothing to list. */
    void print(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        PrintWriter out = output.text();
        int shown = Math.min(most, lines.size());
        out.println();
        out.println(title + " (" + lines.size() + ")");
        lines.subList(0, shown).forEach(line -> out.println("  " + line));
        if (shown < lines.size()) {
            out.println(output.colors().faint("  and " + (lines.size() - shown) + " more (-v shows all)"));
        }
    }
}
