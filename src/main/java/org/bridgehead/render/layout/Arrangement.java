package org.bridgehead.render.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.bridgehead.core.topology.Position;

/**
 * Places for the nodes of a net on paper that begins at 0, 0.
 *
 * @param spots the middles of the nodes
 * @param width of the paper
 * @param height of the paper
 */
public record Arrangement(Spots spots, double width, double height) {
    private static final double MARGIN = 44;
    /** Paper is wider than high. */
    private static final double ASPECT = 1.5;

    private static final double FLAT = 0.3;
    /** Room that a line and its label want between two nodes. */
    private static final double LINE = 62;

    /** Arranges a net, by the positions known of nodes where most have one. */
    public static Arrangement of(Net net, SortedMap<Integer, Position> known) {
        if (net.size() == 0) {
            return new Arrangement(new Spots(0), 2 * MARGIN, 2 * MARGIN);
        }
        return Geography.isEnough(net, known)
                ? fitted(net, Spread.gently(net, Geography.place(net, known, unit(net))))
                : fitted(net, packed(net));
    }

    /** How far neighbours should lie apart. */
    private static double unit(Net net) {
        double sum = 0;
        for (int i = 0; i < net.size(); i++) {
            sum += net.halfWidth(i) + net.halfHeight(i);
        }
        return sum / net.size() + LINE;
    }

    private static Spots packed(Net net) {
        Spots all = new Spots(net.size());
        List<Shelves.Tile> tiles = new ArrayList<>();
        for (List<Integer> component : net.components()) {
            Net part = net.part(component);
            Spots spots = best(part, unit(net));
            tiles.add(new Shelves.Tile(component, spots, spots.bounds(part)));
        }
        tiles.sort(
                Comparator.comparingDouble((Shelves.Tile tile) -> tile.bounds().height())
                        .reversed());
        Shelves.place(tiles, ASPECT, LINE / 2, all);
        return all;
    }

    /** The most legible of several tries. */
    private static Spots best(Net part, double unit) {
        int tries = part.size() <= 80 ? 10 : part.size() <= 400 ? 3 : 1;
        Spots best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int seed = 1; best == null || seed <= tries; seed++) {
            Spots spots = Stress.place(part, seed);
            spots.scale(unit);
            turn(part, spots);
            spots = Spread.apart(part, spots);
            double faults = Faults.count(part, spots, unit);
            if (best == null || faults < least) {
                best = spots;
                least = faults;
            }
        }
        return best;
    }

    /** Turns the net so that it fits the paper best, its first node to the left of its last. */
    private static void turn(Net part, Spots spots) {
        double angle = 0;
        double best = Double.POSITIVE_INFINITY;
        for (double step = 5; step > 0.1; step /= 10) {
            double around = angle;
            int steps = step == 5 ? 36 : 20;
            for (int i = 0; i < steps; i++) {
                double degrees = around + (i - steps / 2) * step;
                double needed =
                        paper(spots.turned(StrictMath.toRadians(degrees)).bounds(part));
                if (needed < best) {
                    best = needed;
                    angle = degrees;
                }
            }
        }
        spots.set(spots.turned(StrictMath.toRadians(angle)));
        if (spots.x[0] > spots.x[part.size() - 1]) {
            spots.mirror();
        }
    }

    /** How much paper a drawing needs; flat ones less, so that few sites lie in a row. */
    private static double paper(Bounds bounds) {
        return Math.max(bounds.width() / ASPECT, bounds.height()) + FLAT * bounds.height();
    }

    private static Arrangement fitted(Net net, Spots spots) {
        Bounds bounds = spots.bounds(net);
        spots.shift(MARGIN - bounds.left(), MARGIN - bounds.top());
        return new Arrangement(spots, bounds.width() + 2 * MARGIN, bounds.height() + 2 * MARGIN);
    }
}
