package org.bridgehead.render;

import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.Frame;
import org.bridgehead.render.draw.RasterCanvas;
import org.bridgehead.render.draw.Theme;

/** The picture of {@link SvgMap} in pixels. Needs no font and no display on the machine. Immutable. */
public final class PngMap {
    /** The most pixels of a picture. */
    public static final long MOST_PIXELS = 120_000_000;

    private static final int LARGEST_BY_DEFAULT = 4000;

    private final MapPainter painter;

    private PngMap(MapPainter painter) {
        this.painter = painter;
    }

    /** A picture of a topology, its sites where the layout has them. */
    public static PngMap of(Topology topology, Layout layout, MapMarks marks) {
        return new PngMap(new MapPainter(topology, layout, marks, false));
    }

    /** A width that shows all letters well: twice the size of the SVG up to a limit. */
    public int defaultWidth() {
        return (int) Math.min(LARGEST_BY_DEFAULT, Math.round(painter.frame().width() * 2));
    }

    /**
     * The picture as a PNG file.
     *
     * @param dark light on black instead of dark on white
     * @param width in pixels; the height follows
     * @throws IllegalArgumentException when it would have more than {@value #MOST_PIXELS} pixels, or none
     * @throws org.bridgehead.render.draw.FontMissingException when the artifact with the font is not on the class path
     */
    public byte[] png(boolean dark, int width) {
        Frame frame = painter.frame();
        if (width < 1 || (long) width * RasterCanvas.height(frame, width) > MOST_PIXELS) {
            throw new IllegalArgumentException("a picture " + width + " pixels wide is too "
                    + (width < 1 ? "small" : "large: at most " + MOST_PIXELS / 1_000_000 + " megapixels"));
        }
        RasterCanvas canvas = new RasterCanvas(MapStyle.SHEET, dark ? Theme.DARK : Theme.LIGHT, frame, width);
        painter.paint(canvas);
        return canvas.png();
    }
}
