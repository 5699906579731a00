package org.bridgehead.render;

import java.util.List;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.Canvas;
import org.bridgehead.render.draw.Frame;
import org.bridgehead.render.draw.Outline;

/** Draws a whole picture on a canvas of any kind: links below, sites above them, words round them. */
final class MapPainter {
    private static final int LABEL_ROUNDS = 2;
    private final Topology topology;
    private final Layout layout;
    private final MapMarks asked;
    private final Marks marks;
    private final boolean interactive;

    MapPainter(Topology topology, Layout layout, MapMarks marks, boolean interactive) {
        this.topology = topology;
        this.layout = layout;
        this.asked = marks;
        this.marks = new Marks(marks, interactive);
        this.interactive = interactive;
    }

    /** What the picture is, in a line. */
    String heading() {
        return MapText.heading(topology)
                + asked.route().map(route -> ", " + route.title()).orElse("");
    }

    /** What of the canvas the picture takes. */
    Frame frame() {
        return interactive
                ? new Frame(0, 0, layout.width(), layout.height())
                : new Surroundings(topology, layout, asked).frame();
    }

    void paint(Canvas canvas) {
        Frame frame = frame();
        double halfWidth = frame.width() / 2;
        double halfHeight = frame.height() / 2;
        canvas.draw("paper", Outline.box(frame.left() + halfWidth, frame.top() + halfHeight, halfWidth, halfHeight, 0));
        if (!interactive) {
            new Surroundings(topology, layout, asked).paint(canvas);
        }
        SortedMap<String, List<Piece>> pieces = pieces();
        Labels labels = labels(pieces);
        LinkPainter links = new LinkPainter(canvas, layout, marks);
        topology.links().values().forEach(link -> links.paint(link, of(link, pieces), labels));
        SitePainter sites = new SitePainter(canvas, layout, marks, labels);
        topology.sites().values().forEach(sites::paint);
    }

    private SortedMap<String, List<Piece>> pieces() {
        Courses courses = new Courses(topology, layout);
        SortedMap<String, List<Piece>> pieces = Names.map();
        topology.links().values().forEach(link -> pieces.put(link.name(), courses.of(link)));
        return pieces;
    }

    private static List<Piece> of(SiteLink link, SortedMap<String, List<Piece>> pieces) {
        return pieces.getOrDefault(link.name(), List.of());
    }

    private Labels labels(SortedMap<String, List<Piece>> pieces) {
        Labels labels = new Labels(
                layout,
                topology.sites().keySet(),
                pieces.values().stream().flatMap(List::stream).toList());
        topology.sites().keySet().stream().filter(marks::isHeld).forEach(site -> labels.flag(site, SitePainter.FLAG));
        for (int round = 0; round < LABEL_ROUNDS; round++) {
            topology.links()
                    .values()
                    .forEach(link -> labels.place(link, LinkText.label(link) + marks.ways(of(link, pieces))));
        }
        return labels;
    }
}
