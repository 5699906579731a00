package org.bridgehead.render.draw;

import java.text.Normalizer;

/**
 * How wide texts are in Arial and the fonts of equal metrics (Liberation Sans, Helvetica), which the pictures ask for.
 * A table, so that a picture is the same on machines that have none of them.
 */
public final class TextWidth {
    /** Thousandths of the size for U+0020 to U+007E. */
    private static final int[] REGULAR = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
    };

    private static final int[] BOLD = {
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, // 0 to ?
        975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, // @ to O
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, // P to _
        333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, // ` to o
        611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, // p to ~
    };

    private static final String MORE = "…";

    private TextWidth() {}

    /** The width in pixels, a little more rather than less for letters the table lacks. */
    public static double of(String text, double size, boolean bold) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                        .codePoints()
                        .mapToDouble(c -> thousandths(c, bold ? BOLD : REGULAR))
                        .sum()
                / 1000
                * size;
    }

    private static double thousandths(int c, int[] table) {
        if (c >= ' ' && c <= '~') {
            return table[c - ' '];
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.FORMAT || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return c >= 0x1100 ? 1000 : 640;
    }

    /** The text, or as much of its beginning as fits, with an ellipsis. */
    public static String fit(String text, double size, boolean bold, double width) {
        if (of(text, size, bold) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 1 && of(text.substring(0, end) + MORE, size, bold) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + MORE;
    }
}
