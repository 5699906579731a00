package org.bridgehead.render.layout;

/** Where nodes lie, by number. Mutable; whoever made it owns it. */
public final class Spots {
    final double[] x;
    final double[] y;

    /** All nodes at the origin. */
    Spots(int size) {
        x = new double[size];
        y = new double[size];
    }

    /** How many nodes. */
    int size() {
        return x.length;
    }

    /** How far right a node lies. */
    public double x(int node) {
        return x[node];
    }

    /** How far down a node lies. */
    public double y(int node) {
        return y[node];
    }

    void move(int node, double dx, double dy) {
        x[node] += dx;
        y[node] += dy;
    }

    void scale(double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
            y[i] *= factor;
        }
    }

    void shift(double dx, double dy) {
        for (int i = 0; i < x.length; i++) {
            move(i, dx, dy);
        }
    }

    /** Left becomes right. */
    void mirror() {
        for (int i = 0; i < x.length; i++) {
            x[i] = -x[i];
        }
    }

    void set(Spots other) {
        System.arraycopy(other.x, 0, x, 0, x.length);
        System.arraycopy(other.y, 0, y, 0, y.length);
    }

    /** The same, turned round the origin. */
    Spots turned(double angle) {
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        Spots turned = new Spots(x.length);
        for (int i = 0; i < x.length; i++) {
            turned.move(i, x[i] * cosine - y[i] * sine, x[i] * sine + y[i] * cosine);
        }
        return turned;
    }

    /** What all nodes take together. */
    Bounds bounds(Net net) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            left = Math.min(left, x[i] - net.halfWidth(i));
            top = Math.min(top, y[i] - net.halfHeight(i));
            right = Math.max(right, x[i] + net.halfWidth(i));
            bottom = Math.max(bottom, y[i] + net.halfHeight(i));
        }
        return new Bounds(left, top, right, bottom);
    }
}
