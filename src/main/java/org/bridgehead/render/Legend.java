package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.Canvas;
import org.bridgehead.render.draw.Group;
import org.bridgehead.render.draw.Outline;
import org.bridgehead.render.draw.Text;
import org.bridgehead.render.draw.TextWidth;

/** Says what the signs of a picture mean: those that it uses, and no others. */
final class Legend {
    private static final double SIGN = 36;
    private static final double SYMBOL = 18;
    private static final double LETTERS = 13;
    private static final double ROW = 27;
    private static final double GAP = 22;

    private final List<Entry> entries = new ArrayList<>();
    private final double width;

    /** Draws a sign round a point. */
    private interface Sign {
        void paint(Canvas canvas, double x, double y);
    }

    /** A sign and its meaning. */
    private record Entry(Sign sign, String meaning) {
        double width() {
            return SIGN + TextWidth.of(meaning, LETTERS, false) + GAP;
        }
    }

    Legend(Topology topology, MapMarks marks, double width) {
        this.width = width;
        addServers(topology);
        addSites(topology);
        addLinks(topology);
        addStates(marks);
    }

    private void addServers(Topology topology) {
        for (ServerSymbol symbol : ServerSymbol.values()) {
            boolean used = topology.servers().values().stream()
                    .anyMatch(server -> ServerSymbol.of(server).contains(symbol));
            add(used, symbol.meaning(), (canvas, x, y) -> {
                canvas.draw(symbol.part(), symbol.outline(x, y, SYMBOL));
                canvas.write(
                        "letter",
                        Text.centred(x, y, SYMBOL * 0.6, symbol.letter()).strong());
            });
        }
        add(topology.servers().values().stream().anyMatch(SiteBox::isClustered), "its nodes", (canvas, x, y) -> {
            canvas.draw("node-dot", Outline.circle(x - 5, y, 3));
            canvas.draw("node-dot", Outline.circle(x + 5, y, 3));
        });
    }

    private void addSites(Topology topology) {
        boolean hubSites = topology.sites().values().stream().anyMatch(Site::hubSite);
        add(hubSites, "hub site: mail must stop", (canvas, x, y) -> {
            canvas.draw("box", Outline.box(x, y, 13, 9, 5));
            canvas.draw("inner", Outline.box(x, y, 9.5, 5.5, 2));
        });
        boolean empty = topology.sites().keySet().stream()
                .anyMatch(site -> topology.servers().values().stream()
                        .map(Server::site)
                        .flatMap(Optional::stream)
                        .noneMatch(site::equalsIgnoreCase));
        add(empty, "site without servers", (canvas, x, y) -> {
            canvas.open(Group.of("site").in("empty", true));
            canvas.draw("box", Outline.box(x, y, 13, 9, 5));
            canvas.close();
        });
    }

    private void addLinks(Topology topology) {
        add(!topology.links().isEmpty(), "link and its cost for mail", (canvas, x, y) -> {
            canvas.draw("line", Outline.line(x - 14, y, x + 14, y));
            canvas.draw("pill", Outline.box(x, y, 9, 7, 3));
            canvas.write("cost", Text.centred(x, y, 11, "20"));
        });
        add(
                topology.links().values().stream()
                        .anyMatch(link -> link.exchangeCost().isPresent()),
                "exchangeCost, used in place of cost",
                (canvas, x, y) -> canvas.write("cost", Text.centred(x, y, LETTERS, "20*")));
        add(
                topology.links().values().stream()
                        .anyMatch(link -> link.maxMessageSize().isPresent()),
                "largest message",
                (canvas, x, y) -> canvas.write("cost", Text.centred(x, y, 11, "≤5 MB")));
        add(topology.links().values().stream().anyMatch(Layout::hasBus), "link of many sites", (canvas, x, y) -> {
            canvas.draw("line", Outline.polyline(x - 14, y + 6, x, y, x + 14, y + 6));
            canvas.draw("line", Outline.line(x, y, x, y - 9));
            canvas.draw("bus-node", Outline.box(x, y, 5, 5, 2.5));
        });
    }

    private void addStates(MapMarks marks) {
        boolean decided = marks.route().flatMap(MapRoute::decision).isPresent();
        add(decided, "way of the mail", (canvas, x, y) -> piece(canvas, List.of("path", "forward"), x, y));
        add(
                marks.route().flatMap(MapRoute::heldAt).isPresent(),
                "not reached",
                (canvas, x, y) -> piece(canvas, List.of("path", "ahead"), x, y));
        add(
                marks.route()
                        .flatMap(MapRoute::decision)
                        .filter(decision -> !decision.rejected().isEmpty())
                        .isPresent(),
                "ways not taken",
                (canvas, x, y) -> piece(canvas, List.of("alt", "alt1"), x, y));
        add(!marks.down().isEmpty(), "down", (canvas, x, y) -> {
            canvas.open(Group.of("server").in("down", true));
            canvas.draw("server-cross", SitePainter.cross(new Point(x, y), 7));
            canvas.close();
        });
    }

    private static void piece(Canvas canvas, List<String> states, double x, double y) {
        Course course = new Course(new Point(x - 14, y), new Point(x, y), new Point(x + 14, y));
        canvas.open(Group.of("piece").in(states));
        canvas.draw("line", course.outline());
        canvas.draw("arrow-forward", course.arrow(7, true));
        canvas.close();
    }

    private void add(boolean used, String meaning, Sign sign) {
        if (used) {
            entries.add(new Entry(sign, meaning));
        }
    }

    double height() {
        return place((entry, at) -> {}) + ROW;
    }

    void paint(Canvas canvas, double left, double top) {
        place((entry, at) -> {
            entry.sign.paint(canvas, left + at.x() + SIGN / 2, top + at.y());
            canvas.write(
                    "note", Text.at(left + at.x() + SIGN + 5, top + at.y() + LETTERS * 0.36, LETTERS, entry.meaning));
        });
    }

    /** Sets the entries in rows and returns the height of all. */
    private double place(BiConsumer<Entry, Point> each) {
        double x = 0;
        double y = 0;
        for (Entry entry : entries) {
            if (x > 0 && x + entry.width() > width) {
                x = 0;
                y += ROW;
            }
            each.accept(entry, new Point(x, y));
            x += entry.width();
        }
        return y + ROW;
    }
}
