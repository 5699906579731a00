package org.bridgehead.render.draw;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.nio.ByteBuffer;

/** The tables {@code glyf} and {@code loca} of a TrueType font: curves, and glyphs put together from others. */
final class GlyphOutlines {
    private static final int DEPTH = 6;
    private final ByteBuffer glyf;
    private final ByteBuffer loca;
    private final boolean longOffsets;

    GlyphOutlines(ByteBuffer glyf, ByteBuffer loca, boolean longOffsets) {
        this.glyf = glyf;
        this.loca = loca;
        this.longOffsets = longOffsets;
    }

    /** A glyph in the font's units, y upwards. */
    Path2D outline(int glyph) {
        return outline(glyph, DEPTH);
    }

    private Path2D outline(int glyph, int depth) {
        int begin = offset(glyph);
        if (begin == offset(glyph + 1) || depth == 0) {
            return new Path2D.Double();
        }
        ByteBuffer data = glyf.duplicate().position(begin);
        int contours = data.getShort();
        data.position(begin + 10);
        return contours >= 0 ? simple(data, contours) : composite(data, depth);
    }

    private int offset(int glyph) {
        return longOffsets ? loca.getInt(glyph * 4) : (loca.getShort(glyph * 2) & 0xFFFF) * 2;
    }

    private static Path2D simple(ByteBuffer data, int contours) {
        int[] ends = new int[contours];
        for (int i = 0; i < contours; i++) {
            ends[i] = data.getShort() & 0xFFFF;
        }
        int points = contours == 0 ? 0 : ends[contours - 1] + 1;
        data.position(data.position() + 2 + (data.getShort(data.position()) & 0xFFFF));
        int[] flags = flags(data, points);
        int[] x = coordinates(data, flags, 0x02, 0x10);
        int[] y = coordinates(data, flags, 0x04, 0x20);
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        int from = 0;
        for (int end : ends) {
            new Contour(flags, x, y, from, end).addTo(path);
            from = end + 1;
        }
        return path;
    }

    private static int[] flags(ByteBuffer data, int points) {
        int[] flags = new int[points];
        for (int i = 0; i < points; i++) {
            flags[i] = data.get() & 0xFF;
            boolean repeated = (flags[i] & 0x08) != 0;
            int more = repeated ? data.get() & 0xFF : 0;
            for (; more > 0 && i + 1 < points; more--, i++) {
                flags[i + 1] = flags[i];
            }
        }
        return flags;
    }

    private static int[] coordinates(ByteBuffer data, int[] flags, int isByte, int sameOrPositive) {
        int[] values = new int[flags.length];
        int value = 0;
        for (int i = 0; i < flags.length; i++) {
            boolean set = (flags[i] & sameOrPositive) != 0;
            if ((flags[i] & isByte) != 0) {
                int step = data.get() & 0xFF;
                value += set ? step : -step;
            } else if (!set) {
                value += data.getShort();
            }
            values[i] = value;
        }
        return values;
    }

    private Path2D composite(ByteBuffer data, int depth) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        int flags;
        do {
            flags = data.getShort();
            int glyph = data.getShort() & 0xFFFF;
            boolean words = (flags & 0x01) != 0;
            double dx = words ? data.getShort() : data.get();
            double dy = words ? data.getShort() : data.get();
            double[] scale = scale(data, flags);
            path.append(
                    new Path2D.Double(
                            outline(glyph, depth - 1),
                            new AffineTransform(scale[0], scale[1], scale[2], scale[3], dx, dy)),
                    false);
        } while ((flags & 0x20) != 0);
        return path;
    }

    private static double[] scale(ByteBuffer data, int flags) {
        if ((flags & 0x08) != 0) {
            double both = fraction(data);
            return new double[] {both, 0, 0, both};
        }
        if ((flags & 0x40) != 0) {
            return new double[] {fraction(data), 0, 0, fraction(data)};
        }
        return (flags & 0x80) != 0
                ? new double[] {fraction(data), fraction(data), fraction(data), fraction(data)}
                : new double[] {1, 0, 0, 1};
    }

    private static double fraction(ByteBuffer data) {
        return data.getShort() / 16384.0;
    }

    /** A closed line of a glyph: points on it, and between them points that pull. */
    private record Contour(int[] flags, int[] x, int[] y, int from, int end) {
        void addTo(Path2D path) {
            int count = end - from + 1;
            if (count < 2) {
                return;
            }
            int first = from;
            while (first <= end && !isOn(first)) {
                first++;
            }
            boolean none = first > end;
            int start = none ? from : first;
            path.moveTo(none ? middleX(from, end) : x[start], none ? middleY(from, end) : y[start]);
            for (int i = none ? 0 : 1; i <= (none ? count - 1 : count); i++) {
                step(path, from + (start - from + i) % count, count);
            }
            path.closePath();
        }

        /** Points that pull end their curve at the next point, or half way to the next that pulls. */
        private void step(Path2D path, int point, int count) {
            if (isOn(point)) {
                path.lineTo(x[point], y[point]);
                return;
            }
            int next = from + (point - from + 1) % count;
            if (isOn(next)) {
                path.quadTo(x[point], y[point], x[next], y[next]);
            } else {
                path.quadTo(x[point], y[point], middleX(point, next), middleY(point, next));
            }
        }

        private boolean isOn(int point) {
            return (flags[point] & 0x01) != 0;
        }

        private double middleX(int a, int b) {
            return (x[a] + x[b]) / 2.0;
        }

        private double middleY(int a, int b) {
            return (y[a] + y[b]) / 2.0;
        }
    }
}
