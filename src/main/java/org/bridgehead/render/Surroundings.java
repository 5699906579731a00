package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.Canvas;
import org.bridgehead.render.draw.Frame;
import org.bridgehead.render.draw.Outline;
import org.bridgehead.render.draw.Text;
import org.bridgehead.render.draw.TextWidth;

/** Heading, legend and captions round a map. They may make the picture wider than the map. */
final class Surroundings {
    private static final double MARGIN = 44;
    private static final double TOP = 76;
    private static final double LEAST_WIDTH = 760;
    private static final double TITLE = 24;
    private static final double LETTERS = 13;
    private static final double LEADING = 19;

    private final Topology topology;
    private final Layout layout;
    private final Legend legend;
    private final double width;
    private final List<String> route;
    private final List<String> notes;

    Surroundings(Topology topology, Layout layout, MapMarks marks) {
        this.topology = topology;
        this.layout = layout;
        this.width = Math.max(layout.width(), LEAST_WIDTH);
        this.legend = new Legend(topology, marks, width - 2 * MARGIN);
        this.route = wrapped(MapText.route(marks));
        this.notes = wrapped(MapText.notes(topology, marks));
    }

    private List<String> wrapped(List<String> lines) {
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            String rest = "";
            for (String word : line.split(" ")) {
                String longer = rest.isEmpty() ? word : rest + " " + word;
                if (TextWidth.of(longer, LETTERS, false) > width - 2 * MARGIN && !rest.isEmpty()) {
                    wrapped.add(rest);
                    longer = "    " + word;
                }
                rest = longer;
            }
            wrapped.add(TextWidth.fit(rest, LETTERS, false, width - 2 * MARGIN));
        }
        return wrapped;
    }

    Frame frame() {
        double lines = (route.size() + notes.size()) * LEADING + (route.isEmpty() ? 0 : LEADING / 2);
        double left = (layout.width() - width) / 2;
        return new Frame(left, -TOP, width, TOP + layout.height() + legend.height() + lines + MARGIN);
    }

    void paint(Canvas canvas) {
        double left = frame().left() + MARGIN;
        canvas.write(
                "heading",
                Text.at(
                                left,
                                -TOP + 46,
                                TITLE,
                                TextWidth.fit(MapText.heading(topology), TITLE, true, width - 2 * MARGIN))
                        .strong());
        canvas.write("note", Text.at(left, -TOP + 68, LETTERS, MapText.settings(topology)));
        double y = layout.height();
        canvas.draw("rule", Outline.line(left, y, left + width - 2 * MARGIN, y));
        legend.paint(canvas, left, y + LEADING);
        y += legend.height() + LEADING;
        for (int i = 0; i < route.size(); i++, y += LEADING) {
            Text text = Text.at(left, y, LETTERS, route.get(i));
            canvas.write("route-text", i == 0 ? text.strong() : text);
        }
        y += route.isEmpty() ? 0 : LEADING / 2;
        for (String note : notes) {
            canvas.write("note", Text.at(left, y, LETTERS, note));
            y += LEADING;
        }
    }
}
