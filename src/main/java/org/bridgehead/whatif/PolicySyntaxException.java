package org.bridgehead.whatif;

/** A policy line that cannot be read. */
public final class PolicySyntaxException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    PolicySyntaxException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Where, from 1. */
    public int line() {
        return line;
    }
}
