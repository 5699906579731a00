package org.bridgehead.render.draw;

/**
 * A line of text.
 *
 * @param content what it says; any character
 * @param x of the anchor, in pixels
 * @param y of the base line, in pixels
 * @param size of the letters, in pixels
 * @param anchor which part of it lies at {@code x}
 * @param bold whether its letters are
 */
public record Text(String content, double x, double y, double size, Anchor anchor, boolean bold) {
    /** Which part of a text lies at its point. */
    public enum Anchor {
        /** Its left end. */
        START("start"),
        /** Its middle. */
        MIDDLE("middle");

        private final String keyword;

        Anchor(String keyword) {
            this.keyword = keyword;
        }

        /** The word in SVG. */
        String keyword() {
            return keyword;
        }
    }

    /** A text that begins at a point. */
    public static Text at(double x, double y, double size, String content) {
        return new Text(content, x, y, size, Anchor.START, false);
    }

    /** A text centred on a point, its letters' middle at {@code y}. */
    public static Text centred(double x, double y, double size, String content) {
        return new Text(content, x, y + size * 0.36, size, Anchor.MIDDLE, false);
    }

    /** The same in bold. */
    public Text strong() {
        return new Text(content, x, y, size, anchor, true);
    }
}
