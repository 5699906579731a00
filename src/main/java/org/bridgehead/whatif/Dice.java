package org.bridgehead.whatif;

/** Chance from a seed: SplitMix64, the same numbers on every JVM. One thread. */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** Dice of their own for each name, so that what one server draws does not depend on the others. */
    static Dice of(long seed, String name) {
        Dice dice = new Dice(seed * GOLDEN + name.hashCode());
        dice.next();
        return dice;
    }

    long next() {
        state += GOLDEN;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** From 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /** From 0 to {@code bound - 1}. */
    long below(long bound) {
        return Long.remainderUnsigned(next(), bound);
    }
}
