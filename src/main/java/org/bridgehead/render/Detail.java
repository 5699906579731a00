package org.bridgehead.render;

/** How large sites are drawn: the more of them, the smaller. */
enum Detail {
    /** Up to 40 sites: reads like a poster. */
    LARGE(15, 20, 150),
    /** Up to 120 sites. */
    MEDIUM(12, 15, 120),
    /** More: names and little symbols, to zoom into. */
    SMALL(10, 10, 84);

    private static final int LARGE_UP_TO = 40;
    private static final int MEDIUM_UP_TO = 120;

    /** Of the letters of a site's name, in pixels. */
    final double letters;
    /** Width and height of a server's symbol, in pixels. */
    final double symbol;
    /** The most that a name may take, in pixels; longer ones end in an ellipsis. */
    final double nameWidth;

    Detail(double letters, double symbol, double nameWidth) {
        this.letters = letters;
        this.symbol = symbol;
        this.nameWidth = nameWidth;
    }

    /** The one for so many sites. */
    static Detail of(int sites) {
        return sites <= LARGE_UP_TO ? LARGE : sites <= MEDIUM_UP_TO ? MEDIUM : SMALL;
    }

    /** Room between neighbouring things, in pixels. */
    double gap() {
        return symbol / 4;
    }

    /** Of costs and other small texts, in pixels. */
    double smallLetters() {
        return letters * 0.8;
    }
}
