package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.Decimal;

/**
 * A topology in Graphviz's language. {@code neato} draws it where the {@link Layout} has it; {@code dot} and others find
 * their own places. Immutable.
 */
public final class DotMap {
    private static final String BUS = "link ";
    /** Boxes with the names of servers are larger than those of the layout. */
    private static final double SCALE = 1.25;

    private final Topology topology;
    private final Layout layout;
    private final MapMarks asked;
    private final Marks marks;

    private DotMap(Topology topology, Layout layout, MapMarks marks) {
        this.topology = topology;
        this.layout = layout;
        this.asked = marks;
        this.marks = new Marks(marks, false);
    }

    /** A picture of a topology. */
    public static DotMap of(Topology topology, Layout layout, MapMarks marks) {
        return new DotMap(topology, layout, marks);
    }

    /** The text. */
    public String dot() {
        List<String> lines = new ArrayList<>();
        lines.add("graph " + quoted(topology.settings().name()) + " {");
        lines.add("  graph [label=" + quoted(caption()) + ", labelloc=t, inputscale=72, splines=true];");
        lines.add("  graph [fontname=\"Helvetica\"]; node [fontname=\"Helvetica\"]; edge [fontname=\"Helvetica\"];");
        lines.add("  node [shape=box, style=rounded, fontsize=9, margin=\"0.08,0.04\"]; edge [fontsize=9];");
        topology.sites().values().forEach(site -> lines.add(site(site)));
        Courses courses = new Courses(topology, layout);
        topology.links().values().forEach(link -> lines.addAll(link(link, courses.of(link))));
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private String caption() {
        List<String> lines = new ArrayList<>(List.of(MapText.heading(topology), MapText.settings(topology)));
        lines.addAll(MapText.route(asked));
        lines.addAll(MapText.notes(topology, asked));
        return text(String.join("\n", lines));
    }

    private String site(Site site) {
        String name = site.name();
        List<String> attributes = new ArrayList<>();
        attributes.add("label=" + quoted(text(SiteText.of(topology, name, marks))));
        attributes.add("pos=" + position(layout.at(name)));
        if (site.hubSite()) {
            attributes.add("peripheries=2");
        }
        if (marks.isDown("site:" + name)) {
            attributes.add("style=\"rounded,dashed\", color=red");
        } else if (marks.isOnPath(name)) {
            attributes.add("color=blue, penwidth=2");
        }
        return "  " + quoted(name) + " [" + String.join(", ", attributes) + "];";
    }

    private String position(Point at) {
        return "\"" + Decimal.of(at.x() * SCALE) + "," + Decimal.of((layout.height() - at.y()) * SCALE) + "!\"";
    }

    private List<String> link(SiteLink link, List<Piece> pieces) {
        List<String> lines = new ArrayList<>();
        boolean bus = Layout.hasBus(link);
        String label = quoted(text(SiteText.label(link, pieces, marks)));
        if (bus) {
            lines.add("  " + quoted(BUS + link.name()) + " [shape=point, width=0.12, xlabel=" + label + ", pos="
                    + position(layout.bus(link.name())) + "];");
        }
        for (Piece piece : pieces) {
            String far = piece.to().orElse(BUS + link.name());
            lines.add("  " + quoted(piece.from()) + " -- " + quoted(far) + " ["
                    + (bus ? "" : "label=" + label + ", ") + "tooltip=" + quoted(text(LinkText.title(link)))
                    + style(piece) + "];");
        }
        return lines;
    }

    private String style(Piece piece) {
        List<String> states = marks.states(piece);
        boolean down = marks.isDown("link:" + piece.link());
        String dashes = down || states.contains("alt") || states.contains("ahead") ? ", style=dashed" : "";
        String direction = states.contains("forward") ? "forward" : "back";
        String color = states.contains("path") ? "blue" : down ? "red" : states.contains("alt") ? "gray45" : "";
        return dashes
                + (color.isEmpty() ? "" : ", color=" + color)
                + (states.contains("path") ? ", penwidth=3, dir=" + direction : "");
    }

    /** Graphviz reads character references in labels. */
    private static String text(String plain) {
        return plain.replace("&", "&amp;");
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "")
                        .replace("\n", "\\n")
                + "\"";
    }
}
