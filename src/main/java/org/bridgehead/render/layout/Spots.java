package org.bridgehead.render.layout;

/**
 * Where nodes lie, by number. Mutable; whoever made it owns it.
 *
 * @param x to the right
 * @param y downwards
 */
public record Spots(double[] x, double[] y) {
    /** How many nodes. */
    public int size() {
        return x.length;
    }
}
