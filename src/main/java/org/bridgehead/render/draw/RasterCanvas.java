package org.bridgehead.render.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Fills pixels. Texts are drawn as shapes, so no font need be installed. One thread; {@link #png()} ends it.
 */
public final class RasterCanvas implements Canvas {
    private final StyleSheet sheet;
    private final Theme theme;
    private final BufferedImage image;
    private final Graphics2D pen;
    private final Lettering lettering = new Lettering();
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Map<String, String>> styles = new HashMap<>();

    /**
     * An empty image.
     *
     * @param frame what of the canvas it shows
     * @param width of the image, in pixels; the height follows
     * @throws FontMissingException when the font is not on the class path
     */
    public RasterCanvas(String styleSheet, Theme theme, Frame frame, int width) {
        this.sheet = StyleSheet.parse(styleSheet);
        this.theme = theme;
        double scale = width / frame.width();
        image = new BufferedImage(width, height(frame, width), BufferedImage.TYPE_INT_RGB);
        pen = image.createGraphics();
        pen.setBackground(color("paper"));
        pen.clearRect(0, 0, image.getWidth(), image.getHeight());
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.scale(scale, scale);
        pen.translate(-frame.left(), -frame.top());
    }

    /** How high an image of that width becomes. */
    public static int height(Frame frame, int width) {
        return (int) Math.max(1, Math.round(frame.height() * width / frame.width()));
    }

    @Override
    public void open(Group group) {
        groups.add(group);
    }

    @Override
    public void close() {
        groups.remove(groups.size() - 1);
    }

    @Override
    public void draw(String part, Outline outline) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        outline.trace((step, points) -> {
            switch (step) {
                case 'M' -> path.moveTo(points[0], points[1]);
                case 'L' -> path.lineTo(points[0], points[1]);
                case 'Q' -> path.quadTo(points[0], points[1], points[2], points[3]);
                case 'C' -> path.curveTo(points[0], points[1], points[2], points[3], points[4], points[5]);
                default -> path.closePath();
            }
        });
        paint(part, path);
    }

    @Override
    public void write(String part, Text text) {
        paint(part, lettering.shape(text));
    }

    private void paint(String part, Path2D path) {
        Map<String, String> style = style(part);
        if (style.getOrDefault("display", "").equals("none")) {
            return;
        }
        String fill = style.getOrDefault("fill", "ink");
        if (!fill.equals("none")) {
            pen.setColor(color(fill));
            pen.fill(path);
        }
        String stroke = style.getOrDefault("stroke", "none");
        if (!stroke.equals("none")) {
            pen.setColor(color(stroke));
            pen.setStroke(stroke(style));
            pen.draw(path);
        }
    }

    private Color color(String name) {
        int alpha = (int) Math.round(255 * opacity());
        return new Color(Integer.parseInt(theme.color(name).substring(1), 16) | alpha << 24, true);
    }

    private Map<String, String> style(String part) {
        String key = part + groups.stream().map(Group::classes).toList();
        return styles.computeIfAbsent(key, any -> sheet.properties(part, groups));
    }

    private double opacity() {
        return Double.parseDouble(style("-").getOrDefault("opacity", "1"));
    }

    private static BasicStroke stroke(Map<String, String> style) {
        float width = Float.parseFloat(style.getOrDefault("stroke-width", "1"));
        int cap =
                style.getOrDefault("stroke-linecap", "").equals("round") ? BasicStroke.CAP_ROUND : BasicStroke.CAP_BUTT;
        String dashes = style.getOrDefault("stroke-dasharray", "");
        if (dashes.isEmpty()) {
            return new BasicStroke(width, cap, BasicStroke.JOIN_MITER, 4);
        }
        String[] words = dashes.split(" ");
        float[] lengths = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            lengths[i] = Float.parseFloat(words[i]);
        }
        return new BasicStroke(width, cap, BasicStroke.JOIN_MITER, 4, lengths, 0);
    }

    /** The image as a PNG file. */
    public byte[] png() {
        pen.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
