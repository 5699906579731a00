package org.bridgehead.render;

import java.util.List;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.render.draw.Canvas;
import org.bridgehead.render.draw.Group;
import org.bridgehead.render.draw.Outline;
import org.bridgehead.render.draw.Text;
import org.bridgehead.render.draw.TextWidth;

/** Draws links: their lines, what mail pays on them, and what is the matter with them. */
final class LinkPainter {
    private final Canvas canvas;
    private final Layout layout;
    private final Marks marks;
    private final boolean interactive;

    LinkPainter(Canvas canvas, Layout layout, Marks marks, boolean interactive) {
        this.canvas = canvas;
        this.layout = layout;
        this.marks = marks;
        this.interactive = interactive;
    }

    void paint(SiteLink link, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return;
        }
        String item = "link:" + link.name();
        boolean bus = Layout.hasBus(link);
        canvas.open(Group.of("link")
                .with("data-item", item)
                .titled(LinkText.title(link))
                .in("bus", bus)
                .in("down", marks.isDown(item)));
        pieces.forEach(this::paintPiece);
        if (bus) {
            Point at = layout.bus(link.name());
            canvas.draw("bus-node", Outline.box(at.x(), at.y(), 8, 8, 3));
        }
        paintLabel(link, labelAt(link, pieces));
        if (interactive || marks.isDown(item)) {
            pieces.forEach(piece -> paintCross(piece.course()));
        }
        canvas.close();
    }

    private void paintPiece(Piece piece) {
        Group group = Group.of("piece").with("data-a", piece.from());
        group = piece.to().isPresent() ? group.with("data-b", piece.to().get()) : group;
        List<String> states = marks.states(piece);
        canvas.open(group.in(states));
        Course course = piece.course();
        if (interactive) {
            canvas.draw("hit", course.outline());
        }
        canvas.draw("line", course.outline());
        double size = layout.detail().symbol * 0.5;
        if (interactive || states.contains("forward")) {
            canvas.draw("arrow-forward", course.arrow(0.72, size, true));
        }
        if (interactive || states.contains("backward")) {
            canvas.draw("arrow-backward", course.arrow(0.28, size, false));
        }
        canvas.close();
    }

    private Point labelAt(SiteLink link, List<Piece> pieces) {
        if (Layout.hasBus(link)) {
            Point bus = layout.bus(link.name());
            return new Point(bus.x(), bus.y() + 8 + layout.detail().smallLetters());
        }
        return pieces.get(0).course().at(0.5);
    }

    private void paintLabel(SiteLink link, Point at) {
        double size = layout.detail().smallLetters();
        String text = LinkText.label(link);
        canvas.draw(
                "pill",
                Outline.box(at.x(), at.y(), TextWidth.of(text, size, false) / 2 + size * 0.4, size * 0.75, size * 0.4));
        canvas.write("cost", Text.centred(at.x(), at.y(), size, text));
    }

    private void paintCross(Course course) {
        canvas.draw("link-cross", SitePainter.cross(course.at(0.25), layout.detail().symbol * 0.35));
    }
}
