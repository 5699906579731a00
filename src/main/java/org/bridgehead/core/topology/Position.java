package org.bridgehead.core.topology;

/**
 * Where a site lies, for pictures alone; routing never looks at it. Any unit, the same for all sites of a topology:
 * longitude and latitude in degrees, kilometres, squares of a sketch.
 *
 * @param x to the right, or east; finite
 * @param y upwards, or north; finite
 */
public record Position(double x, double y) {
    /** The largest absolute value of a coordinate. */
    public static final double LIMIT = 1e9;

    /** Checks the numbers. */
    public Position {
        if (!(Math.abs(x) <= LIMIT && Math.abs(y) <= LIMIT)) {
            throw new IllegalArgumentException("no position: " + x + ", " + y);
        }
    }
}
