package org.bridgehead.render.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Time to the right: what happens at one instant stands in steps of cause and effect beside each other, and the time
 * between two instants takes the same room however long it is.
 */
final class Axis {
    static final double STEP = 58;
    private static final double GAP = 74;
    private static final double WAIT = 190;
    private static final double MARGIN = 26;

    /**
     * Time between two instants.
     *
     * @param from earlier instant
     * @param to later one
     * @param x1 left end
     * @param x2 right end
     */
    record Gap(Instant from, Instant to, double x1, double x2) {}

    private final NavigableMap<Instant, Double> begins = new TreeMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final double width;

    /**
     * Lays out.
     *
     * @param steps how many steps each instant has
     * @param waits instants after which something waits
     */
    Axis(NavigableMap<Instant, Integer> steps, List<Instant> waits) {
        double x = MARGIN;
        Instant before = null;
        for (var instant : steps.entrySet()) {
            if (before != null) {
                double room = waits.contains(before) ? WAIT : GAP;
                gaps.add(new Gap(before, instant.getKey(), x - STEP / 2, x - STEP / 2 + room));
                x += room;
            }
            begins.put(instant.getKey(), x);
            x += STEP * Math.max(1, instant.getValue());
            before = instant.getKey();
        }
        width = x + MARGIN;
    }

    /** The place of a step of an instant. */
    double x(Instant at, int step) {
        Double begin = begins.get(at);
        return (begin == null ? begins.floorEntry(at).getValue() : begin) + step * STEP;
    }

    /** Where instants begin. */
    NavigableMap<Instant, Double> begins() {
        return begins;
    }

    List<Gap> gaps() {
        return gaps;
    }

    double width() {
        return width;
    }
}
