package org.bridgehead.core.routing;

/** How long random tests go on. Mutation testing runs each of them for every change to the code, so it asks for less. */
final class Rounds {
    private static final int PERCENT = Integer.getInteger("bridgehead.test.percent", 100);

    private Rounds() {}

    /** A number of rounds, or of finds expected of so many, at the share that is asked for; at least 1. */
    static int of(int whole) {
        return Math.max(1, whole * PERCENT / 100);
    }
}
