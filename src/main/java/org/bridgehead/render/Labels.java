package org.bridgehead.render;

import java.util.ArrayList;
import java.util.Comparator;
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
    private static final double[] CROSSES = {0.3, 0.7, 0.22, 0.78, 0.4, 0.6};
    private static final double OFF_PAPER = 20;
    private static final double ON_SITE = 10;
    private static final double ON_LABEL = 6;
    private static final double ON_LINE = 1;
    private static final int STEPS = 24;

    private final Layout layout;
    private final List<Label> sites = new ArrayList<>();
    private final SortedMap<String, Label> flags = Names.map();
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

    /** Places the flag of a site, which labels then keep clear of; where the fewest lines pass. */
    Label flag(String site, String text) {
        return flags.computeIfAbsent(site, name -> {
            double size = layout.detail().smallLetters();
            double halfWidth = TextWidth.of(text, size, true) / 2 + size * 0.4;
            SiteBox box = layout.box(name);
            Point at = layout.at(name);
            double up = box.halfHeight() + size * 1.2;
            double aside = box.halfWidth() + halfWidth + size * 0.4;
            return best(
                    List.of(
                            new Point(at.x(), at.y() + up),
                            new Point(at.x(), at.y() - up - box.roof()),
                            new Point(at.x() + aside, at.y()),
                            new Point(at.x() - aside, at.y())),
                    halfWidth,
                    size * 0.85,
                    "");
        });
    }

    /** Places the label of a link as well as those of the others allow; to be called again once all have a place. */
    void place(SiteLink link, String text) {
        double size = layout.detail().smallLetters();
        double halfWidth = TextWidth.of(text, size, false) / 2 + size * 0.4;
        found.remove(link.name());
        List<Point> candidates = candidates(link, halfWidth, size);
        if (candidates.isEmpty()) {
            return;
        }
        String own = Layout.hasBus(link) ? "" : link.name();
        Label best = best(candidates, halfWidth, size * 0.72, own);
        if (layout.detail() != Detail.SMALL || faults(best, own) < ON_LABEL) {
            found.put(link.name(), best);
        }
    }

    private Label best(List<Point> candidates, double halfWidth, double halfHeight, String own) {
        return candidates.stream()
                .map(at -> new Label(at, halfWidth, halfHeight))
                .min(Comparator.comparingDouble(label -> faults(label, own)))
                .orElseThrow();
    }

    /** A point of a line that no label and no flag hides. */
    Point free(Course course) {
        for (double share : CROSSES) {
            Point at = course.at(share);
            if (flags.values().stream().noneMatch(flag -> flag.holds(at))
                    && found.values().stream().noneMatch(label -> label.holds(at))) {
                return at;
            }
        }
        return course.at(CROSSES[0]);
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

    /** {@code own} is the link whose line the label may lie on. */
    private double faults(Label label, String own) {
        double faults = isOnPaper(label) ? 0 : OFF_PAPER;
        for (Label site : sites) {
            faults += label.overlaps(site) ? ON_SITE : 0;
        }
        for (Label flag : flags.values()) {
            faults += label.overlaps(flag) ? ON_LABEL : 0;
        }
        for (Label other : found.values()) {
            faults += label.overlaps(other) ? ON_LABEL : 0;
        }
        for (Piece piece : pieces) {
            faults += !piece.link().equals(own) && crosses(piece.course(), label) ? ON_LINE : 0;
        }
        return faults;
    }

    private boolean isOnPaper(Label label) {
        return label.at().x() > label.halfWidth()
                && label.at().y() > label.halfHeight()
                && label.at().x() < layout.width() - label.halfWidth()
                && label.at().y() < layout.height() - label.halfHeight();
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
