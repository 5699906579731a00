package org.bridgehead.core.routing;

/** What told the chosen path from another one (BEHAVIOUR 1.2). */
public enum Rule {
    /** No other path exists. */
    ONLY("only"),
    /** Fewer links crossed. */
    HOPS("hops"),
    /** A lower sum of link costs. */
    COST("cost"),
    /** The lower site name, compared from the destination backwards. */
    NAME("name");

    private final String keyword;

    Rule(String keyword) {
        this.keyword = keyword;
    }

    /** The word in JSON. */
    public String keyword() {
        return keyword;
    }
}
