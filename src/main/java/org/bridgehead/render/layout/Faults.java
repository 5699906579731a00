package org.bridgehead.render.layout;

/** What makes a drawing hard to read: lines that cross each other or nodes, and the paper it takes. */
final class Faults {
    private static final double CROSSED_NODE = 3;
    private static final double MUCH_PAPER = 0.25;

    private Faults() {}

    /** The sum of all faults; smaller is better. */
    static double count(Net net, Spots spots, double unit) {
        double faults = 0;
        for (int edge = 0; edge < net.edges(); edge++) {
            for (int other = edge + 1; other < net.edges(); other++) {
                faults += cross(net, spots, edge, other) ? 1 : 0;
            }
            for (int node = 0; node < net.size(); node++) {
                faults += hits(net, spots, edge, node) ? CROSSED_NODE : 0;
            }
        }
        Bounds bounds = spots.bounds(net);
        return faults + MUCH_PAPER * Math.max(bounds.width() / 1.5, bounds.height()) / unit;
    }

    private static boolean cross(Net net, Spots spots, int edge, int other) {
        int a = net.from(edge);
        int b = net.to(edge);
        int c = net.from(other);
        int d = net.to(other);
        return a != c
                && a != d
                && b != c
                && b != d
                && side(spots, a, b, c) * side(spots, a, b, d) < 0
                && side(spots, c, d, a) * side(spots, c, d, b) < 0;
    }

    private static double side(Spots spots, int a, int b, int point) {
        return (spots.x[b] - spots.x[a]) * (spots.y[point] - spots.y[a])
                - (spots.y[b] - spots.y[a]) * (spots.x[point] - spots.x[a]);
    }

    private static boolean hits(Net net, Spots spots, int edge, int node) {
        int a = net.from(edge);
        int b = net.to(edge);
        double dx = spots.x[b] - spots.x[a];
        double dy = spots.y[b] - spots.y[a];
        double along = (spots.x[node] - spots.x[a]) * dx + (spots.y[node] - spots.y[a]) * dy;
        double square = dx * dx + dy * dy;
        if (node == a || node == b || along <= 0 || along >= square) {
            return false;
        }
        double reach = net.halfWidth(node) * Math.abs(dy) + net.halfHeight(node) * Math.abs(dx);
        return Math.abs(side(spots, a, b, node)) < reach;
    }
}
