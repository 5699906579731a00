package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.render.draw.TextWidth;

/**
 * Finds places for what stands on links: on the line where there is most room, or beside a bus. Where there is none the
 * smallest pictures go without; the title has it anyway.
 */
final class Labels {
    private static final double[] SHARES = {0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73};
    private static final double ON_SITE = 10;
    private static final double ON_LABEL = 6;
    private static final double ON_LINE = 1;
    private static final int STEPS = 24;

    private final Layout layout;
    private final List<Label> sites = new ArrayList<>();
    private final List<Label> placed = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final SortedMap<String, Label> found = Names.map();

    /**
     * A label.
     *
     * @param at its middle
     * @param halfWidth half its width
     * @param halfHeight half its height
     */
    record Label(Point at, double halfWidth, double halfHeight) {
        boolean overlaps(Label other) {
            return Math.abs(at.x() - other.at.x()) < halfWidth + other.halfWidth
                    && Math.abs(at.y() - other.at.y()) < halfHeight + other.halfHeight;
        }

        boolean holds(Point point) {
            return Math.abs(at.x() - point.x()) < halfWidth && Math.abs(at.y() - point.y()) < halfHeight;
        }
    }

    /** Labels among these lines. */
    Labels(Layout layout, Iterable<String> names, List<Piece> pieces) {
        this.layout = layout;
        this.pieces.addAll(pieces);
        for (String site : names) {
            SiteBox box = layout.box(site);
            Point at = layout.at(site);
            double roof = box.roof() / 2;
            sites.add(new Label(new Point(at.x(), at.y() - roof), box.halfWidth() + 2, box.halfHeight() + roof + 2));
        }
    }

    /** Keeps a place free of labels. */
    void avoid(Label other) {
        placed.add(other);
    }

    /** Places the label of a link; those placed first have the best places. */
    void place(SiteLink link, String text) {
        double size = layout.detail().smallLetters();
        double halfWidth = TextWidth.of(text, size, false) / 2 + size * 0.4;
        Label best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Point at : candidates(link, halfWidth, size)) {
            Label label = new Label(at, halfWidth, size * 0.72);
            double faults = faults(label, link);
            if (faults < least) {
                best = label;
                least = faults;
            }
        }
        if (best != null && !(least >= ON_LABEL && layout.detail() == Detail.SMALL)) {
            placed.add(best);
            found.put(link.name(), best);
        }
    }

    /** Where the label of a link went; empty = nowhere. */
    Optional<Label> of(SiteLink link) {
        return Optional.ofNullable(found.get(link.name()));
    }

    private List<Point> candidates(SiteLink link, double halfWidth, double size) {
        List<Point> candidates = new ArrayList<>();
        if (Layout.hasBus(link)) {
            Point bus = layout.bus(link.name());
            double side = halfWidth + size;
            candidates.add(new Point(bus.x(), bus.y() + size * 1.7));
            candidates.add(new Point(bus.x(), bus.y() - size * 1.7));
            candidates.add(new Point(bus.x() + side, bus.y()));
            candidates.add(new Point(bus.x() - side, bus.y()));
            return candidates;
        }
        for (Piece piece : pieces) {
            if (piece.link().equals(link.name())) {
                for (double share : SHARES) {
                    candidates.add(piece.course().at(share));
                }
            }
        }
        return candidates;
    }

    private double faults(Label label, SiteLink link) {
        double faults = 0;
        for (Label site : sites) {
            faults += label.overlaps(site) ? ON_SITE : 0;
        }
        for (Label other : placed) {
            faults += label.overlaps(other) ? ON_LABEL : 0;
        }
        for (Piece piece : pieces) {
            boolean own = piece.link().equals(link.name()) && !Layout.hasBus(link);
            faults += !own && crosses(piece.course(), label) ? ON_LINE : 0;
        }
        return faults;
    }

    private static boolean crosses(Course course, Label label) {
        if (!course.mayTouch(label.at(), label.halfWidth(), label.halfHeight())) {
            return false;
        }
        for (int step = 0; step <= STEPS; step++) {
            if (label.holds(course.at((double) step / STEPS))) {
                return true;
            }
        }
        return false;
    }
}
