package org.bridgehead.render;

/**
 * A place on a picture.
 *
 * @param x to the right, in pixels
 * @param y downwards, in pixels
 */
public record Point(double x, double y) {
    /** The point {@code share} of the way to another: 0 = here, 1 = there. */
    public Point towards(Point other, double share) {
        return new Point(x + (other.x - x) * share, y + (other.y - y) * share);
    }

    /** How far away another point is. */
    public double distance(Point other) {
        double dx = other.x - x;
        double dy = other.y - y;
        return Math.sqrt(dx * dx + dy * dy);
    }
}
