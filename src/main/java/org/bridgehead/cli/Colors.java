package org.bridgehead.cli;

/** Terminal colours by meaning; plain text when they are off. */
final class Colors {
    private static final String RESET = "\u001B[0m";
    private final boolean on;

    private Colors(boolean on) {
        this.on = on;
    }

    static Colors of(boolean on) {
        return new Colors(on);
    }

    boolean areOn() {
        return on;
    }

    /** The thing itself: a path, a heading. */
    String strong(String text) {
        return paint("1", text);
    }

    /** What is in order. */
    String good(String text) {
        return paint("32", text);
    }

    /** What is down or lost. */
    String bad(String text) {
        return paint("1;31", text);
    }

    /** What deserves a second look. */
    String warning(String text) {
        return paint("33", text);
    }

    /** What one may skip. */
    String faint(String text) {
        return paint("2", text);
    }

    /** Names of sites and servers in running text. */
    String name(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return on ? "\u001B[" + code + "m" + text + RESET : text;
    }

    /** Columns that a text takes on the terminal: code points, colours not counted. */
    static int width(String text) {
        String plain = text.indexOf('\u001B') < 0 ? text : text.replaceAll("\u001B\\[[0-9;]*m", "");
        return plain.codePointCount(0, plain.length());
    }
}
