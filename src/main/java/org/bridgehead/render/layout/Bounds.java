package org.bridgehead.render.layout;

/** What a drawing takes on paper. */
record Bounds(double left, double top, double right, double bottom) {
    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }
}
