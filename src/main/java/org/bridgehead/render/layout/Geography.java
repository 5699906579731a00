package org.bridgehead.render.layout;

import java.util.Collection;
import java.util.SortedMap;
import org.bridgehead.core.topology.Position;

/**
 * Places nodes where the world has them. Positions that look like degrees are corrected for latitude, so that a country
 * keeps its shape; nodes without a position lie between their neighbours.
 */
final class Geography {
    private static final double ENOUGH = 0.6;
    private static final double ASPECT = 1.5;
    private static final int ROUNDS = 50;
    /** Share of the unit, so that nodes of one place part in a fixed order. */
    private static final double JITTER = 0.01;

    private Geography() {}

    /** Whether most nodes have a position, at more than one place. */
    static boolean isEnough(Net net, SortedMap<Integer, Position> known) {
        return known.size() >= ENOUGH * net.places()
                && known.values().stream().distinct().count() > 1;
    }

    /** Places; {@code unit} is how far neighbours should lie apart on the whole. */
    static Spots place(Net net, SortedMap<Integer, Position> known, double unit) {
        Spots spots = new Spots(net.size());
        double narrowing = narrowing(known.values());
        known.forEach((node, position) -> spots.move(node, position.x() * narrowing, -position.y()));
        double[] middle = middle(spots, known);
        for (int node = 0; node < net.size(); node++) {
            if (!known.containsKey(node)) {
                spots.move(node, middle[0], middle[1]);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int node = 0; node < net.size(); node++) {
                if (!known.containsKey(node)) {
                    settle(net, spots, node);
                }
            }
        }
        resize(net, spots, unit);
        return spots;
    }

    private static double narrowing(Collection<Position> known) {
        boolean degrees =
                known.stream().allMatch(position -> Math.abs(position.x()) <= 180 && Math.abs(position.y()) <= 90);
        double latitude = known.stream()
                .mapToDouble(Position::y)
                .sorted()
                .skip(known.size() / 2)
                .findFirst()
                .orElse(0);
        return degrees ? Math.max(0.3, StrictMath.cos(StrictMath.toRadians(latitude))) : 1;
    }

    private static double[] middle(Spots spots, SortedMap<Integer, Position> known) {
        double[] middle = new double[2];
        for (int node : known.keySet()) {
            middle[0] += spots.x[node] / known.size();
            middle[1] += spots.y[node] / known.size();
        }
        return middle;
    }

    private static void settle(Net net, Spots spots, int node) {
        double x = 0;
        double y = 0;
        int count = 0;
        for (int near : net.neighbours(node)) {
            x += spots.x[near];
            y += spots.y[near];
            count++;
        }
        if (count > 0) {
            spots.x[node] = x / count;
            spots.y[node] = y / count;
        }
    }

    private static void resize(Net net, Spots spots, double unit) {
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < net.size(); i++) {
            left = Math.min(left, spots.x[i]);
            right = Math.max(right, spots.x[i]);
            top = Math.min(top, spots.y[i]);
            bottom = Math.max(bottom, spots.y[i]);
        }
        double now = Math.max((right - left) / ASPECT, bottom - top);
        spots.scale(unit * Math.sqrt(net.size()) / now);
        for (int i = 0; i < net.size(); i++) {
            double turn = 2.4 * i;
            spots.move(i, unit * JITTER * StrictMath.cos(turn), unit * JITTER * StrictMath.sin(turn));
        }
    }
}
