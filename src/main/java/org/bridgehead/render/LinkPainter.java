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
    private static final double BUS = 8;
    private final Canvas canvas;
    private final Layout layout;
    private final Marks marks;

    LinkPainter(Canvas canvas, Layout layout, Marks marks) {
        this.canvas = canvas;
        this.layout = layout;
        this.marks = marks;
    }

    void paint(SiteLink link, List<Piece> pieces, Labels labels) {
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
            canvas.draw("bus-node", Outline.box(at.x(), at.y(), BUS, BUS, BUS / 2));
        }
        labels.of(link).ifPresent(label -> paintLabel(LinkText.label(link), marks.ways(pieces), label));
        if (marks.draws(marks.isDown(item))) {
            pieces.forEach(piece -> paintCross(labels.free(piece.course())));
        }
        canvas.close();
    }

    private void paintPiece(Piece piece) {
        List<String> states = marks.states(piece);
        Group group = Group.of("piece").with("data-a", piece.from()).in(states);
        canvas.open(piece.to().map(to -> group.with("data-b", to)).orElse(group));
        Course course = piece.course();
        if (marks.draws(false)) {
            canvas.draw("hit", course.outline());
        }
        canvas.draw("line", course.outline());
        double size = layout.detail().symbol * 0.45;
        if (marks.draws(states.contains("forward"))) {
            canvas.draw("arrow-forward", course.arrow(size, true));
        }
        if (marks.draws(states.contains("backward"))) {
            canvas.draw("arrow-backward", course.arrow(size, false));
        }
        canvas.close();
    }

    private void paintLabel(String cost, String ways, Labels.Label label) {
        double size = layout.detail().smallLetters();
        Point at = label.at();
        canvas.draw("pill", Outline.box(at.x(), at.y(), label.halfWidth(), label.halfHeight(), size * 0.4));
        if (ways.isEmpty()) {
            canvas.write("cost", Text.centred(at.x(), at.y(), size, cost));
        } else {
            double half = TextWidth.of(cost + ways, size, false) / 2;
            double after = TextWidth.of(cost + " ", size, false);
            double base = Text.centred(at.x(), at.y(), size, "").y();
            canvas.write("cost", Text.at(at.x() - half, base, size, cost));
            canvas.write(
                    "ways",
                    Text.at(at.x() - half + after, base, size, ways.strip()).strong());
        }
    }

    private void paintCross(Point at) {
        Outline cross = SitePainter.cross(at, layout.detail().symbol * 0.35);
        canvas.draw("link-cross-ground", cross);
        canvas.draw("link-cross", cross);
    }
}
