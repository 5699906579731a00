package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.Canvas;
import org.bridgehead.render.draw.Frame;
import org.bridgehead.render.draw.Outline;

/** Draws a whole picture on a canvas of any kind: links below, sites above them. */
final class MapPainter {
    private final Topology topology;
    private final Layout layout;
    private final Marks marks;
    private final boolean interactive;

    MapPainter(Topology topology, Layout layout, MapMarks marks, boolean interactive) {
        this.topology = topology;
        this.layout = layout;
        this.marks = new Marks(marks);
        this.interactive = interactive;
    }

    /** What the picture is, in a line. */
    String heading() {
        int sites = topology.sites().size();
        int links = topology.links().size();
        return topology.settings().name() + ": " + sites + (sites == 1 ? " site, " : " sites, ") + links
                + (links == 1 ? " link" : " links");
    }

    /** Draws and tells what part of the canvas is used. */
    Frame paint(Canvas canvas) {
        Frame frame = new Frame(0, 0, layout.width(), layout.height());
        canvas.draw(
                "paper",
                Outline.box(layout.width() / 2, layout.height() / 2, layout.width() / 2, layout.height() / 2, 0));
        Courses courses = new Courses(topology, layout);
        LinkPainter links = new LinkPainter(canvas, layout, marks, interactive);
        List<SiteLink> all = new ArrayList<>(topology.links().values());
        all.forEach(link -> links.paint(link, courses.of(link)));
        SitePainter sites = new SitePainter(canvas, layout, marks, interactive);
        topology.sites().values().forEach(sites::paint);
        return frame;
    }
}
