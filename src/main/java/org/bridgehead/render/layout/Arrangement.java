package org.bridgehead.render.layout;

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
    private static final double MARGIN = 40;
    private static final double EDGE = 190;

    /** Arranges a net, by the positions known of nodes where these are most. */
    public static Arrangement of(Net net, SortedMap<Integer, Position> known) {
        Spots spots = Stress.place(net, 1);
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = 0;
        double bottom = 0;
        for (int i = 0; i < net.size(); i++) {
            spots.x()[i] *= EDGE;
            spots.y()[i] *= EDGE;
            left = Math.min(left, spots.x()[i] - net.halfWidth(i));
            top = Math.min(top, spots.y()[i] - net.halfHeight(i));
        }
        for (int i = 0; i < net.size(); i++) {
            spots.x()[i] += MARGIN - left;
            spots.y()[i] += MARGIN - top;
            right = Math.max(right, spots.x()[i] + net.halfWidth(i) + MARGIN);
            bottom = Math.max(bottom, spots.y()[i] + net.halfHeight(i) + MARGIN);
        }
        return new Arrangement(spots, right, bottom);
    }
}
