package org.bridgehead.render.draw;

/** Numbers as SVG writes them: in tenths, without a needless point, whatever the country. */
public final class Decimal {
    private Decimal() {}

    /** Such as {@code 12}, {@code 3.5}, {@code -0.1}. */
    public static String of(double number) {
        long tenths = Math.round(number * 10);
        String sign = tenths < 0 ? "-" : "";
        long whole = Math.abs(tenths) / 10;
        long rest = Math.abs(tenths) % 10;
        return sign + whole + (rest == 0 ? "" : "." + rest);
    }
}
