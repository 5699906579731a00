package org.bridgehead.render.draw;

import java.util.Arrays;

/**
 * A path of straight lines and curves, open or closed, in pixels. Immutable.
 *
 * <p>Steps are letters as in SVG's path data, each followed in the coordinates by one point (M, L), two (Q), three (C) or
 * none (Z).
 */
public final class Outline {
    /** Control points of a quarter circle lie this share of the radius away. */
    private static final double ARC = 0.5522847498;

    private final String steps;
    private final double[] coordinates;

    private Outline(String steps, double... coordinates) {
        this.steps = steps;
        this.coordinates = coordinates;
    }

    /** A straight line. */
    public static Outline line(double x1, double y1, double x2, double y2) {
        return new Outline("ML", x1, y1, x2, y2);
    }

    /** A curve pulled towards the middle point. */
    public static Outline curve(double... startPullEnd) {
        return new Outline("MQ", startPullEnd.clone());
    }

    /** A closed shape with these corners, as x, y, x, y… */
    public static Outline polygon(double... corners) {
        return new Outline("M" + "L".repeat(corners.length / 2 - 1) + "Z", corners.clone());
    }

    /** Straight lines between these points, as x, y, x, y…, not closed. */
    public static Outline polyline(double... points) {
        return new Outline("M" + "L".repeat(points.length / 2 - 1), points.clone());
    }

    /** A circle. */
    public static Outline circle(double x, double y, double radius) {
        return box(x, y, radius, radius, radius);
    }

    /** A rectangle round a centre, given by half its width and height and the radius of its corners. */
    public static Outline box(double x, double y, double halfWidth, double halfHeight, double corner) {
        double left = x - halfWidth;
        double right = x + halfWidth;
        double top = y - halfHeight;
        double bottom = y + halfHeight;
        if (corner <= 0) {
            return polygon(left, top, right, top, right, bottom, left, bottom);
        }
        double near = corner * (1 - ARC);
        return new Outline(
                "MLCLCLCLCZ",
                left + corner,
                top,
                right - corner,
                top,
                right - near,
                top,
                right,
                top + near,
                right,
                top + corner,
                right,
                bottom - corner,
                right,
                bottom - near,
                right - near,
                bottom,
                right - corner,
                bottom,
                left + corner,
                bottom,
                left + near,
                bottom,
                left,
                bottom - near,
                left,
                bottom - corner,
                left,
                top + corner,
                left,
                top + near,
                left + near,
                top,
                left + corner,
                top);
    }

    /** Several outlines as one. */
    public static Outline of(Outline... parts) {
        StringBuilder steps = new StringBuilder();
        double[] all = new double[0];
        for (Outline part : parts) {
            steps.append(part.steps);
            int end = all.length;
            all = Arrays.copyOf(all, end + part.coordinates.length);
            System.arraycopy(part.coordinates, 0, all, end, part.coordinates.length);
        }
        return new Outline(steps.toString(), all);
    }

    /** A pen that draws it again. */
    void trace(Pen pen) {
        int at = 0;
        for (int i = 0; i < steps.length(); i++) {
            char step = steps.charAt(i);
            int count = numbers(step);
            pen.step(step, Arrays.copyOfRange(coordinates, at, at + count));
            at += count;
        }
    }

    private static int numbers(char step) {
        return switch (step) {
            case 'M', 'L' -> 2;
            case 'Q' -> 4;
            case 'C' -> 6;
            default -> 0;
        };
    }

    /** SVG's path data, with tenths of pixels. */
    String data() {
        StringBuilder data = new StringBuilder();
        trace((step, numbers) -> {
            data.append(step);
            for (int i = 0; i < numbers.length; i++) {
                data.append(i == 0 ? "" : " ").append(Decimal.of(numbers[i]));
            }
        });
        return data.toString();
    }

    /** Takes the steps of an outline one by one. */
    @FunctionalInterface
    interface Pen {
        /** Goes on; {@code numbers} are the points of the step. */
        void step(char step, double[] numbers);
    }
}
