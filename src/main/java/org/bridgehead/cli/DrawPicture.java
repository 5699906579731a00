package org.bridgehead.cli;

import java.nio.charset.StandardCharsets;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.DotMap;
import org.bridgehead.render.Layout;
import org.bridgehead.render.MapMarks;
import org.bridgehead.render.MermaidMap;
import org.bridgehead.render.PngMap;
import org.bridgehead.render.SvgMap;
import org.bridgehead.render.draw.FontMissingException;

/**
 * What to draw, in whichever format.
 *
 * @param topology sites, links and servers
 * @param layout where they lie
 * @param marks what is shown besides
 * @param look in which colours and size
 */
record DrawPicture(Topology topology, Layout layout, MapMarks marks, DrawLook look) {
    byte[] in(DrawFormat format) {
        return switch (format) {
            case PNG -> png();
            case SVG -> text(svg());
            case DOT -> text(DotMap.of(topology, layout, marks).dot());
            case MERMAID -> text(MermaidMap.of(topology, layout, marks).mermaid());
            case HTML -> throw new IllegalArgumentException("a page is no picture");
        };
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String svg() {
        SvgMap map = SvgMap.of(topology, layout, marks);
        return look.dark().map(map::svg).orElseGet(map::svg);
    }

    private byte[] png() {
        // With a display at hand Java would connect to it, for nothing.
        System.setProperty("java.awt.headless", "true");
        PngMap map = PngMap.of(topology, layout, marks);
        try {
            return map.png(look.dark().orElse(false), look.width().orElseGet(map::defaultWidth));
        } catch (FontMissingException e) {
            throw Failure.environment(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        }
    }
}
