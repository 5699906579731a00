package org.bridgehead.render;

import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.SvgCanvas;

/**
 * A topology as SVG, light or dark as the reader's screen. Immutable; the same values give the same bytes on every JVM.
 *
 * <p>What programs find in it, in user coordinates that are those of the {@link Layout}:
 *
 * <ul>
 *   <li>{@code g.site[data-item="site:NAME"]}, inside it {@code g.server[data-item="server:NAME"]} for each server and
 *       edge, inside that of a clustered mailbox server {@code g.node[data-item="node:NAME"]};
 *   <li>{@code g.link[data-item="link:NAME"]} with a {@code g.piece[data-a][data-b]} that holds {@code path.line}, and in
 *       the {@linkplain #interactive() interactive} form {@code path.hit}, fat and invisible. A link of more than two
 *       sites (class {@code bus}) has a piece for each site, with {@code data-a} alone;
 *   <li>states are classes: {@code down} on sites, servers, nodes and links; {@code held}, {@code path} and {@code nostop}
 *       (on the way, but no stop: hides the number) on sites; {@code path} with {@code forward} (away from {@code data-a})
 *       or {@code backward} on pieces, and {@code ahead} where the message does not get; {@code alt} with {@code alt1},
 *       {@code alt2}… on pieces of ways not taken; {@code dim} on sites and links;
 *   <li>{@code data-theme} on the root, {@code light} or {@code dark}, overrides the reader's screen.
 * </ul>
 */
public final class SvgMap {
    private final Topology topology;
    private final Layout layout;
    private final MapMarks marks;

    private SvgMap(Topology topology, Layout layout, MapMarks marks) {
        this.topology = topology;
        this.layout = layout;
        this.marks = marks;
    }

    /** A picture of a topology, its sites where the layout has them. */
    public static SvgMap of(Topology topology, Layout layout, MapMarks marks) {
        return new SvgMap(topology, layout, marks);
    }

    /** The document, in the colours of the reader's screen. */
    public String svg() {
        return document("", false);
    }

    /** The document, dark or light whatever the reader's screen. */
    public String svg(boolean dark) {
        return document(dark ? "dark" : "light", false);
    }

    /**
     * As {@link #svg()}, with everything that states may bring to light: crosses, flags ({@code .flag}), arrows and empty
     * stop numbers ({@code .stop-number}) are there but hidden until a script adds the class. Without title, legend and
     * caption: the map alone, for the script to write round.
     */
    public String interactive() {
        return document("", true);
    }

    private String document(String theme, boolean interactive) {
        SvgCanvas canvas = new SvgCanvas(MapStyle.SHEET);
        MapPainter painter = new MapPainter(topology, layout, marks, interactive);
        painter.paint(canvas);
        return canvas.document(painter.frame(), painter.heading(), theme);
    }
}
