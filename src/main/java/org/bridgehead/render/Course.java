package org.bridgehead.render;

import org.bridgehead.render.draw.Outline;

/**
 * The line of a link between two sites, or of a leg between a site and its bus.
 *
 * @param start at the rim of the first
 * @param pull towards which the line is bent; on it when it is straight
 * @param end at the rim of the second
 */
record Course(Point start, Point pull, Point end) {
    /** The point {@code share} of the way along. */
    Point at(double share) {
        return start.towards(pull, share).towards(pull.towards(end, share), share);
    }

    /** About how long it is. */
    double length() {
        return start.distance(at(0.5)) + at(0.5).distance(end);
    }

    /** Whether the line, which lies between its ends and its pull, may come near a point: a quick look. */
    boolean mayTouch(Point point, double reachX, double reachY) {
        return point.x() + reachX >= Math.min(start.x(), Math.min(pull.x(), end.x()))
                && point.x() - reachX <= Math.max(start.x(), Math.max(pull.x(), end.x()))
                && point.y() + reachY >= Math.min(start.y(), Math.min(pull.y(), end.y()))
                && point.y() - reachY <= Math.max(start.y(), Math.max(pull.y(), end.y()));
    }

    Outline outline() {
        return isStraight()
                ? Outline.line(start.x(), start.y(), end.x(), end.y())
                : Outline.curve(start.x(), start.y(), pull.x(), pull.y(), end.x(), end.y());
    }

    private boolean isStraight() {
        return at(0.5).distance(start.towards(end, 0.5)) < 0.5;
    }

    /** An arrow head at the end, or at the start, pointing to it. */
    Outline arrow(double size, boolean forward) {
        double share = Math.min(0.5, size / Math.max(length(), 1e-9));
        Point here = at(forward ? 1 - share : share);
        Point tip = forward ? end : start;
        double distance = Math.max(here.distance(tip), 1e-9);
        double dx = (tip.x() - here.x()) / distance * size;
        double dy = (tip.y() - here.y()) / distance * size;
        return Outline.polygon(
                here.x() + dx,
                here.y() + dy,
                here.x() - dx * 0.8 - dy * 0.85,
                here.y() - dy * 0.8 + dx * 0.85,
                here.x() - dx * 0.35,
                here.y() - dy * 0.35,
                here.x() - dx * 0.8 + dy * 0.85,
                here.y() - dy * 0.8 - dx * 0.85);
    }
}
