package org.bridgehead.cli;

import org.bridgehead.render.ComparisonFields;
import org.bridgehead.whatif.Comparison;

/** Prints a {@link Comparison}: fields for programs, {@link WhatifText} for people. */
final class WhatifAnswer {
    private final Comparison answer;
    private final Output output;
    private final boolean all;

    /** With {@code all} people get every pair, not only groups of them. */
    WhatifAnswer(Comparison answer, Output output, boolean all) {
        this.answer = answer;
        this.output = output;
        this.all = all;
    }

    void print() {
        if (output.isTable()) {
            new WhatifText(answer, output, all).print();
        } else if (output.isCsv()) {
            pairs();
        } else {
            output.record(ComparisonFields.of(answer));
        }
    }

    /** A pair a line: what spreadsheets want. */
    private void pairs() {
        try (Rows rows = output.rows("from", "to", "before", "after", "heldAt", "unreachable", "why")) {
            for (Comparison.Changed pair : answer.changed()) {
                rows.row(
                        pair.from(),
                        pair.to(),
                        pair.before(),
                        pair.after().orElse(null),
                        pair.heldAt().orElse(null),
                        answer.unreachable().contains(new Comparison.Pair(pair.from(), pair.to())),
                        pair.why());
            }
        }
    }
}
