package org.bridgehead.render.layout;

import java.util.List;

/** Sets drawings side by side, row below row, the highest first. */
final class Shelves {
    private Shelves() {}

    /**
     * A drawing to set.
     *
     * @param nodes the numbers its nodes have in the whole
     * @param spots where they lie in the drawing
     * @param bounds what it takes
     */
    record Tile(List<Integer> nodes, Spots spots, Bounds bounds) {
        void put(double left, double top, Spots all) {
            for (int i = 0; i < nodes.size(); i++) {
                all.move(nodes.get(i), spots.x[i] - bounds.left() + left, spots.y[i] - bounds.top() + top);
            }
        }
    }

    /** Writes the places into {@code all}, whose nodes lie at the origin; the whole is about {@code aspect} times as wide as high. */
    static void place(List<Tile> tiles, double aspect, double gap, Spots all) {
        double paper = width(tiles, aspect, gap);
        double x = 0;
        double y = 0;
        double row = 0;
        for (Tile tile : tiles) {
            if (x > 0 && x + tile.bounds.width() > paper) {
                x = 0;
                y += row + gap;
                row = 0;
            }
            tile.put(x, y, all);
            x += tile.bounds.width() + gap;
            row = Math.max(row, tile.bounds.height());
        }
    }

    private static double width(List<Tile> tiles, double aspect, double gap) {
        double area = 0;
        double widest = 0;
        for (Tile tile : tiles) {
            area += (tile.bounds.width() + gap) * (tile.bounds.height() + gap);
            widest = Math.max(widest, tile.bounds.width());
        }
        return Math.max(widest, Math.sqrt(area * aspect));
    }
}
