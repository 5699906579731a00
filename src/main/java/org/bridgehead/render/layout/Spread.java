package org.bridgehead.render.layout;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Pushes nodes apart that overlap, neighbours so far that a label fits between them, and nodes off lines that are not
 * theirs. No two nodes overlap afterwards; a few lines may still cross nodes.
 */
final class Spread {
    /** Between any two nodes. */
    private static final double GAP = 18;
    /** The same on maps, whose lines get no room of their own. */
    private static final double MAP_GAP = 36;
    /** Between a node and a line that passes. */
    private static final double CLEARANCE = 9;

    private static final int ROUNDS = 300;
    /** Pairs of edge and node looked at, all rounds together. */
    private static final long EFFORT = 150_000_000;

    private static final double GROW = 1.08;
    private static final int MOST_GROWTHS = 12;

    private final Net net;
    private final Spots spots;
    private final double widest;

    private Spread(Net net, Spots spots) {
        this.net = net;
        this.spots = spots;
        this.widest =
                IntStream.range(0, net.size()).mapToDouble(net::halfWidth).max().orElse(0) + CLEARANCE;
    }

    /** Moves the spots and returns them. */
    static Spots apart(Net net, Spots spots) {
        Spread spread = new Spread(net, spots);
        long pairs = Math.max(1, (long) net.edges() * net.size());
        int rounds = (int) Math.max(10, Math.min(ROUNDS, EFFORT / pairs));
        for (int round = 0; round < rounds; round++) {
            double strength = 1 - 0.7 * round / rounds;
            boolean moved = spread.clearLines(strength);
            moved |= spread.overlaps(GAP) | spread.makeRoom();
            if (!moved) {
                return spots;
            }
        }
        spread.settle(GAP);
        return spots;
    }

    /** Moves only what overlaps, so that a map stays a map; the spots grow first where there are too many of these. */
    static Spots gently(Net net, Spots spots) {
        Spread spread = new Spread(net, spots);
        for (int times = 0; times < MOST_GROWTHS && spread.crowded(); times++) {
            spots.scale(GROW);
        }
        spread.settle(MAP_GAP);
        return spots;
    }

    /** Whether more pairs overlap than every fifth node could. */
    private boolean crowded() {
        int pairs = 0;
        for (int a = 0; a < net.size(); a++) {
            for (int b = 0; b < a; b++) {
                boolean apart = Math.abs(spots.x[a] - spots.x[b]) > net.halfWidth(a) + net.halfWidth(b)
                        || Math.abs(spots.y[a] - spots.y[b]) > net.halfHeight(a) + net.halfHeight(b);
                pairs += apart ? 0 : 1;
            }
        }
        return pairs > net.size() / 5;
    }

    /** Only overlaps now; where the crowd is too thick the whole grows. */
    private void settle(double gap) {
        for (int round = 1; overlaps(gap); round++) {
            if (round % 100 == 0) {
                spots.scale(GROW);
            }
        }
    }

    private boolean makeRoom() {
        boolean moved = false;
        for (int edge = 0; edge < net.edges(); edge++) {
            moved |= part(net.from(edge), net.to(edge), net.room(edge));
        }
        return moved;
    }

    /** From left to right, each node against those that begin before it ends. */
    private boolean overlaps(double gap) {
        Integer[] order = new Integer[net.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> spots.x[i] - net.halfWidth(i)));
        boolean moved = false;
        for (int i = 0; i < order.length; i++) {
            double end = spots.x[order[i]] + net.halfWidth(order[i]) + gap;
            for (int j = i + 1; j < order.length && spots.x[order[j]] - net.halfWidth(order[j]) < end; j++) {
                moved |= part(order[i], order[j], gap);
            }
        }
        return moved;
    }

    /** Along the axis on which less is missing. */
    private boolean part(int a, int b, double gap) {
        double dx = spots.x[b] - spots.x[a];
        double dy = spots.y[b] - spots.y[a];
        double missingX = net.halfWidth(a) + net.halfWidth(b) + gap - Math.abs(dx);
        double missingY = net.halfHeight(a) + net.halfHeight(b) + gap - Math.abs(dy);
        if (missingX <= 0.01 || missingY <= 0.01) {
            return false;
        }
        if (missingX < missingY) {
            double push = (missingX + 0.1) / 2 * (dx < 0 || dx == 0 && a > b ? -1 : 1);
            spots.move(a, -push, 0);
            spots.move(b, push, 0);
        } else {
            double push = (missingY + 0.1) / 2 * (dy < 0 || dy == 0 && a > b ? -1 : 1);
            spots.move(a, 0, -push);
            spots.move(b, 0, push);
        }
        return true;
    }

    /** Nodes from left to right, so that each line looks only at those above and below it. */
    private boolean clearLines(double strength) {
        Integer[] order = new Integer[net.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> spots.x[i]));
        double[] lefts = Arrays.stream(order).mapToDouble(i -> spots.x[i]).toArray();
        boolean moved = false;
        for (int edge = 0; edge < net.edges(); edge++) {
            int a = net.from(edge);
            int b = net.to(edge);
            double end = Math.max(spots.x[a], spots.x[b]) + widest;
            int first = Arrays.binarySearch(lefts, Math.min(spots.x[a], spots.x[b]) - widest);
            for (int i = first < 0 ? -first - 1 : first; i < order.length && lefts[i] < end; i++) {
                moved |= order[i] != a && order[i] != b && clear(order[i], a, b, strength);
            }
        }
        return moved;
    }

    /** Pushes a node off the line between two others, which give way by half as much. */
    private boolean clear(int node, int a, int b, double strength) {
        double dx = spots.x[b] - spots.x[a];
        double dy = spots.y[b] - spots.y[a];
        double px = spots.x[node] - spots.x[a];
        double py = spots.y[node] - spots.y[a];
        double square = dx * dx + dy * dy;
        double along = px * dx + py * dy;
        if (along <= 0 || along >= square) {
            return false;
        }
        double twice = px * dy - py * dx;
        double reach = net.halfWidth(node) + net.halfHeight(node) + CLEARANCE;
        if (twice * twice > reach * reach * square) {
            return false;
        }
        double length = Math.sqrt(square);
        double off = twice / length;
        double nx = dy / length;
        double ny = -dx / length;
        double missing =
                net.halfWidth(node) * Math.abs(nx) + net.halfHeight(node) * Math.abs(ny) + CLEARANCE - Math.abs(off);
        if (missing <= 0.5) {
            return false;
        }
        double push = missing * 0.4 * strength * (off < 0 ? -1 : 1);
        spots.move(node, nx * push, ny * push);
        spots.move(a, -nx * push / 2, -ny * push / 2);
        spots.move(b, -nx * push / 2, -ny * push / 2);
        return true;
    }
}
