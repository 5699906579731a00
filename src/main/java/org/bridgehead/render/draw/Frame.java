package org.bridgehead.render.draw;

/**
 * A part of a canvas, in pixels.
 *
 * @param left its left end
 * @param top its upper end
 * @param width more than 0
 * @param height more than 0
 */
public record Frame(double left, double top, double width, double height) {
    String viewBox() {
        return Decimal.of(left) + " " + Decimal.of(top) + " " + Decimal.of(width) + " " + Decimal.of(height);
    }
}
