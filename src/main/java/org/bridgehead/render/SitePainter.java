package org.bridgehead.render;

import java.util.List;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.render.draw.Canvas;
import org.bridgehead.render.draw.Group;
import org.bridgehead.render.draw.Outline;
import org.bridgehead.render.draw.Text;

/** Draws sites with their servers in them and their edges on top. */
final class SitePainter {
    static final String FLAG = "mail waits here";
    private final Canvas canvas;
    private final Layout layout;
    private final Marks marks;
    private final Labels labels;

    SitePainter(Canvas canvas, Layout layout, Marks marks, Labels labels) {
        this.canvas = canvas;
        this.layout = layout;
        this.marks = marks;
        this.labels = labels;
    }

    void paint(Site site) {
        String name = site.name();
        SiteBox box = layout.box(name);
        Point at = layout.at(name);
        canvas.open(group(site, box));
        paintBox(site, box, at);
        canvas.write(
                "name",
                Text.centred(
                                at.x(),
                                at.y() - box.halfHeight() + box.detail().gap() * 2 + box.detail().letters / 2,
                                box.detail().letters,
                                box.label())
                        .strong());
        for (int row = 0; row < box.inside().size(); row++) {
            paintRow(box.inside().get(row), box, at.x(), rowAt(box, at, row));
        }
        paintEdges(box, at);
        paintBadges(name, box, at);
        canvas.close();
    }

    private Group group(Site site, SiteBox box) {
        String name = site.name();
        int servers = box.inside().stream().mapToInt(List::size).sum();
        String title = name + (site.hubSite() ? ", hub site" : "") + (servers == 0 ? ": no servers" : "");
        return Group.of("site")
                .with("data-item", "site:" + name)
                .titled(title + (marks.isHeld(name) ? ": mail waits here" : ""))
                .in("hub-site", site.hubSite())
                .in("empty", servers == 0)
                .in("down", marks.isDown("site:" + name))
                .in("path", marks.isOnPath(name))
                .in("nostop", marks.isOnPath(name) && marks.stop(name) == 0)
                .in("held", marks.isHeld(name));
    }

    private void paintBox(Site site, SiteBox box, Point at) {
        double corner = box.detail().gap() * 2;
        canvas.draw("box", Outline.box(at.x(), at.y(), box.halfWidth(), box.halfHeight(), corner));
        if (site.hubSite()) {
            double inset = box.detail().gap() * 0.7;
            canvas.draw(
                    "inner",
                    Outline.box(at.x(), at.y(), box.halfWidth() - inset, box.halfHeight() - inset, corner - inset));
        }
    }

    private static double rowAt(SiteBox box, Point at, int row) {
        Detail detail = box.detail();
        return at.y()
                - box.halfHeight()
                + detail.gap() * 3
                + detail.letters
                + detail.symbol / 2
                + row * SiteBox.pitch(detail);
    }

    private void paintRow(List<Server> servers, SiteBox box, double x, double y) {
        double left = x - SiteBox.width(servers, box.detail()) / 2;
        for (Server server : servers) {
            double width = SiteBox.width(server, box.detail());
            paintServer(server, new Point(left + width / 2, y), box.detail());
            left += width + box.detail().gap();
        }
    }

    private void paintEdges(SiteBox box, Point at) {
        if (box.edges().isEmpty()) {
            return;
        }
        double top = at.y() - box.halfHeight();
        canvas.draw("stem", Outline.line(at.x(), top, at.x(), top - box.detail().gap() * 2.5));
        paintRow(box.edges(), box, at.x(), top - box.roof() + box.detail().symbol / 2);
    }

    private void paintServer(Server server, Point at, Detail detail) {
        String item = "server:" + server.name();
        List<ServerSymbol> symbols = ServerSymbol.of(server);
        canvas.open(Group.of("server")
                .with("data-item", item)
                .titled(server.name() + ": " + ServerSymbol.roles(server))
                .in("down", marks.isDown(item)));
        double half = SiteBox.width(server, detail) / 2;
        if (symbols.size() > 1) {
            canvas.draw("machine", Outline.box(at.x(), at.y(), half + 1, detail.symbol / 2 + 1, detail.symbol / 4));
        }
        for (int i = 0; i < symbols.size(); i++) {
            paintRole(symbols.get(i), new Point(at.x() - half + detail.symbol * (i + 0.5), at.y()), detail);
        }
        server.mailbox()
                .filter(role -> role.nodes().size() > 1)
                .ifPresent(role -> paintNodes(role.nodes(), at, detail));
        if (marks.draws(marks.isDown(item))) {
            canvas.draw("server-cross", cross(at, detail.symbol * 0.6));
        }
        canvas.close();
    }

    private void paintRole(ServerSymbol symbol, Point at, Detail detail) {
        canvas.draw(symbol.part(), symbol.outline(at.x(), at.y(), detail.symbol));
        canvas.write(
                "letter",
                Text.centred(at.x(), at.y(), detail.symbol * 0.6, symbol.letter())
                        .strong());
    }

    private void paintNodes(List<MailboxNode> nodes, Point at, Detail detail) {
        double step = detail.symbol * 0.46;
        for (int i = 0; i < nodes.size(); i++) {
            String item = "node:" + nodes.get(i).name();
            Point middle = new Point(at.x() + (i - (nodes.size() - 1) / 2.0) * step, at.y() + detail.symbol * 0.68);
            canvas.open(Group.of("node")
                    .with("data-item", item)
                    .titled("node " + nodes.get(i).name())
                    .in("down", marks.isDown(item)));
            canvas.draw("node-dot", Outline.circle(middle.x(), middle.y(), detail.symbol * 0.15));
            if (marks.draws(marks.isDown(item))) {
                canvas.draw("node-cross", cross(middle, detail.symbol * 0.22));
            }
            canvas.close();
        }
    }

    private void paintBadges(String name, SiteBox box, Point at) {
        double size = box.detail().letters * 0.75;
        double left = at.x() - box.halfWidth();
        double right = at.x() + box.halfWidth();
        double top = at.y() - box.halfHeight();
        if (marks.draws(marks.isDown("site:" + name))) {
            canvas.draw("site-cross-ground", Outline.circle(right, top, size));
            canvas.draw("site-cross", cross(new Point(right, top), size * 0.55));
        }
        if (marks.draws(marks.stop(name) > 0)) {
            canvas.draw("stop", Outline.circle(left, top, size));
            String number = marks.stop(name) > 0 ? String.valueOf(marks.stop(name)) : "";
            canvas.write(
                    "stop-number", Text.centred(left, top, size * 1.3, number).strong());
        }
        if (marks.draws(marks.isHeld(name))) {
            paintFlag(name);
        }
    }

    private void paintFlag(String name) {
        double size = layout.detail().smallLetters();
        Labels.Label flag = labels.flag(name, FLAG);
        canvas.draw("flag", Outline.box(flag.at().x(), flag.at().y(), flag.halfWidth(), flag.halfHeight(), size * 0.3));
        canvas.write(
                "flag-text",
                Text.centred(flag.at().x(), flag.at().y(), size, FLAG).strong());
    }

    /** Two strokes through a point. */
    static Outline cross(Point at, double reach) {
        return Outline.of(
                Outline.line(at.x() - reach, at.y() - reach, at.x() + reach, at.y() + reach),
                Outline.line(at.x() - reach, at.y() + reach, at.x() + reach, at.y() - reach));
    }
}
