package org.bridgehead.whatif;

/** How much goes wrong in a simulated world. */
public enum FaultLevel {
    /** A few faults, one after the other as a rule. */
    LIGHT("light", 4),
    /** Many faults at once, most of them while mail flows. */
    HEAVY("heavy", 24);

    private final String keyword;
    private final int most;

    FaultLevel(String keyword, int most) {
        this.keyword = keyword;
        this.most = most;
    }

    /** The word on the command line. */
    public String keyword() {
        return keyword;
    }

    /** Faults of a world at most. */
    int most() {
        return most;
    }
}
