package org.bridgehead.cli;

import java.util.Locale;

/** Sizes for people, in powers of 1024 as everywhere here. */
final class Octets {
    private static final int STEP = 1024;
    private static final String UNITS = "KMGTPE";

    private Octets() {}

    /** {@code 5 MB}, {@code 1.5 GB} or {@code 37 B}: at most one digit behind the point. */
    static String text(long octets) {
        if (Math.abs(octets) < STEP) {
            return octets + " B";
        }
        double size = octets;
        int unit = -1;
        while (Math.abs(size) >= STEP && unit < UNITS.length() - 1) {
            size /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f", size).replace(".0", "") + " " + UNITS.charAt(unit) + "B";
    }
}
